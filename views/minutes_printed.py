"""The minutes of a meeting as a paper: everything in full, in tables."""

from collections.abc import Iterable
from datetime import date, datetime

from foundation.language import Reader
from models.agenda import Addendum, Presence
from services.directory import Directory
from services.meeting_record import RecordedItem, title_of
from services.meeting_shown import Shown
from services.minutes import MinutesRead
from views.meeting_words import for_members_only, outcome_word
from views.minutes import corrected, how_many_came, outcomes_counted, title
from views.paper import Cell, Paper, Quoted, Section, Table

NOTHING = "—"
"""What stands in a cell that would be empty."""


def paper(read: MinutesRead, shown: Shown, who: Directory, reader: Reader) -> Paper:
    """Write minutes down for who reads them, without what is not for them; a draft says that it is one."""
    say, items = reader.language, shown.record.items
    named = title(read.meeting.ref, shown.record.title, say, draft=read.frozen is None)
    tables = [
        _present(shown, who, reader), _items(items, who, reader), _decisions(items, who, reader),
        _actions(items, who, reader), _corrections(read.addenda_for(shown), who, reader),
    ]  # fmt: skip
    sections = tuple(Section(table.caption, (), (table,)) for table in tables if table.rows)
    return Paper(named, say.locale.language, tuple(_facts(read, shown, who, reader)), sections)


def _facts(read: MinutesRead, shown: Shown, who: Directory, reader: Reader) -> Iterable[str]:
    """Say when and where it was held, whether the minutes are closed and still what was closed, and what they count."""
    say, frozen = reader.language, read.frozen
    yield say.t("Held from {when}.", when=reader.when(datetime.fromisoformat(shown.record.start)))
    if shown.record.place:
        yield say.t("Place: {place}.", place=shown.record.place)
    if frozen is None:
        yield say.t("Nothing is closed yet: this is how the minutes would be now.")
    elif not read.intact:
        yield say.t("These are not the minutes that were closed: the records were changed.")
    else:
        yield say.t("Closed by {name} on {when}; nothing in them was changed since. Fingerprint: {mark}",
                    name=who.name_of(frozen.frozen_by_id), when=reader.when(frozen.frozen_at), mark=frozen.sha256
                    )  # fmt: skip
    came = how_many_came(say, shown) or say.t("Nobody was noted as taking part.")
    yield " ".join([came, *outcomes_counted(say, shown)])
    hidden = for_members_only(say, shown)
    if hidden:
        yield hidden
        yield from filter(None, [corrected(say, len(read.addenda))])


def _present(shown: Shown, who: Directory, reader: Reader) -> Table:
    say = reader.language
    how = {Presence.ROOM.value: say.t("In the room"), Presence.REMOTE.value: say.t("Remotely")}
    present = sorted(shown.record.present, key=lambda p: who.name_of(p.person).casefold())
    rows = tuple((who.name_of(p.person), p.unit or NOTHING, how[p.presence]) for p in present)
    columns = (say.t("Person"), say.t("Unit"), say.tc("of taking part", "How"))
    return Table(say.t("Who took part"), columns, rows)


def _items(items: Iterable[RecordedItem], who: Directory, reader: Reader) -> Table:
    say = reader.language
    rows = tuple(
        (
            _item(item, reader),
            who.name_of(item.presenter) if item.presenter else NOTHING,
            outcome_word(say, item.outcome).capitalize() if item.outcome else say.t("No outcome yet."),
            Quoted(item.text, item.text_language) if item.text else NOTHING,
        )
        for item in items if item.kind
    )  # fmt: skip
    columns = (say.t("Item"), say.t("Presenter"), say.tc("of an item", "Outcome"), say.t("What was said"))
    return Table(say.t("Items"), columns, rows)


def _decisions(items: Iterable[RecordedItem], who: Directory, reader: Reader) -> Table:
    say = reader.language
    rows = tuple(
        (each.ref, _item(item, reader), Quoted(each.text, each.language), who.name_of(each.by),
         who.name_of(each.recorded_by))
        for item in items for each in item.decisions
    )  # fmt: skip
    columns = (say.t("Decision"), say.t("Item"), say.t("What was decided"), say.t("Decided by"), say.t("Recorded by"))
    return Table(say.t("Decisions"), columns, rows)


def _actions(items: Iterable[RecordedItem], who: Directory, reader: Reader) -> Table:
    say = reader.language
    rows = tuple(
        (each.ref, _item(item, reader), Quoted(each.text, each.language), who.name_of(each.owner),
         say.short_day(date.fromisoformat(each.due)) if each.due else NOTHING)
        for item in items for each in item.actions
    )  # fmt: skip
    columns = (say.t("Action"), say.t("Item"), say.t("What is to be done"), say.t("Owner"), say.t("Due"))
    return Table(say.t("Actions"), columns, rows)


def _corrections(addenda: Iterable[Addendum], who: Directory, reader: Reader) -> Table:
    say = reader.language
    rows = tuple((reader.moment(a.at), who.name_of(a.author_id), Quoted(a.text, a.language)) for a in addenda)
    return Table(say.t("Corrections"), (say.t("Date"), say.t("Written by"), say.t("Correction")), rows)


def _item(item: RecordedItem, reader: Reader) -> Cell:
    """Name an item in the language in which its name is there, with its number if it stands on the agenda."""
    say = reader.language
    named = say.say(title_of(item), mrkdwn=False)
    text = say.t("{number}. {title}", number=item.number, title=named) if item.number else named
    if item.title:
        return Quoted(text, item.language)
    return Quoted(text, say.code if say.code in item.names else "en") if item.names else text
