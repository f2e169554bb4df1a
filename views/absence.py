"""What people see of absences: the form, who stands in, and what is noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.language import Day, Listing, Reader
from models.people import Absence, Person
from views import ids
from views.blocks import (
    Block,
    Message,
    actions,
    button,
    date_picker,
    field_block,
    modal,
    people_select,
    section,
)


@dataclass(frozen=True)
class Shown:
    """One absence and who stands in during it."""

    absence: Absence
    alternate: Person | None


def form(
    *, reader: Reader, today: date, alternate: Person | None, person: Person | None = None, chair: bool = False,
    last: date | None = None,
) -> Block:  # fmt: skip
    """The form **I'm away**; `person` is shown where the secretariat may choose for whom, `last` is a guess."""
    say = reader.language
    hint = say.t("Who hears your reminders and may post for you meanwhile.")
    if chair:
        hint = say.t("Who acts as chair meanwhile: alerts go there, and decisions are taken there.")
    blocks = [
        field_block(ids.AWAY_FROM, say.t("First day away"), date_picker(ids.AWAY_FROM, chosen=today)),
        field_block(ids.AWAY_TO, say.t("Last day away"), date_picker(ids.AWAY_TO, chosen=max(today, last or today))),
        field_block(
            ids.AWAY_ALTERNATE,
            say.t("Alternate"),
            people_select(ids.AWAY_ALTERNATE, chosen=alternate.slack_id if alternate else None),
            hint=hint,
            optional=True,
        ),
    ]
    if person is not None:
        who = field_block(ids.AWAY_WHO, say.t("Who is away"), people_select(ids.AWAY_WHO, chosen=person.slack_id))
        blocks.insert(0, who)
    return modal(ids.AWAY_FORM, title=say.t("I'm away"), say=say, blocks=blocks, submit=say.t("Save"))


def noted(shown: Shown, person: Person, *, own: bool, chair: bool, alone: Sequence[Person], reader: Reader) -> Message:
    """Answer who noted an absence: the days as they were read, and who stands in.

    `alone` are those for whom nobody is there at some time of it, because their alternate is away too.
    """
    say = reader.language
    days = _days(shown.absence)
    said = (
        say.m("You are away from {first} to {last}.", **days)
        if own
        else say.m("{person} is away from {first} to {last}.", person=person.name, **days)
    )
    text = f"{said} {_meanwhile(shown, chair=chair, reader=reader)}"
    if alone:
        names = Listing(tuple(each.name for each in alone))
        text += "\n" + say.m("⚠️ On some of these days nobody is there for {people}, because the alternate is away too. "
                             "The secretariat sees it; name somebody else if you can.", people=names)  # fmt: skip
    cancel = button(say.t("Cancel the absence"), ids.AWAY_CANCEL, value=str(person.id))
    return Message(text, [section(text), actions([cancel])])


def listing(absences: Sequence[Shown], person: Person, *, own: bool, chair: bool, reader: Reader) -> Message:
    """Show the absences of a person that are not over."""
    say = reader.language
    change = [button(say.t("I'm away"), ids.AWAY_OPEN)] if own else []
    if not absences:
        text = say.m("No absence of {person} is noted.", person=person.name)
        if own:
            text = say.m("No absence of yours is noted.")
        return Message(text, [section(text), *([actions(change)] if change else [])])
    lines = [
        " ".join(
            (
                say.m("Away from {first} to {last}.", **_days(each.absence)),
                _meanwhile(each, chair=chair, reader=reader),
            )
        )
        for each in absences
    ]
    text = "\n".join([say.m("*{person}*", person=person.name), *lines])
    cancel = button(say.t("Cancel the absence"), ids.AWAY_CANCEL, value=str(person.id))
    return Message(text, [section(text), actions([*change, cancel])])


def cancelled(person: Person, *, own: bool, reader: Reader) -> Message:
    """Answer who cancelled an absence."""
    say = reader.language
    text = say.m("You are not away any more: reminders come to you again.")
    if not own:
        text = say.m("{person} is not away any more: reminders go there again.", person=person.name)
    return Message(text, [section(text)])


def _meanwhile(shown: Shown, *, chair: bool, reader: Reader) -> str:
    say = reader.language
    if shown.alternate is None:
        return say.m("Nobody stands in, so nobody is reminded meanwhile; the areas show as away, not as missing.")
    if chair:
        return say.m("{alternate} acts as chair meanwhile.", alternate=shown.alternate.name)
    return say.m("Reminders go to {alternate} meanwhile, who is told why.", alternate=shown.alternate.name)


def _days(absence: Absence) -> dict[str, Day]:
    return {"first": Day(absence.first_day), "last": Day(absence.last_day)}
