"""Who is who: the areas with their units, the people who speak for them, and the roles of the task force."""

from collections.abc import Sequence

from foundation.language import Language, Listing, Mention, Mrkdwn, Names, Reader, escape
from models.people import Person
from models.structure import Area
from services.board import AreaOnBoard
from services.directory import Directory, area_id
from views.blocks import Block, Message, context, fit, header, section, within_message
from views.board import SPOKEN_TEXT, issue_counts
from views.paging import turns


def areas(shown: Sequence[AreaOnBoard], reader: Reader, *, page: int = 1, size: int = 30) -> Message:
    """List the areas with the words to type for them."""
    say = reader.language
    pages = max(1, -(-len(shown) // size))
    here = shown[(page - 1) * size : page * size]
    lines = [_area_line(line, say) for line in here]
    count = say.mn("{n} area", "{n} areas", len(shown))
    blocks = [header(say.t("Areas")), context(count), *_in_sections(lines), *turns(say, "areas", "", page, pages)]
    return Message(fit("\n".join([count, *lines]), SPOKEN_TEXT), within_message(blocks))


def who_is_who(area: Area, who: Directory, reader: Reader, away: frozenset[int]) -> Message:
    """Show who speaks for each unit of an area."""
    say = reader.language
    title = say.t("Who is who: {area}", area=Names(area.name))
    lines = []
    for seat in who.seats_by_area.get(area_id(area), []):
        people = [_person(p, who, say, away) for p in who.holders(seat)]
        here = Listing(tuple(Mrkdwn(p) for p in people)) if people else say.tc("a seat", "vacant")
        lines.append(say.m("*{unit}*: {people}", unit=who.unit_key(seat.unit_id), people=here))
    if area.resolutions:
        lines.append(say.m("*Resolutions:* {resolutions}", resolutions=Listing(tuple(area.resolutions))))
    told = say.m("Who is who: {area}", area=Names(area.name))
    return Message(fit("\n".join([told, *lines]), SPOKEN_TEXT), [header(title), *_in_sections(lines)])


def task_force(
    title: str, groups: Sequence[tuple[str, Sequence[Person]]], who: Directory, reader: Reader, away: frozenset[int]
) -> Message:
    """Show the roles of the task force and who has them."""
    say = reader.language
    lines = [
        say.m(
            "*{role}*: {people}", role=role, people=Listing(tuple(Mrkdwn(_person(p, who, say, away)) for p in people))
        )
        for role, people in groups
        if people
    ]
    return Message(fit("\n".join([escape(title), *lines]), SPOKEN_TEXT), [header(title), *_in_sections(lines)])


def _person(person: Person, who: Directory, say: Language, away: frozenset[int]) -> str:
    unit = who.units_by_id.get(person.unit_id or 0)
    named = Mention(person.slack_id, person.name)
    alternate = who.people_by_id.get(person.alternate_id or 0)
    told = say.m("{person} ({unit})", person=named, unit=unit.key) if unit else say.m("{person}", person=named)
    if person.id in away:
        told = say.m("{person}, away", person=Mrkdwn(told))
    if alternate is not None and alternate.here:
        told = say.m(
            "{person}, alternate {alternate}",
            person=Mrkdwn(told),
            alternate=Mention(alternate.slack_id, alternate.name),
        )
    return told


def _area_line(line: AreaOnBoard, say: Language) -> str:
    area = line.area
    marks = [say.t("restricted")] if area.restricted else []
    units = Listing(tuple(unit.unit for unit in line.units))
    told = say.m("*{area}* · `{key}` · {units}", area=Names(area.name), key=area.key, units=units)
    issues = issue_counts(line.open_issues, line.escalated_issues, say)
    return " · ".join([told, *marks, *([issues] if issues else [])])


def _in_sections(lines: Sequence[str], *, each: int = 10) -> list[Block]:
    return [section("\n".join(lines[start : start + each])) for start in range(0, len(lines), each)]
