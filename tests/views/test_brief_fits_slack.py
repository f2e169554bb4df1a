"""However much a brief has to tell, every message of it fits into Slack; and what is printed is whole and inert."""

import io
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from docx import Document
from typing_extensions import override

from foundation.language import LANGUAGES, Reader, language
from models.silences import Silence
from models.updates import Health
from services.brief import PAGE, AreaInBrief, Brief, Part, UnitInBrief
from services.brief_questions import OverdueAction, Question
from services.update_history import Standing
from tests.views.test_asking_fits_slack import BOARD, CROWD, LONG, MEETING, NASTY, NOW, SAID, WHO, fits, readers
from views import brief as views
from views.brief_printed import paper
from views.paper import Paper, Quoted, Section, Table
from views.paper_docx import docx
from views.paper_html import html

EVERYWHERE = (*Standing, Standing.REPORTED)
PARTS = {Standing.REPORTED: Part.CHANGED, Standing.CONFIRMED: Part.UNCHANGED, Standing.WAITING: Part.OVERDUE}
SILENCE = Silence(area_id=1, since=NOW, until=date(2027, 1, 1), until_at=NOW, reason=LONG, set_by_id=1)
FULLEST = Brief(
    MEETING,
    BOARD,
    tuple(
        AreaInBrief(
            area,
            Health.AT_RISK,
            tuple(UnitInBrief("UNIT-1", at, SAID, PARTS.get(at, Part.EXCUSED)) for at in EVERYWHERE),
            SILENCE,
        )
        for area in CROWD.areas
    ),
    tuple(
        Question(f"ISS-{n}", NASTY * 4, n % 100 + 1, n % 2 == 0, True, NOW, LONG, "ar", (("UNIT-1", "object"),) * 5)
        for n in range(1, 501)
    ),
    tuple(OverdueAction(f"ACT-{n}", LONG, "ar", NASTY, date(2026, 11, 1)) for n in range(1, 501)),
    open_for_updates=False,
)  # fmt: skip


@readers
def test_a_brief_of_a_hundred_areas_and_five_hundred_issues_fits_and_says_what_it_leaves_out(reader: Reader) -> None:
    for private in (False, True):
        message = views.head(FULLEST, WHO, reader, private=private, sends=private)
        fits(message)
        assert len([block for block in message.blocks if "… " in str(block)]) == len(Part)
        assert "brief.print" in str(message.blocks[-1])


@readers
def test_the_details_leave_no_entry_out(reader: Reader) -> None:
    for part in Part:
        shown = 0
        for number in range(1, FULLEST.pages(part) + 1):
            message = views.page(FULLEST, part, number, WHO, reader, private=number % 2 == 0)
            fits(message)
            shown += len([block for block in message.blocks if block["type"] == "section"]) - 1
        assert shown == len(FULLEST.details[part]) >= PAGE
    fits(views.page(FULLEST, Part.CHANGED, 999, WHO, reader))


@readers
def test_what_stands_in_the_place_of_a_brief_fits(reader: Reader) -> None:
    fits(views.waiting(MEETING, reader))
    fits(views.cancelled(MEETING, reader.language))
    early = replace(FULLEST, open_for_updates=True, areas=(), questions=(), actions=())
    fits(views.head(early, WHO, reader))


class Outline(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.words: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    @override
    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all_of(self, name: str) -> list[dict[str, Any]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def outline(written: Paper) -> Outline:
    parser = Outline()
    parser.feed(html(written).decode())
    return parser


HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(1)> \"&amp; ' ]]>"
SMALL = Paper(
    HOSTILE, "en", (HOSTILE,), (Section(HOSTILE, (HOSTILE,), (
        Table(HOSTILE, ("A", "B"), (("first", Quoted(HOSTILE, "ar")), ("=1+1", "@SUM(A1)"))),
    )),),
)  # fmt: skip


def test_nothing_that_people_wrote_runs_in_a_printed_page() -> None:
    page = outline(SMALL)
    assert page.all_of("script") == page.all_of("img") == []
    assert page.words.count(HOSTILE) == 7
    assert "'=1+1" in page.words
    assert "default-src 'none'" in str(page.all_of("meta"))


def test_a_printed_page_has_headings_and_tables_that_can_be_read_aloud() -> None:
    page = outline(SMALL)
    assert [tag for tag, _ in page.tags if tag in ("h1", "h2", "h3")] == ["h1", "h2"]
    assert len(page.all_of("caption")) == len(page.all_of("table")) == 1
    assert [th["scope"] for th in page.all_of("th")] == ["col", "col", "row", "row"]
    assert page.all_of("td")[0] == {"lang": "ar", "dir": "auto"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_brief_is_printed_whole_in_every_language(code: str) -> None:
    reader = Reader(language(code), "Europe/Zurich")
    written = paper(replace(FULLEST, questions=FULLEST.questions[:3], actions=FULLEST.actions[:3],
                            areas=FULLEST.areas[:3]), WHO, reader)  # fmt: skip
    page = outline(written)
    spoken = reader.language.locale.language
    assert page.all_of("html") == [{"lang": spoken, "dir": "rtl" if spoken == "ar" else "ltr"}]
    assert LONG.strip() in [word.strip() for word in page.words]
    read = Document(io.BytesIO(docx(written)))
    assert next(p.style.name for p in read.paragraphs if p.style is not None) == "Heading 1"
    assert len(read.tables) == len(page.all_of("table"))
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in read.tables)
    assert read.core_properties.language == spoken


def test_what_is_printed_in_arabic_runs_from_right_to_left() -> None:
    arabic = replace(SMALL, language="ar")
    assert outline(arabic).all_of("html") == [{"lang": "ar", "dir": "rtl"}]
    read = Document(io.BytesIO(docx(arabic)))
    assert "w:bidiVisual" in read.tables[0]._tbl.xml
    assert all("<w:bidi/>" in paragraph._p.xml for paragraph in read.paragraphs)
    assert '<w:lang w:bidi="ar"/>' in read.paragraphs[0]._p.xml
    assert "w:bidiVisual" not in Document(io.BytesIO(docx(SMALL))).tables[0]._tbl.xml
