"""Who covers whom, as it is said wherever absences are shown."""

from collections.abc import Sequence

from foundation.language import Day, Language, Listing, Mrkdwn
from services.covers import Cover
from views.blocks import Block, context, divider, section

SHOWN = 10
"""Absences on one message; `who` names the others as they begin."""


def cover_line(cover: Cover, say: Language) -> str:
    """Say who is away until when, or from when, and who is there for them."""
    about = {"person": cover.person.name, "meanwhile": Mrkdwn(meanwhile(cover, say)),
             "first": Day(cover.absence.first_day), "last": Day(cover.absence.last_day)}  # fmt: skip
    if cover.begun:
        return say.m("*{person}* is away until {last}: {meanwhile}", **about)
    return say.m("*{person}* will be away from {first} to {last}: {meanwhile}", **about)


def meanwhile(cover: Cover, say: Language) -> str:
    """Say who is there for somebody, and who passed it on because they are away too."""
    passed = Listing(tuple(person.name for person in cover.line if cover.by is None or person.id != cover.by.id))
    if cover.by is None and cover.line:
        return say.m("nobody stands in (away too: {people})", people=passed)
    if cover.by is None:
        return say.m("nobody stands in")
    line = say.m("{person} stands in", person=cover.by.name)
    if cover.chair:
        line = say.m("{person} acts as chair", person=cover.by.name)
    if passed.items:
        return say.m("{line} (away too: {people})", line=Mrkdwn(line), people=passed)
    return line


def away_blocks(covers: Sequence[Cover], say: Language) -> list[Block]:
    """List who is away or will be, for the secretariat's desk and for who is who."""
    if not covers:
        return []
    lines = [cover_line(cover, say) for cover in covers[:SHOWN]]
    return [divider(), section("\n".join([say.m("*Away*"), *lines])), *_left_out(covers, say)]


def covering_blocks(covers: Sequence[Cover], say: Language) -> list[Block]:
    """Tell somebody for whom they stand in, and until when, for their own desk."""
    if not covers:
        return []
    return [section("\n".join(_covering(cover, say) for cover in covers[:SHOWN])), *_left_out(covers, say)]


def _covering(cover: Cover, say: Language) -> str:
    about = {"person": cover.person.name, "first": Day(cover.absence.first_day), "last": Day(cover.absence.last_day)}
    if cover.chair and cover.begun:
        return say.m("🔁 You act as chair for {person} until {last}.", **about)
    if cover.chair:
        return say.m("🔁 You will act as chair for {person} from {first} to {last}.", **about)
    if cover.begun:
        return say.m("🔁 You stand in for {person} until {last}.", **about)
    return say.m("🔁 You will stand in for {person} from {first} to {last}.", **about)


def _left_out(covers: Sequence[Cover], say: Language) -> list[Block]:
    more = len(covers) - SHOWN
    return [context(say.mn("and {n} more", "and {n} more", more))] if more > 0 else []
