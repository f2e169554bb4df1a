"""Who is who: the areas with their units, the people who speak for them, and the roles of the task force."""

from collections.abc import Mapping, Sequence

from foundation.language import Day, Language, Listing, Mention, Mrkdwn, Names, Reader, escape
from models.people import Person
from models.structure import Area
from services.board import AreaOnBoard
from services.covers import Cover
from services.directory import Directory, area_id
from views.blocks import TEXT, Block, Message, context, fit, header, section, within_message
from views.board import SPOKEN_TEXT, issue_counts
from views.covers import away_blocks, cover_line, meanwhile
from views.paging import turns

AREAS, SEATS, NAMED = 20, 12, 15
"""Areas and seats on one page, and people named for one role: `who AREA` has all."""
LINE = 800


def areas(
    shown: Sequence[AreaOnBoard], who: Directory, reader: Reader, away: Mapping[int, Cover], *, page: int = 1
) -> Message:
    """List the areas with the words to type for them."""
    say = reader.language
    pages = max(1, -(-len(shown) // AREAS))
    here = shown[(page - 1) * AREAS : page * AREAS]
    lines = [fit(_area_line(line, who, say, away), LINE // 2) for line in here]
    count = say.mn("{n} area", "{n} areas", len(shown))
    blocks = [header(say.t("Areas")), context(count), *_in_sections(lines)]
    foot = turns(say, "areas", "", page, pages)
    return Message(fit("\n".join([count, *lines]), SPOKEN_TEXT), within_message(blocks, foot=foot))


def who_is_who(area: Area, who: Directory, reader: Reader, away: Mapping[int, Cover], *, page: int = 1) -> Message:
    """Show who speaks for each unit of an area."""
    say = reader.language
    title = say.t("Who is who: {area}", area=Names(area.name))
    seats, lines = who.seats_by_area.get(area_id(area), []), []
    pages = max(1, -(-len(seats) // SEATS))
    for seat in seats[(page - 1) * SEATS : page * SEATS]:
        people = [_person(p, who, say, away) for p in who.holders(seat)]
        here = Listing(tuple(Mrkdwn(p) for p in people)) if people else say.tc("a seat", "vacant")
        lines.append(say.m("*{unit}*: {people}", unit=who.unit_key(seat.unit_id), people=here))
    if area.resolutions:
        lines.append(say.m("*Resolutions:* {resolutions}", resolutions=Listing(tuple(area.resolutions))))
    lines = [fit(line, LINE) for line in lines]
    told = say.m("Who is who: {area}", area=Names(area.name))
    foot = turns(say, "who", str(area_id(area)), page, pages)
    blocks = within_message([header(title), *_in_sections(lines)], foot=foot)
    return Message(fit("\n".join([told, *lines]), SPOKEN_TEXT), blocks)


def task_force(
    title: str, groups: Sequence[tuple[str, Sequence[Person]]], who: Directory, reader: Reader, absent: Sequence[Cover]
) -> Message:
    """Show the roles of the task force and who has them, and who is away or will be."""
    say = reader.language
    away = {cover.person.id or 0: cover for cover in absent if cover.begun}
    lines = [_role_line(role, people, who, say, away) for role, people in groups if people]
    blocks = within_message([header(title), *_in_sections(lines), *away_blocks(absent, say)])
    said = [cover_line(cover, say) for cover in absent]
    return Message(fit("\n".join([escape(title), *lines, *said]), SPOKEN_TEXT), blocks)


def _role_line(role: str, people: Sequence[Person], who: Directory, say: Language, away: Mapping[int, Cover]) -> str:
    named = Listing(tuple(Mrkdwn(_person(p, who, say, away)) for p in people[:NAMED]))
    line = say.m("*{role}*: {people}", role=role, people=named)
    left_out = len(people) - NAMED
    return f"{line} · {say.mn('and {n} more', 'and {n} more', left_out)}" if left_out > 0 else line


def _person(person: Person, who: Directory, say: Language, away: Mapping[int, Cover]) -> str:
    unit = who.units_by_id.get(person.unit_id or 0)
    named = Mention(person.slack_id, person.name)
    alternate = who.people_by_id.get(person.alternate_id or 0)
    told = say.m("{person} ({unit})", person=named, unit=unit.key) if unit else say.m("{person}", person=named)
    cover = away.get(person.id or 0)
    if cover is not None:
        return say.m("{person}, away until {last}: {meanwhile}", person=Mrkdwn(told), last=Day(cover.absence.last_day),
                     meanwhile=Mrkdwn(meanwhile(cover, say)))  # fmt: skip
    if alternate is not None and alternate.here:
        told = say.m(
            "{person}, alternate {alternate}",
            person=Mrkdwn(told),
            alternate=Mention(alternate.slack_id, alternate.name),
        )
    return told


def _area_line(line: AreaOnBoard, who: Directory, say: Language, away: Mapping[int, Cover]) -> str:
    area = line.area
    marks = [say.t("restricted")] if area.restricted else []
    units = Listing(tuple(unit.unit for unit in line.units))
    told = say.m("*{area}* · `{key}` · {units}", area=Names(area.name), key=area.key, units=units)
    issues = issue_counts(line.open_issues, line.escalated_issues, say)
    absent = [away[i] for person in who.focal_points(area_id(area)) if (i := person.id or 0) in away]
    covered = [
        say.m("{person} is away, {meanwhile}", person=cover.person.name, meanwhile=Mrkdwn(meanwhile(cover, say)))
        for cover in absent
    ]
    return " · ".join([told, *marks, *([issues] if issues else []), *covered])


def _in_sections(lines: Sequence[str]) -> list[Block]:
    """Put lines into as few paragraphs as hold them whole."""
    paragraphs: list[str] = []
    for line in lines:
        if paragraphs and len(paragraphs[-1]) + len(line) < TEXT:
            paragraphs[-1] += f"\n{line}"
        else:
            paragraphs.append(line)
    return [section(paragraph) for paragraph in paragraphs]
