"""A paper as one accessible HTML page that prints well: it loads nothing, runs nothing, and escapes all it is given."""

from xml.etree.ElementTree import Element, SubElement, tostring

from foundation.spreadsheets import inert
from views.paper import Cell, Paper, Quoted, Section, Table, direction

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
body { font: 11pt/1.45 system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif; margin: 2rem auto; max-width: 70rem;
       padding: 0 1rem; color: #111; background: #fff; }
h1 { font-size: 1.5em; } h2 { font-size: 1.2em; margin-top: 1.8em; }
table { border-collapse: collapse; width: 100%; margin: .8em 0; }
caption { text-align: start; font-weight: 600; padding: .3em 0; }
th, td { border: 1px solid #555; padding: .35em .5em; text-align: start; vertical-align: top; white-space: pre-line;
         overflow-wrap: anywhere; }
@page { size: A4 landscape; margin: 15mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; }
               thead { display: table-header-group; } }
"""


def html(paper: Paper) -> bytes:
    """Return a paper as the bytes of a page in UTF-8."""
    page = Element("html", lang=paper.language, dir=direction(paper.language))
    top = SubElement(page, "head")
    SubElement(top, "meta", charset="utf-8")
    SubElement(top, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    SubElement(top, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _say(top, "title", paper.title)
    _say(top, "style", STYLE)
    main = SubElement(SubElement(page, "body"), "main")
    _say(main, "h1", paper.title)
    for text in paper.paragraphs:
        _say(main, "p", text)
    for section in paper.sections:
        _section(main, section)
    return f"<!doctype html>\n{tostring(page, encoding='unicode', method='html')}\n".encode()


def _section(main: Element, section: Section) -> None:
    _say(main, "h2", section.title)
    for text in section.paragraphs:
        _say(main, "p", text)
    for table in section.tables:
        _table(main, table)


def _table(main: Element, table: Table) -> None:
    shown = SubElement(main, "table")
    _say(shown, "caption", table.caption)
    titles = SubElement(SubElement(shown, "thead"), "tr")
    for column in table.columns:
        _say(titles, "th", column, scope="col")
    body = SubElement(shown, "tbody")
    for name, *others in table.rows:
        row = SubElement(body, "tr")
        _cell(row, "th", name, scope="row")
        for cell in others:
            _cell(row, "td", cell)


def _cell(row: Element, tag: str, cell: Cell, **attributes: str) -> None:
    """Quoted words keep their own language and direction; none becomes a formula where the table is copied."""
    if isinstance(cell, Quoted):
        attributes |= {"lang": cell.language, "dir": "auto"}
    _say(row, tag, inert(cell.text if isinstance(cell, Quoted) else cell), **attributes)


def _say(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text
