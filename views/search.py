"""What a search found."""

from foundation.language import Day, Language, Reader
from services.directory import Directory
from services.search import Hit, Hits
from views import ids
from views.agenda import agenda_button
from views.blocks import Block, Element, Message, button, context, fit, header, section, within_message
from views.board import SPOKEN_TEXT
from views.paging import turn, turns
from views.texts import excerpt

EXCERPT, LINE = 300, 1000
"""Characters of what was found, and of its whole line: a page of ten stays within a message."""


def found(hits: Hits, who: Directory, reader: Reader) -> Message:
    """Show one page of what was found, each with the way to it."""
    say = reader.language
    if not hits.found:
        nothing = say.m("Nothing was found for “{words}”. Try a part of a word, or another language.", words=hits.words)
        return Message(nothing, [section(nothing)])
    count = say.mn("{n} text with “{words}”", "{n} texts with “{words}”", hits.found, words=excerpt(hits.words, 100))
    lines = [(hit, fit(_line(hit, who, reader), LINE)) for hit in hits.hits]
    blocks: list[Block] = [header(say.t("Search")), context(count)]
    blocks += [section(line, accessory=_way(hit, say)) for hit, line in lines]
    foot = turns(say, "search", hits.words, hits.page, hits.pages)
    text = "\n".join([count, *(line for _, line in lines)])
    return Message(fit(text, SPOKEN_TEXT), within_message(blocks, foot=foot))


def _line(hit: Hit, who: Directory, reader: Reader) -> str:
    say = reader.language
    of_no_area = say.t("Agenda") if hit.source == "proposal" else say.t("no area")
    area = who.area_name(hit.area_id) if hit.area_id else of_no_area
    about = who.unit_key(hit.unit_id) if hit.unit_id else _ref(hit)
    head = say.m(
        "*{area}* · {source} {about} · {author}, {day}",
        area=area,
        source=_source(hit, say),
        about=about,
        author=hit.author,
        day=Day(reader.local_day(hit.at)),
    )
    return "\n".join([head, say.m("> {text}", text=excerpt(hit.text, EXCERPT))])


def _ref(hit: Hit) -> str:
    """Return the number of what was found, or of the issue or meeting that it belongs to."""
    numbered = {"decision": f"DEC-{hit.source_id}", "action": f"ACT-{hit.source_id}"}
    belongs_to = f"ISS-{hit.issue_id}" if hit.issue_id else f"MTG-{hit.meeting_id}" if hit.meeting_id else ""
    return numbered.get(hit.source) or belongs_to


def _source(hit: Hit, say: Language) -> str:
    return {
        "update": say.t("update"),
        "note": say.t("note"),
        "issue": say.t("issue"),
        "comment": say.t("comment"),
        "decision": say.t("decision"),
        "action": say.t("action"),
        "proposal": say.t("proposal"),
    }[hit.source]


def _way(hit: Hit, say: Language) -> Element | None:
    shown_by = {"decision": ids.DECISION_SHOW, "action": ids.ACTION_SHOW}.get(hit.source)
    if shown_by is not None:
        return button(say.t("Open"), shown_by, value=str(hit.source_id), spoken=_ref(hit))
    if hit.source == "proposal":
        return agenda_button(say, hit.meeting_id)
    if hit.issue_id:
        return button(say.t("Open"), ids.ISSUE_SHOW, value=str(hit.issue_id), spoken=f"ISS-{hit.issue_id}")
    if hit.area_id:
        return button(say.t("Open"), ids.PAGE_TURN, value=turn("history", str(hit.area_id)))
    return None
