"""The words for why a reminder comes when it comes, or does not: moved, merged or dropped."""

from collections.abc import Sequence

from foundation.durations import parse_duration
from foundation.language import N_, Language, Listing, Reader, Words
from foundation.working_time import NotWorking
from models.reminders import Reminder, ReminderKind
from services.directory import Directory
from services.quiet import QUIET
from services.reminder_hearers import AWAY
from services.reminder_plan import LATE_STEP, Fate, Moved, is_snooze
from services.reminder_reasons import Why, why
from views.durations import duration_words

MOST_REASONS = 5
"""Of one reminder, said in one sentence."""


def next_words(coming: Sequence[Reminder], who: Directory, reader: Reader) -> str:
    """Say when somebody is reminded next, and why then (mrkdwn)."""
    say, at = reader.language, coming[0].due_at
    if at is None:
        return ""
    reasons: list[object] = [_because(row, who, say) for row in coming[:MOST_REASONS]]
    if len(coming) > MOST_REASONS:
        left = len(coming) - MOST_REASONS
        reasons.append(say.tn("there is {n} more reason", "there are {n} more reasons", left))
    return say.m("*Next reminder:* {when}, because {reasons}.", when=reader.when(at), reasons=Listing(tuple(reasons)))


def _because(row: Reminder, who: Directory, say: Language) -> Words:
    moved = reason_words(say, why(who, row))
    about = _about(row, say)
    return Words(N_("{what} ({reason})"), {"what": about, "reason": moved}) if moved else about


def _about(row: Reminder, say: Language) -> Words:
    """Say what calls for a reminder, as the end of a sentence."""
    issue, meeting = {"issue": f"ISS-{row.issue_id}"}, {"meeting": f"MTG-{row.meeting_id}"}
    match row.kind:
        case ReminderKind.LADDER:
            return Words(N_("{issue} has reached you"), issue)
        case ReminderKind.ANNOUNCED:
            return Words(N_("{issue} is about to pass you"), issue)
        case ReminderKind.DUE:
            of = f"ACT-{row.action_id}" if row.action_id is not None else f"ISS-{row.issue_id}"
            return Words(N_("the date of {about}, which you own, is near"), {"about": of})
        case _ if is_snooze(row.step):
            return Words(N_("you snoozed the one before for {meeting}"), meeting)
        case _ if row.step == LATE_STEP:
            return Words(N_("the deadline for {meeting} was past when its date was set"), meeting)
        case _:
            lasts = duration_words(say, parse_duration(row.step))
            return Words(N_("it is {step} before the deadline for {meeting}"), {"step": lasts, **meeting})


def reason_words(say: Language, why: Why) -> str:
    """Say why a reminder was moved, merged or dropped; empty when it is said just when it was asked for."""
    if why.calendar_agrees:
        return _moved_by_the_calendar(say, why)
    into = step_word(say, why.into) if why.into else ""
    when = say.near(why.asked_at, why.hours.zone)
    words = {
        NotWorking.WEEKEND: say.t("moved: no working day"),
        NotWorking.HOLIDAY: say.t("moved: public holiday"),
        NotWorking.DAY_OFF: say.t("moved: day off"),
        NotWorking.BEFORE_WORK: say.t("moved: before working hours"),
        NotWorking.AFTER_WORK: say.t("moved: after working hours"),
        NotWorking.DND: say.t("moved: do not disturb in Slack"),
        Moved.LAST_PERIOD: say.t("moved from {when}: no working time would be left before the deadline", when=when),
        Moved.REMINDED: say.t("moved from {when}: a reminder of another meeting came that day", when=when),
        Moved.CROWDED: say.t("moved: so many are reminded at once that it would have come too late"),
        QUIET: say.t("planned silence"),
        Moved.MISSED: say.t("moved from {when}: that moment had passed", when=when),
        # Translators: {into} is the reminder that remains, such as 1d (one day before the deadline).
        Fate.MERGED: say.t("merged into {into}: at most one a day", into=into),
        Fate.SNOOZED: say.t("replaced by a snooze"),
        Fate.PAST: say.t("merged into {into}: the more urgent one stands for it", into=into),
        Fate.CAPPED: say.t("dropped: cap reached, at most {most} for one meeting", most=why.most),
        Fate.TOO_LATE: say.t("dropped: it could no longer help"),
        AWAY: say.t("dropped: away, and nobody stands in"),
    }
    return words.get(why.code, "")


def _moved_by_the_calendar(say: Language, why: Why) -> str:
    hours = why.hours
    about = {"when": say.near(why.asked_at, hours.zone), "place": why.office or say.place(hours.zone)}
    if why.code == NotWorking.HOLIDAY:
        return _holiday(say, why, about)
    if why.code == NotWorking.WEEKEND and why.own_days:
        return say.t("moved from {when}: no working day, by personal settings", **about)
    opens, closes = say.clock_time(hours.opens), say.clock_time(hours.closes)
    return {
        NotWorking.WEEKEND: say.t("moved from {when}: weekend in {place}", **about),
        NotWorking.DAY_OFF: say.t("moved from {when}: day off", **about),
        NotWorking.BEFORE_WORK: say.t("moved from {when}: quiet hours, work begins at {time}", **about, time=opens),
        NotWorking.AFTER_WORK: say.t("moved from {when}: quiet hours, work ends at {time}", **about, time=closes),
        NotWorking.DND: say.t("moved from {when}: do not disturb in Slack", **about),
    }[NotWorking(why.code)]


def _holiday(say: Language, why: Why, about: dict[str, str]) -> str:
    holidays = why.hours.holidays
    name = holidays.name(why.hours.working_day(why.asked_at), say.code)
    if name is None:
        return say.t("moved from {when}: no work in {place} that day", **about)
    country = say.country(holidays.country or "")
    return say.t("moved from {when}: public holiday in {country}: {name}", **about, country=country, name=name)


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
