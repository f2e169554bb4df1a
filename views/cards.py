"""The card of an area in its channel, and the updates in its thread."""

from collections.abc import Sequence
from datetime import datetime

from foundation.language import Day, Language, Listing, Mrkdwn, Names, Reader
from models.updates import Note, Update
from services.area_cards import AreaCard
from services.directory import Directory
from services.update_history import Standing, UnitStanding
from views import ids
from views.blocks import Block, Message, context, header, option, overflow, quote, section, within_message
from views.health import sign_and_word
from views.texts import author, excerpt, language_mark, update_texts

EXCERPT, NOTE = 400, 500
DOT = " · "


def area_card(card: AreaCard, who: Directory, reader: Reader) -> Message:
    """Show every unit of an area in a cycle, with the latest notes beneath."""
    say = reader.language
    name = Names(card.area.name)
    reported = sum(s.said is not None for s in card.standings)
    counted = _units_reported(reported, len(card.standings), _day(reader, card.cycle.starts_at), say)
    confirmed = sum(s.standing is Standing.CONFIRMED for s in card.standings)
    if confirmed:
        apart = say.mn("{n} of them said “no change”.", "{n} of them said “no change”.", confirmed)
        counted = f"{counted} {apart}"
    blocks: list[Block] = [header(say.of(card.area.name)), context(counted)]
    blocks += [section("\n".join(_unit_lines(standing, who, reader))) for standing in card.standings]
    if card.notes:
        # A block each: within one they would run into each other.
        blocks += [context(say.m("*Notes*")), *(context(_note(note, who, reader)) for note in card.notes)]
    return Message(say.m("{area}: {counted}", area=name, counted=Mrkdwn(counted)), within_message(blocks))


def update_reply(
    update: Update, content: Update, who: Directory, reader: Reader, *, changeable: bool, shows: Sequence[str] = ()
) -> Message:
    """Show one update in the thread of its card, as it stands now. `content` is itself, or what it confirms.

    `shows` names the actions whose evidence it is.
    """
    say = reader.language
    line = _headline(update, content, who, reader)
    if update.withdrawn_at is not None:
        return Message(line, [section(line)])
    choices = [option(say.t("Withdraw"), f"withdraw:{update.id}")]
    if update.confirms_id is None:
        choices.insert(0, option(say.t("Edit"), f"edit:{update.id}"))
    menu = overflow(ids.UPDATE_SETTLE, choices) if changeable else None
    blocks = [
        section(line, accessory=menu),
        *update_texts(say, content.changed, content.next_steps, content.help_needed),
    ]
    if update.permalink:
        blocks.append(context(say.m("<{link}|The message it was made of>", link=Mrkdwn(update.permalink))))
    if shows:
        blocks.append(context(say.m("Evidence for {actions}", actions=Listing(tuple(shows)))))
    return Message(
        say.m("{area}, {line}", area=who.area_name(update.area_id), line=Mrkdwn(line)), within_message(blocks)
    )


def marks(say: Language, update: Update, content: Update) -> list[str]:
    """Return what is to be known about an update besides its words: edited, late, in which language."""
    said = [
        say.t("edited") if content.edited_at else "", say.t("late") if update.late else "", language_mark(say, content),
    ]  # fmt: skip
    return [mark for mark in said if mark]


def _headline(update: Update, content: Update, who: Directory, reader: Reader) -> str:
    say = reader.language
    unit = who.unit_key(update.unit_id)
    by = author(who.name_of(update.author_id), who.name_of(update.for_id) if update.for_id else None)
    health = sign_and_word(say, content.health)
    if update.withdrawn_at is not None:
        return say.m("*{unit}* · {author}, {day} · withdrawn", unit=unit, author=by, day=_day(reader, update.posted_at))
    if update.confirms_id is None:
        line = say.m("*{unit}* · {health} · {author}, {day}", unit=unit, health=health, author=by,
                     day=_day(reader, update.posted_at))  # fmt: skip
    else:
        line = say.m("*{unit}* · {health} · no change since {day}, confirmed by {author}", unit=unit, health=health,
                     author=by, day=_day(reader, content.posted_at))  # fmt: skip
    return DOT.join([line, *(f"_{mark}_" for mark in marks(say, update, content))])


def _units_reported(n: int, all_: int, day: Day, say: Language) -> str:
    """Say how many units have reported: the verb goes with those, the noun with how many there are."""
    if all_ == 1:
        return say.m("{n} of {all} unit has reported since {day}.", n=n, all=all_, day=day)
    return say.mn(
        "{n} of {all} units has reported since {day}.", "{n} of {all} units have reported since {day}.", n,
        all=all_, day=day,
    )  # fmt: skip


def _unit_lines(standing: UnitStanding, who: Directory, reader: Reader) -> list[str]:
    say = reader.language
    content = standing.content
    if standing.said is not None and content is not None:
        lines = [
            _headline(standing.said, content, who, reader),
            quote(say.m("{text}", text=excerpt(content.changed, EXCERPT))),
        ]
        if content.help_needed:
            lines.append(say.m("*Help needed*: {text}", text=excerpt(content.help_needed, EXCERPT)))
        return lines
    unit = who.unit_key(standing.seat.unit_id)
    silent = {
        Standing.DONE: say.m("*{unit}* · owes nothing", unit=unit),
        Standing.AWAY: say.m("*{unit}* · away", unit=unit),
        Standing.VACANT: say.m("*{unit}* · vacant", unit=unit),
    }
    lines = [silent.get(standing.standing) or say.m("*{unit}* · not reported yet", unit=unit)]
    if content is not None:
        lines.append(say.m("Last: {health}, {day}", health=sign_and_word(say, content.health),
                           day=_day(reader, content.posted_at)))  # fmt: skip
    return lines


def _note(note: Note, who: Directory, reader: Reader) -> str:
    return reader.language.m("{author}, {day}: {text}", author=who.name_of(note.author_id), day=_day(reader, note.at),
                             text=excerpt(note.text, NOTE))  # fmt: skip


def _day(reader: Reader, at: datetime) -> Day:
    return Day(reader.local_day(at))
