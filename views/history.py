"""What units said of an area over time."""

from foundation.language import Day, Names, Reader
from services.area_page import Entry, History
from views.area_page import said_lines, said_marks
from views.blocks import Message, context, fit, header, section, within_message
from views.board import SPOKEN_TEXT
from views.health import sign_and_word
from views.paging import turns
from views.texts import author

ENTRY = 2150
"""Characters of one entry: a page of them stays within a message."""


def history(shown: History, reader: Reader) -> Message:
    """Show what units said of an area over time."""
    say = reader.language
    name = Names(shown.area.name)
    count = say.m("No update yet.")
    if shown.found:
        count = say.mn("{n} update in all, the newest first.", "{n} updates in all, the newest first.", shown.found)
    entries = [fit(_entry(entry, reader), ENTRY) for entry in shown.entries]
    blocks = [header(say.t("History of {area}", area=name)), context(count), *(section(text) for text in entries)]
    foot = turns(say, "history", str(shown.area.id), shown.page, shown.pages)
    text = "\n".join([say.m("History of {area}", area=name), count, *entries])
    return Message(fit(text, SPOKEN_TEXT), within_message(blocks, foot=foot))


def _entry(entry: Entry, reader: Reader) -> str:
    say = reader.language
    day = Day(reader.local_day(entry.posted_at))
    if entry.confirms:
        head = say.m(
            "*{unit}* · {day} · no change since {since}, said {author}",
            unit=entry.unit,
            day=day,
            since=Day(reader.local_day(entry.said.at)),
            author=entry.posted_by,
        )
        return f"{head} · {say.m('_withdrawn_')}" if entry.withdrawn else head
    head = say.m(
        "*{unit}* · {day} · {health} · {author}",
        unit=entry.unit,
        day=day,
        health=sign_and_word(say, entry.said.health),
        author=author(entry.said.author, entry.said.on_behalf_of),
    )
    marks = said_marks(entry.said, say) + ([say.m("_withdrawn_")] if entry.withdrawn else [])
    return "\n".join([" · ".join([head, *marks]), *said_lines(entry.said, say)])
