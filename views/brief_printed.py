"""The brief of a meeting as a paper: everything in full, in tables."""

from collections.abc import Iterable

from foundation.language import Day, Language, Reader
from models.structure import Area
from services.area_page import Said
from services.brief import AreaInBrief, Brief, Part, UnitInBrief
from services.brief_questions import OverdueAction, Question
from services.directory import Directory
from views.board import counts, sign_of, word_of
from views.brief import part_counts, part_title, shown_moment, title
from views.brief_lines import excuses, marks, positions, state_since
from views.health import sign_and_word
from views.paper import Cell, Paper, Quoted, Section, Table
from views.texts import author

NOTHING = "—"
"""What stands in a cell that would be empty."""


def paper(brief: Brief, who: Directory, reader: Reader) -> Paper:
    """Write a brief down for who reads it."""
    say, meeting = reader.language, brief.meeting
    shown = shown_moment(brief, deadline=reader.when(meeting.deadline_at), start=reader.when(meeting.actual_start))
    facts = (say.say(shown, mrkdwn=False), *counts(brief.board, reader), part_counts(brief, say))
    # Until a language has its catalogue the words around the facts are English, and are to be read aloud as such.
    return Paper(
        title(meeting, say), say.locale.language, facts, tuple(_section(brief, part, who, reader) for part in Part)
    )


def _section(brief: Brief, part: Part, who: Directory, reader: Reader) -> Section:
    say, entries = reader.language, brief.entries[part]
    named = say.say(part_title(brief, part), mrkdwn=False)
    if not entries:
        return Section(named, (say.t("Nothing is listed here."),))
    areas = [entry for entry in entries if isinstance(entry, AreaInBrief)]
    tables = [
        _questions([entry for entry in entries if isinstance(entry, Question)], named, who, reader),
        _areas(areas, part, named, reader),
        _actions([entry for entry in entries if isinstance(entry, OverdueAction)], say),
    ]
    return Section(named, (), tuple(table for table in tables if table.rows))


def _questions(entries: Iterable[Question], named: str, who: Directory, reader: Reader) -> Table:
    say = reader.language
    columns = (say.t("Issue"), say.t("Title"), say.t("Area"), say.t("State"), say.t("Proposed solution"),
               say.t("Positions"))  # fmt: skip
    return Table(named, columns, tuple(_question(entry, who, reader) for entry in entries))


def _question(entry: Question, who: Directory, reader: Reader) -> tuple[Cell, ...]:
    say = reader.language
    since = say.say(state_since(entry, Day(reader.local_day(entry.since))), mrkdwn=False)
    return (
        entry.ref,
        Quoted(entry.title, entry.language),
        _name(who.areas_by_id[entry.area_id], say) if entry.area_id is not None else NOTHING,
        "\n".join([since, *([say.t("urgent")] if entry.urgent else [])]),
        _quoted(entry.proposal, entry.language),
        say.say(positions(entry, who), mrkdwn=False) or NOTHING,
    )


def _areas(entries: list[AreaInBrief], part: Part, named: str, reader: Reader) -> Table:
    say = reader.language
    if part is Part.EXCUSED:
        whole = tuple((*_area(entry, say), _why(entry, say)) for entry in entries)
        return Table(named, (say.t("Area"), say.t("Health"), say.t("Why")), whole)
    columns = (say.t("Area"), say.t("Unit"), say.t("Health"), say.t("What changed"), say.t("Next steps"),
               say.t("Help needed"))  # fmt: skip
    rows = ((_name(e.area, say), *_unit(unit, reader)) for e in entries for unit in e.units)
    return Table(named, columns, tuple(rows))


def _unit(unit: UnitInBrief, reader: Reader) -> tuple[Cell, ...]:
    say, said = reader.language, unit.said
    if said is None:
        return (unit.unit, f"{sign_of(None)} {word_of(say, None)}", NOTHING, NOTHING, NOTHING)
    by = say.t("{author}, {day}", author=author(said.author, said.on_behalf_of), day=Day(reader.local_day(said.at)))
    return ("\n".join([unit.unit, by, *marks(said, say)]), sign_and_word(say, said.health), *_texts(said))


def _texts(said: Said) -> tuple[Cell, ...]:
    return tuple(_quoted(text, said.language) for text in (said.changed, said.next_steps, said.help_needed))


def _actions(entries: Iterable[OverdueAction], say: Language) -> Table:
    columns = (say.t("Action"), say.t("What is to be done"), say.t("Owner"), say.t("Due"))
    rows = ((entry.ref, Quoted(entry.text, entry.language), entry.owner, say.short_day(entry.due)) for entry in entries)
    return Table(say.t("Actions whose date has passed"), columns, tuple(rows))


def _area(entry: AreaInBrief, say: Language) -> tuple[Cell, ...]:
    return (_name(entry.area, say), f"{sign_of(entry.health)} {word_of(say, entry.health)}")


def _name(area: Area, say: Language) -> Cell:
    """Name an area, in the language in which the task-force file has its name for this reader."""
    return Quoted(say.of(area.name), say.code if say.code in area.name else "en")


def _why(entry: AreaInBrief, say: Language) -> str:
    return "\n".join(say.say(excuse, mrkdwn=False) for excuse in excuses(entry))


def _quoted(text: str, language: str) -> Cell:
    return Quoted(text, language) if text else NOTHING
