"""The form for a status update, and what its author is told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from foundation.language import Day, Language, Mrkdwn, Names, Reader
from models.structure import Area, Unit
from models.updates import Health, Update
from services.directory import Directory
from views import ids
from views.blocks import (
    INPUT,
    Block,
    Element,
    Message,
    actions,
    button,
    confirm,
    context,
    divider,
    field_block,
    modal,
    option,
    people_select,
    radio,
    section,
    select,
    text_input,
)
from views.cards import marks
from views.health import health_options, sign_and_word
from views.paging import TYPED
from views.texts import author, excerpt

CONTEXT_TEXT = 700


@dataclass(frozen=True)
class Typed:
    """What stands in the form's texts."""

    health: Health | None = None
    changed: str = ""
    next_steps: str = ""
    help_needed: str = ""


@dataclass(frozen=True)
class UpdateForm:
    """Everything that the form shows."""

    areas: Sequence[Area]
    area: Area | None
    units: Sequence[Unit]
    unit: Unit | None
    last: Update | None
    """The unit's last update with content, to be read only."""
    channel: str | None
    """Where it will be posted: Slack's id or `#name`; None: nowhere."""
    typed: Typed = field(default_factory=Typed)
    note: str = ""
    """Why the form is open, in mrkdwn, where that is not plain."""
    for_others: bool = False
    """The secretariat says on whose behalf it posts."""
    on_behalf: str | None = None
    """Slack id of the focal point."""
    editing: bool = False
    """An update that exists is changed: its area and unit stay."""
    hints: dict[str, object] = field(default_factory=dict)
    """What the form is about; checked at submission."""


def update_form(form: UpdateForm, who: Directory, reader: Reader) -> Block:
    """Show the form: the unit's last update above as something to read, never in the texts to edit."""
    say = reader.language
    blocks = [section(form.note)] if form.note else []
    if any(len(text) > INPUT for text in (form.typed.changed, form.typed.next_steps, form.typed.help_needed)):
        blocks.append(section(say.m("This message is longer than a field of the form: only its beginning is here.")))
    if not form.editing:
        blocks += _what_about(form, say)
    blocks += _last_update(form, who, reader)
    blocks += [
        field_block(
            ids.HEALTH, say.t("Health"), radio(ids.HEALTH, health_options(say), chosen=_value(form.typed.health))
        ),
        field_block(ids.CHANGED, say.t("What changed"), _text(ids.CHANGED, form.typed.changed)),
        field_block(ids.NEXT, say.t("Next steps"), _text(ids.NEXT, form.typed.next_steps), optional=True),
        field_block(ids.HELP, say.t("Help needed"), _text(ids.HELP, form.typed.help_needed), optional=True),
        context(_where(form, say)),
    ]
    return modal(
        ids.UPDATE_FORM, say=say, blocks=blocks,
        title=say.t("Edit the update") if form.editing else say.t("Status update"),
        submit=say.t("Save") if form.editing else say.t("Post"), close=say.t("Cancel"), metadata=json.dumps(form.hints),
    )  # fmt: skip


def posted(update: Update, who: Directory, reader: Reader, *, channel: str | None, kept: bool = False) -> Message:
    """Tell the author that an update was posted (or, `kept`, that "No change" was noted), and how to take it back."""
    say = reader.language
    about = {"area": who.area_name(update.area_id), "unit": who.unit_key(update.unit_id)}
    where = channel_name(channel) if channel else None
    if kept:
        text = say.m("Noted: no change for {unit} on {area}.", **about)
    elif where:
        text = say.m("Posted for {unit} on {area} in {channel}: {health}.", **about, channel=where,
                     health=sign_and_word(say, update.health))  # fmt: skip
    else:
        text = say.m("Kept for {unit} on {area}: {health}. Members see it when they ask, it is in no channel.", **about,
                     health=sign_and_word(say, update.health))  # fmt: skip
    edit = [] if kept else [button(say.t("Edit"), ids.UPDATE_EDIT, value=str(update.id))]
    return Message(text, [section(text), actions([*edit, _withdraw_button(update, say)])])


def withdrawn(update: Update, who: Directory, reader: Reader, *, owed: bool) -> Message:
    """Tell the author that an update was withdrawn, and whether one is owed (again)."""
    say, about = reader.language, {"area": who.area_name(update.area_id), "unit": who.unit_key(update.unit_id)}
    if owed:
        text = say.m("Withdrawn: what {unit} said on {area}. An update is owed again for the next meeting.", **about)
    else:
        text = say.m("Withdrawn: what {unit} said on {area}. No update is owed there now.", **about)
    return Message(text)


