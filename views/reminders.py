"""The reminder: one message for all that a person owes, with what can be done about it, and what became of it later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from foundation.durations import parse_duration
from foundation.language import Day, Language, Listing, Names, Reader
from foundation.working_time import NotWorking
from services.desk_letters import DeskLetter, LetterRow, RowState
from services.directory import Directory
from services.quiet import QUIET
from services.reminder_hearers import AWAY
from services.reminder_plan import LATE_STEP, Fate, Moved, SnoozeChoice, is_snooze
from views import ids
from views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    divider,
    option,
    section,
    select,
    within_message,
)
from views.health import sign_and_word
from views.texts import excerpt

MOST_ROWS = 15
"""Areas shown in one message, with two blocks each; the desk shows them all."""
LAST_SAID = 160


def letter(
    shown: DeskLetter,
    who: Directory,
    *,
    reader: Reader,
    now: datetime,
    others: Sequence[Block] = (),
    said: Sequence[str] = (),
) -> Message:
    """Say what a person owes for a meeting, and below it (`others`, in short `said`) what concerns issues and dates."""
    say = reader.language
    text, blocks = _updates(shown, who, reader=reader, now=now) if shown.meeting is not None else ("", [])
    if others:
        blocks = [*blocks, *([divider()] if blocks else []), *others]
    text = " ".join(part for part in (text, *said) if part)
    more = actions([button(say.t("Show my desk"), ids.DESK_OPEN)])
    return Message(text, within_message(blocks, more=more))


def snoozed(until: datetime, *, reader: Reader) -> Message:
    """Answer who snoozed."""
    say = reader.language
    text = say.m("You will be reminded on {when}. The deadline stays where it is.", when=reader.when(until))
    return Message(text, [section(text)])


def reason_words(say: Language, reason: Mapping[str, Any]) -> str:
    """Say why a reminder was moved, merged or dropped; empty when it is said just when it was asked for."""
    into = step_word(say, str(reason["into"])) if reason.get("into") else ""
    words = {
        NotWorking.WEEKEND: say.t("moved: no working day"),
        NotWorking.HOLIDAY: say.t("moved: public holiday"),
        NotWorking.DAY_OFF: say.t("moved: day off"),
        NotWorking.BEFORE_WORK: say.t("moved: before working hours"),
        NotWorking.AFTER_WORK: say.t("moved: after working hours"),
        NotWorking.DND: say.t("moved: do not disturb in Slack"),
        Moved.LAST_PERIOD: say.t("moved: no working time would be left before the deadline"),
        Moved.REMINDED: say.t("moved: a reminder of another meeting came that day"),
        Moved.CROWDED: say.t("moved: so many are reminded at once that it would have come too late"),
        QUIET: say.t("planned silence"),
        Moved.MISSED: say.t("moved: its moment had passed"),
        # Translators: {into} is the reminder that remains, such as 1d (one day before the deadline).
        Fate.MERGED: say.t("merged: at most one a day ({into})", into=into),
        Fate.SNOOZED: say.t("replaced by a snooze"),
        Fate.PAST: say.t("merged: a more urgent one stands for it ({into})", into=into),
        Fate.CAPPED: say.t("dropped: no more reminders are allowed"),
        Fate.TOO_LATE: say.t("dropped: it could no longer help"),
        AWAY: say.t("dropped: away, and nobody stands in"),
    }
    return words.get(str(reason.get("code", "")), "")


def step_word(say: Language, step: str) -> str:
    """Name a step: `7d` before the deadline, a snooze, or the one of a deadline that was past."""
    if is_snooze(step):
        return say.t("snooze")
    if step == LATE_STEP:
        return say.t("deadline already past")
    words = {
        "m": say.tc("before the deadline, in minutes", "{n}m"),
        "h": say.tc("before the deadline, in hours", "{n}h"),
        "d": say.tc("before the deadline, in days", "{n}d"),
        "wd": say.tc("before the deadline, in working days", "{n}wd"),
    }
    offset = parse_duration(step)
    return say.fill(words[offset.unit], {"n": offset.amount}, mrkdwn=False)


def _updates(shown: DeskLetter, who: Directory, *, reader: Reader, now: datetime) -> tuple[str, list[Block]]:
    """Say the part about updates: what is owed, or why nothing is any more."""
    closing = _closing(shown, reader)
    if closing is not None:
        return closing, [section(closing)]
    say = reader.language
    opening = _opening(shown, reader, now)
    blocks = [section(opening)]
    blocks += [context(why) for why in _reasons(shown, reader)]
    for row in shown.rows[:MOST_ROWS]:
        blocks += _row(shown, row, who, reader=reader, now=now)
    left_out = len(shown.rows) - MOST_ROWS
    if left_out > 0:
        more = section(
            say.mn("and {n} more area", "and {n} more areas", left_out),
            accessory=button(say.t("Show my desk"), ids.DESK_OPEN),
        )
        blocks.append(more)
    blocks += _for_all(shown, reader)
    areas = Listing(tuple(who.area_name(row.area_id) for row in shown.open_rows[:MOST_ROWS]))
    still_open = say.m("Still open: {areas}.", areas=areas)
    return f"{opening} {still_open}", blocks


def _closing(shown: DeskLetter, reader: Reader) -> str | None:
    """Return the sentence that stands instead of it all when nothing is asked any more."""
    if shown.meeting is None:
        return None
    say, about = reader.language, {"meeting": shown.meeting.ref, "title": shown.meeting.title}
    put_off = _put_off(shown, say, about)
    if put_off is not None:
        return put_off
    if shown.open_rows or any(row.state is RowState.DISCLAIMED for row in shown.rows):
        return None
    if any(row.state is RowState.DONE for row in shown.rows):
        return say.m("✅ Thank you: everything asked for *{meeting} · {title}* has been reported.", **about)
    return say.m("Nothing is asked of you for *{meeting} · {title}* any more.", **about)


def _put_off(shown: DeskLetter, say: Language, about: dict[str, str]) -> str | None:
    """Say that the meeting is not one that updates are asked for, where that is so."""
    if shown.cancelled:
        return say.m("🚫 *{meeting} · {title}* is cancelled: no update is owed for it any more.", **about)
    if shown.waits_for is not None:
        first = shown.waits_for.ref
        return say.m(
            "{first} comes before *{meeting} · {title}*: nothing is asked for this one until then.",
            first=first,
            **about,
        )
    if shown.over:
        return say.m("*{meeting} · {title}* has begun: this reminder is over.", **about)
    return None


def _opening(shown: DeskLetter, reader: Reader, now: datetime) -> str:
    meeting, say = shown.meeting, reader.language
    assert meeting is not None  # noqa: S101 - letters without a meeting have no part about updates
    about = {
        "meeting": meeting.ref,
        "title": meeting.title,
        "when": reader.when(meeting.starts_at),
        "deadline": reader.when(meeting.deadline_at),
    }
    head = say.m("⏰ *{meeting} · {title}* begins on {when}.", **about)
    if shown.moved:
        head = say.m("🗓️ *{meeting} · {title}* was moved: it begins on {when}.", **about)
    if now > meeting.deadline_at:
        asked = say.m("The deadline for updates was {deadline}; they still count, marked late.", **about)
    else:
        asked = say.m("Please post what is new by *{deadline}*.", **about)
    return f"{head} {asked}"


def _reasons(shown: DeskLetter, reader: Reader) -> list[str]:
    """Say why this comes to this person, and what will come of it."""
    say = reader.language
    why = [
        say.m("You stand in for {person} until {day}.", person=person.name, day=Day(until))
        for person, until in shown.standing_in
    ]
    if not shown.newest:
        why.append(say.m("A newer reminder stands below: use its buttons."))
    elif shown.snoozed_until is not None:
        why.append(say.m("Snoozed: you will be reminded on {when}.", when=reader.when(shown.snoozed_until)))
    return why


def _row(shown: DeskLetter, row: LetterRow, who: Directory, *, reader: Reader, now: datetime) -> list[Block]:
    say = reader.language
    area = who.area_name(row.area_id)
    about: dict[str, object] = {"area": area, "unit": who.unit_key(row.unit_id)}
    match row.state:
        case RowState.OPEN:
            name = (
                say.m("*{area}* · {unit} (for {person})", **about, person=row.stands_in_for.name)
                if row.stands_in_for
                else say.m("*{area}* · {unit}", **about)
            )
            asked = section(f"{name}\n{_last(row, who, reader=reader, now=now)}")
            return [asked, actions(_buttons(shown, row, say, area))] if shown.newest else [asked]
        case RowState.DONE:
            author = who.name_of(row.said.author_id if row.said else None)
            if row.said is not None and row.said.confirms_id is not None:
                return [
                    section(say.m("✅ *{area}* · {unit}: no change, as {person} confirmed.", **about, person=author))
                ]
            return [section(say.m("✅ *{area}* · {unit}: reported by {person}.", **about, person=author))]
        case RowState.DISCLAIMED:
            return [
                section(
                    say.m("*{area}* · {unit}: you said that it is not yours; the secretariat has been told.", **about)
                )
            ]
        case RowState.NOT_THEIRS:
            return [section(say.m("*{area}* · {unit}: no longer asked of you.", **about))]


def _last(row: LetterRow, who: Directory, *, reader: Reader, now: datetime) -> str:
    say = reader.language
    if row.last is None:
        return say.m("No update yet.")
    return say.m(
        "Last update on {day} ({age}) by {person}: {health}. {text}",
        day=say.short_day(reader.local_day(row.last.posted_at)),
        age=say.age(row.last.posted_at, now),
        person=who.name_of(row.last.author_id),
        health=sign_and_word(say, row.last.health),
        text=excerpt(row.last.changed, LAST_SAID),
    )


def _buttons(shown: DeskLetter, row: LetterRow, say: Language, area: Names) -> list[Element]:
    """What can be done about one area. Screen readers hear which one."""
    seat = f"{row.area_id}:{row.unit_id}"
    made = [
        button(say.t("Post update"), ids.UPDATE_OPEN, value=seat, style="primary",
               spoken=say.t("Post update on {area}", area=area)),
    ]  # fmt: skip
    if row.last is not None and shown.meeting is not None:
        made.append(button(say.t("No change"), ids.UPDATE_CONFIRM, value=f"{seat}:{shown.meeting.id}",
                           spoken=say.t("No change in {area}", area=area)))  # fmt: skip
    made.append(button(say.t("Not mine"), ids.NOT_MINE_OPEN, value=str(row.seat_id),
                       spoken=say.t("{area} is not mine", area=area)))  # fmt: skip
    return made


def _for_all(shown: DeskLetter, reader: Reader) -> list[Block]:
    """What can be done about all of it at once."""
    if not shown.newest or shown.meeting is None or not shown.open_rows:
        return []
    say = reader.language
    words = {
        SnoozeChoice.HOUR: say.t("1 hour"),
        SnoozeChoice.TOMORROW: say.t("Tomorrow morning"),
        SnoozeChoice.TWO_DAYS: say.t("2 days"),
    }
    choices = [option(word, f"{choice.value}:{shown.meeting.id}") for choice, word in words.items()]
    return [
        divider(),
        actions(
            [
                select(ids.SNOOZE, choices, placeholder=say.t("Snooze")),
                button(say.t("I'm away"), ids.AWAY_OPEN),
            ]
        ),
    ]
