"""A draft of an update, as the bot understood it: what is there, what is missing, and what to do with it."""

from collections.abc import Sequence

from foundation.language import Language, Mrkdwn, Names
from models.updates import Update
from services.directory import Directory
from services.drafts import DraftShown
from views import ids
from views.blocks import Element, Message, actions, button, context, option, section, select, within_message
from views.health import health_options, sign_and_word
from views.texts import update_texts


def draft(shown: DraftShown, say: Language) -> Message:
    """Show an open draft to its writer."""
    kept = shown.draft
    title = say.m("*Draft of a status update*, not posted yet. Is this what you mean?")
    missing = say.m("_not said yet_")
    facts = say.m(
        "Area: {area}\nUnit: {unit}\nHealth: {health}",
        area=Names(shown.area.name) if shown.area else Mrkdwn(missing),
        unit=shown.unit.key if shown.unit else Mrkdwn(missing),
        health=sign_and_word(say, kept.health) if kept.health else Mrkdwn(missing),
    )  # fmt: skip
    blocks = [section(title), section(facts)]
    if shown.on_behalf:
        blocks.append(context(say.m("On behalf of {person}", person=shown.on_behalf.name)))
    if not kept.changed:
        blocks.append(section(say.m("*{label}*\n{text}", label=say.t("What changed"), text=Mrkdwn(missing))))
    blocks += update_texts(say, kept.changed, kept.next_steps, kept.help_needed)
    pickers = _pickers(shown, say)
    if pickers:
        blocks.append(actions(pickers))
    value = str(kept.id)
    blocks.append(
        actions([
            button(say.t("Post"), ids.DRAFT_POST, value=value, style="primary"),
            button(say.t("Edit"), ids.DRAFT_EDIT, value=value),
            button(say.t("Discard"), ids.DRAFT_DISCARD, value=value),
        ])
    )  # fmt: skip
    return Message(title, within_message(blocks))


def settled(update: Update | None, who: Directory, say: Language) -> Message:
    """Show what became of a draft."""
    if update is None:
        text = say.m("This draft was discarded.")
    else:
        text = say.m("Posted for {unit} on {area}: {health}.", unit=who.unit_key(update.unit_id),
                     area=who.area_name(update.area_id), health=sign_and_word(say, update.health))  # fmt: skip
    return Message(text, [section(text)])


def no_draft(areas: Sequence[str], command: str, say: Language) -> Message:
    """Say, to somebody who wrote something that is no update, what can be written here."""
    lines = [say.m("Hello. Ask for {help} to see all that I do.", help=Mrkdwn(f"`{command} help`"))]
    if areas:
        example = say.t("{area}: at risk - venue not confirmed | next: ask the host", area=areas[0])
        lines.append(say.m("To post a status update, write it here, for example:\n>{example}", example=example))
    text = "\n".join(lines)
    return Message(text, [section(text)])


def sent_privately(say: Language) -> Message:
    """Say, where the bot was mentioned, that the draft waits in the direct messages."""
    return Message(say.m("I have sent you a draft in our direct messages: nothing is posted until you say so."))


def _pickers(shown: DraftShown, say: Language) -> list[Element]:
    kept = shown.draft
    pickers: list[Element] = []
    if shown.area is None:
        areas = [option(say.of(area.name), f"{kept.id}:{area.id}") for area in shown.areas]
        pickers.append(select(ids.DRAFT_AREA, areas, placeholder=say.t("Choose an area")))
    if shown.area is not None and shown.unit is None and shown.units:
        units = [option(unit.key, f"{kept.id}:{unit.id}") for unit in shown.units]
        pickers.append(select(ids.DRAFT_UNIT, units, placeholder=say.t("Choose a unit")))
    if kept.health is None:
        options = health_options(say, prefix=f"{kept.id}:")
        pickers.append(select(ids.DRAFT_HEALTH, options, placeholder=say.t("Choose the health")))
    return pickers