def which_area(typed: str, offered: Sequence[tuple[Area, str]], action_id: str, say: Language) -> Message:
    """Ask which area was meant, with a button for each of the nearest; the text beside each is its button's value."""
    text = say.m("There is no area called “{typed}”. Which one do you mean?", typed=excerpt(typed, TYPED))
    # One row each: within a row of buttons each would need an id of its own.
    rows = [actions([button(say.of(area.name), action_id, value=value)]) for area, value in offered]
    return Message(text, [section(text), *rows])


def note_added(area: Area, say: Language) -> Message:
    """Tell a member that a note was added."""
    return Message(say.m("Your note stands beneath the updates on {area}.", area=Names(area.name)))


def channel_name(channel: str) -> Mrkdwn | str:
    """Name a channel: a link where Slack's id is known."""
    return channel if channel.startswith("#") else Mrkdwn(f"<#{channel}>")


def _what_about(form: UpdateForm, say: Language) -> list[Block]:
    areas = [option(say.of(a.name), str(a.id)) for a in form.areas]
    chosen = str(form.area.id) if form.area else None
    area_select = select(ids.AREA, areas, chosen=chosen, placeholder=say.t("Choose an area"))
    blocks = [field_block(ids.AREA, say.t("Area"), area_select, dispatch=True)]
    if form.area and (len(form.units) > 1 or form.for_others):
        units = [option(say.t("{key}: {name}", key=u.key, name=Names(u.name)), str(u.id)) for u in form.units]
        unit_select = select(ids.UNIT, units, chosen=str(form.unit.id) if form.unit else None)
        # Another area has other units: its own block, so that Slack does not keep a choice that does not exist there.
        blocks.append(
            field_block(ids.UNIT, say.t("Unit"), unit_select, dispatch=True)
            | {"block_id": f"{ids.UNIT}.{form.area.id}"}
        )
    if form.for_others:
        people = people_select(ids.FOR_WHOM, chosen=form.on_behalf)
        blocks.append(field_block(ids.FOR_WHOM, say.t("On behalf of"), people))
    return blocks


def _last_update(form: UpdateForm, who: Directory, reader: Reader) -> list[Block]:
    say = reader.language
    if form.editing or form.area is None or form.unit is None:
        return []
    last = form.last
    if last is None:
        return [
            context(say.m("{unit} has not reported on {area} yet.", unit=form.unit.key, area=Names(form.area.name)))
        ]
    head = say.m(
        "Last update of {unit}: {health}, {day}, by {author}",
        unit=form.unit.key, health=sign_and_word(say, last.health), day=Day(reader.local_day(last.posted_at)),
        author=author(who.name_of(last.author_id), who.name_of(last.for_id) if last.for_id else None),
    )  # fmt: skip
    parts = [
        (say.t("What changed"), last.changed),
        (say.t("Next steps"), last.next_steps),
        (say.t("Help needed"), last.help_needed),
    ]
    texts = [say.m("*{label}*: {text}", label=label, text=excerpt(text, CONTEXT_TEXT)) for label, text in parts if text]
    return [context(" · ".join([head, *marks(say, last, last)]), *texts), divider()]


def _where(form: UpdateForm, say: Language) -> str:
    if form.editing:
        return say.m("The earlier version is kept, and the card says that it was edited.")
    if form.area is None:
        return say.m("Choose an area to see where it will be posted.")
    if form.channel is None:
        return say.m("It will be posted in no channel: only members see this area.")
    return say.m("It will be posted in {channel}.", channel=channel_name(form.channel))


def _withdraw_button(update: Update, say: Language) -> Element:
    question = confirm(
        say.t("Withdraw this update?"),
        say.m("It is taken back everywhere. If it is your unit's only one since the last meeting, one is owed again."),
        say.t("Withdraw"), say.t("Cancel"),
    )  # fmt: skip
    return button(say.t("Withdraw"), ids.UPDATE_WITHDRAW, value=str(update.id), confirm=question)


def _text(name: str, initial: str) -> Element:
    return text_input(name, initial=initial, multiline=True)


def _value(health: Health | None) -> str | None:
    return health.value if health else None
