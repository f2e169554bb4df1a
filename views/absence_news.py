"""What people are told about absences: that they stand in, and the question whether somebody is away."""

from collections.abc import Sequence

from foundation.language import Day, Language, Listing, Names
from models.people import Absence
from services.covers import Cover
from views import ids
from views.blocks import Message, actions, button, context, section
from views.texts import excerpt

STATUS = 100


def named(
    say: Language, absence: Absence, *, person: str, by: str, chair: bool, areas: Sequence[Names], also: Sequence[Cover]
) -> Message:
    """Tell somebody that they stand in, from when to when, and what comes to them meanwhile."""
    about = {"person": person, "first": Day(absence.first_day), "last": Day(absence.last_day)}
    text = say.m("You stand in for {person} from {first} to {last}.", **about)
    meanwhile = say.m("What {person} is asked comes to you meanwhile.", person=person)
    if areas:
        meanwhile = say.m(
            "Reminders of what {person} owes come to you meanwhile, and you can post for: {areas}.", person=person,
            areas=Listing(tuple(areas)),
        )  # fmt: skip
    if chair:
        text = say.m("You act as chair for {person} from {first} to {last}.", **about)
        meanwhile = say.m("Alerts come to you meanwhile, and you can do all that the chair can.")
    lines = [
        say.m("You stand in for {person} as well, until {last}, because {passed} is away too.",
              person=cover.person.name, last=Day(cover.absence.last_day), passed=person)
        for cover in also
    ]  # fmt: skip
    noted = context(say.m("Noted by {person}. Ask them, or the secretariat, if you cannot.", person=by))
    desk = actions([button(say.t("My desk"), ids.DESK_OPEN)])
    return Message(text, [section("\n".join([text, meanwhile, *lines])), noted, desk])


def cancelled(say: Language, absence: Absence, *, person: str) -> Message:
    """Say that somebody need not stand in any more."""
    text = say.m("You need not stand in for {person} from {first} to {last} any more: the absence was cancelled.",
                 person=person, first=Day(absence.first_day), last=Day(absence.last_day))  # fmt: skip
    return Message(text, [section(text)])


def are_you_away(say: Language, status: str, *, until: str) -> Message:
    """Ask whether somebody is away; until they say so nothing changes. `until` is the day on which the status ends."""
    text = say.m("Your Slack status says “{status}”: are you away?", status=excerpt(status, STATUS))
    hint = context(say.m("If you are, say until when and who stands in. Otherwise there is nothing to do."))
    return Message(text, [section(text), hint, actions([button(say.t("I'm away"), ids.AWAY_OPEN, value=until)])])


def answered(say: Language, absence: Absence) -> Message:
    """Say that the question is settled."""
    text = say.m("You are noted as away from {first} to {last}.", first=Day(absence.first_day),
                 last=Day(absence.last_day))  # fmt: skip
    return Message(text, [section(text)])
