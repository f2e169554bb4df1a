"""A paper as a Word document: real headings, tables whose first row is marked, its language and direction."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from foundation.spreadsheets import inert
from views.paper import RIGHT_TO_LEFT, Cell, Paper, Quoted, Table

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.text.paragraph import Paragraph


def docx(paper: Paper) -> bytes:
    """Return a paper as the bytes of a .docx file."""
    from docx import Document  # noqa: PLC0415 - 15 MB, only for those who print

    made = Document()
    made.core_properties.title, made.core_properties.language = paper.title, paper.language
    made.core_properties.author = made.core_properties.comments = ""
    _lay_out(made, paper.language)
    writer = _Writer(made, paper.language)
    writer.heading(paper.title, 1)
    for text in paper.paragraphs:
        writer.paragraph(text)
    for section in paper.sections:
        writer.heading(section.title, 2)
        for text in section.paragraphs:
            writer.paragraph(text)
        for table in section.tables:
            writer.table(table)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


class _Writer:
    """Writes into one document, in its language and direction."""

    def __init__(self, made: Doc, language: str) -> None:
        self.made, self.language = made, language

    def heading(self, text: str, level: int) -> None:
        self._turn(self.made.add_heading(text, level), self.language)

    def paragraph(self, text: str, style: str | None = None) -> None:
        self._turn(self.made.add_paragraph(text, style), self.language)

    def table(self, table: Table) -> None:
        """The caption stands above; the first row is repeated on each page, and is announced as the header."""
        self.paragraph(table.caption, "Caption")
        made = self.made.add_table(rows=1, cols=len(table.columns), style="Table Grid")
        if self.language in RIGHT_TO_LEFT:
            # Word wants it before the width, which is there already; python-docx has no other way.
            _mark(made._tbl.tblPr, "w:bidiVisual", before="w:tblW")  # noqa: SLF001
        _mark(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001
        for cell, title in zip(made.rows[0].cells, table.columns, strict=True):
            self._fill(cell.paragraphs[0], title, bold=True)
        for row in table.rows:
            for place, (cell, words) in enumerate(zip(made.add_row().cells, row, strict=True)):
                self._fill(cell.paragraphs[0], words, bold=place == 0)

    def _fill(self, paragraph: Paragraph, cell: Cell, *, bold: bool) -> None:
        text, language = (cell.text, cell.language) if isinstance(cell, Quoted) else (cell, self.language)
        run = paragraph.add_run(inert(text))
        if bold:
            run.bold = run.font.cs_bold = True
        self._turn(paragraph, language)

    def _turn(self, paragraph: Paragraph, language: str) -> None:
        """Say in which language and direction a paragraph is written."""
        rtl = language in RIGHT_TO_LEFT
        if rtl:
            _mark(paragraph._p.get_or_add_pPr(), "w:bidi")  # noqa: SLF001
        for run in paragraph.runs:
            properties = run._r.get_or_add_rPr()  # noqa: SLF001
            if rtl:
                _mark(properties, "w:rtl")
            _mark(properties, "w:lang", **{"w:bidi" if rtl else "w:val": language})


def _lay_out(made: Doc, language: str) -> None:
    """A4 across, as the widest table needs it; and the language of the whole document for who reads it aloud."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    page = made.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(15)
    defaults = made.styles.element.find(".//{*}rPrDefault/{*}rPr")
    for known in defaults.findall("{*}lang"):
        defaults.remove(known)
    _mark(defaults, "w:lang", **{"w:val": language, "w:bidi": language, "w:eastAsia": language})


def _mark(properties: Any, tag: str, *, before: str = "", **values: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    mark = OxmlElement(tag)
    for name, value in values.items():
        mark.set(qn(name), value)
    properties.insert_element_before(mark, *filter(None, [before]))
