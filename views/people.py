"""What people see of membership and seats: the members, who holds a seat, "Not mine", and what somebody left behind."""

import json
from collections.abc import Collection, Sequence

from foundation.language import Language, Listing, Mrkdwn, Names, Reader
from models.people import Person, RoleName
from models.structure import Area, Unit
from services.directory import Directory
from services.membership import Estate
from services.seats import Asked
from views import ids
from views.blocks import Block, Message, context, field_block, fit, header, modal, people_select, section, text_input
from views.paging import turns

LISTED, LINE = 20, 500
"""Members on a page of their list, and characters for each."""


def members(who: Directory, areas: Sequence[Area], *, away: Sequence[int], reader: Reader, page: int) -> Message:
    """List a page of the members with roles, units and seats in the areas that the reader sees; and who is away."""
    say = reader.language
    shown = {area.id for area in areas}
    here = who.members[(page - 1) * LISTED : page * LISTED]
    lines = [section(fit(_member(who, person, shown, say, away=person.id in away), LINE)) for person in here]
    counted = say.tn("{n} member", "{n} members", len(who.members))
    turning = turns(say, "members", "", page, -(-len(who.members) // LISTED))
    return Message(counted, [header(counted), *lines, *turning])


def seat_set(area: Area, unit: Unit, people: Sequence[Person], *, reader: Reader) -> Message:
    """Answer who gave a seat."""
    say = reader.language
    about = {"unit": unit.key, "area": Names(area.name)}
    if people:
        text = say.m("{people} now speak for {unit} in {area}.", people=names(people), **about)
        if len(people) == 1:
            text = say.m("{person} now speaks for {unit} in {area}.", person=people[0].name, **about)
    else:
        text = say.m("The seat of {unit} in {area} is vacant now.", **about)
    return Message(text, [section(text)])


def joined(person: Person, *, reader: Reader) -> Message:
    """Answer who added a member."""
    text = reader.language.m("{person} is a member of the task force now.", person=person.name)
    return Message(text, [section(text)])


def left(given: Estate, who: Directory, *, reader: Reader) -> Message:
    """Answer who took somebody out: what they held."""
    say = reader.language
    text = say.m("{person} has left the task force.", person=given.person.name)
    return Message(text, [section(text), *estate_lines(given, who, say)])


def reassigned(given: Estate, to: Person, who: Directory, *, reader: Reader) -> Message:
    """Answer who reassigned everything."""
    say = reader.language
    text = say.m("{to} now has what {person} held.", to=to.name, person=given.person.name)
    return Message(text, [section(text), *estate_lines(given, who, say)])


def estate_lines(given: Estate, who: Directory, say: Language) -> list[Block]:
    """Name the seats, issues and actions that somebody left behind."""
    seats = [say.t("{area} ({unit})", area=who.area_name(s.area_id), unit=who.unit_key(s.unit_id)) for s in given.seats]
    lines = []
    if seats:
        lines.append(say.m("Seats: {seats}", seats=Listing(tuple(seats))))
    if given.issues:
        lines.append(say.m("Issues: {issues}", issues=Listing(tuple(issue.ref for issue in given.issues))))
    if given.actions:
        lines.append(say.m("Actions: {actions}", actions=Listing(tuple(action.ref for action in given.actions))))
    return [context(*lines)] if lines else []


def not_mine_form(seat_id: int, area: Area, unit: Unit, *, reader: Reader) -> Block:
    """Ask why a seat is not somebody's."""
    say = reader.language
    return modal(
        ids.NOT_MINE_FORM,
        title=say.t("Not mine"),
        say=say,
        blocks=[
            section(
                say.m(
                    "The secretariat will be asked to reassign *{area}* · {unit}. Until then you hear nothing of it.",
                    area=Names(area.name), unit=unit.key,
                )
            ),
            field_block(ids.REASON, say.t("Why"), text_input(ids.REASON, multiline=True),
                        hint=say.t("Whose it is, if you know.")),
        ],
        submit=say.t("Send"),
        metadata=json.dumps({"seat": seat_id}),
    )  # fmt: skip


def disclaimed(area: Area, unit: Unit, *, reader: Reader) -> Message:
    """Answer who said "Not mine"."""
    text = reader.language.m(
        "Thank you. The secretariat has been told that *{area}* · {unit} is not yours; you are not reminded of it.",
        area=Names(area.name), unit=unit.key,
    )  # fmt: skip
    return Message(text, [section(text)])


def reassign_form(asked: Asked, who: Directory, *, reader: Reader) -> Block:
    """Ask who speaks for a seat that is vacant, or that somebody said is not theirs."""
    say = reader.language
    about: dict[str, object] = {"area": Names(asked.area.name), "unit": asked.unit.key}
    said = [
        say.m("{person} says that it is not theirs: {reason}", person=who.name_of(one.person_id), reason=one.reason)
        for one in asked.disclaimers
    ]
    return modal(
        ids.REASSIGN_FORM,
        title=say.t("Reassign"),
        say=say,
        blocks=[
            section("\n".join([say.m("*{area}* · {unit}", **about), *said])),
            field_block(ids.PERSON, say.t("Who speaks for it"), people_select(ids.PERSON)),
        ],
        submit=say.t("Reassign"),
        metadata=json.dumps({"seat": asked.seat.id}),
    )


def reassign_all_form(given: Estate, who: Directory, *, reader: Reader) -> Block:
    """Ask who takes over everything that somebody left behind."""
    say = reader.language
    asked = section(say.m("Everything that {person} held goes to one person:", person=given.person.name))
    return modal(
        ids.REASSIGN_ALL_FORM,
        title=say.t("Reassign all"),
        say=say,
        blocks=[
            asked,
            *estate_lines(given, who, say),
            field_block(ids.PERSON, say.t("Who takes over"), people_select(ids.PERSON)),
        ],
        submit=say.t("Reassign all"),
        metadata=json.dumps({"person": given.person.id}),
    )


def names(people: Sequence[Person]) -> Listing:
    """Name several people."""
    return Listing(tuple(person.name for person in people))


def role_word(role: RoleName, say: Language) -> str:
    """Say what a role is called."""
    return {
        RoleName.CHAIR: say.tc("a role", "chair"),
        RoleName.SECRETARIAT: say.tc("a role", "secretariat"),
        RoleName.DEPUTY: say.tc("a role", "deputy"),
        RoleName.REGIONAL_DIRECTOR: say.tc("a role", "Regional Director"),
        RoleName.DEPARTMENT_CHIEF: say.tc("a role", "Chief of Department"),
        RoleName.OBSERVER: say.tc("a role", "observer"),
        RoleName.INVITED: say.tc("a role", "invited"),
    }[role]


def _member(who: Directory, person: Person, shown: Collection[int | None], say: Language, *, away: bool) -> str:
    seats = [seat for seat in who.seats_by_person.get(person.id or 0, []) if seat.area_id in shown]
    facts = [
        *(role_word(role, say) for role in sorted(who.roles(person))),
        *([who.unit_key(person.unit_id)] if person.unit_id else []),
        *(say.t("{area} ({unit})", area=who.area_name(s.area_id), unit=who.unit_key(s.unit_id)) for s in seats),
        *([say.t("away")] if away else []),
    ]
    if not facts:
        return say.m("*{person}*", person=person.name)
    return say.m("*{person}* · {facts}", person=person.name, facts=Mrkdwn(say.say(Listing(tuple(facts)), mrkdwn=True)))
