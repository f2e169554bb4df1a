"""The plan of reminders as the secretariat reads it: who hears what, when, and why."""

from foundation.language import Language, Listing, Mrkdwn, Reader
from models.meetings import Meeting
from models.reminders import Reminder, ReminderState
from services.directory import Directory
from services.reminder_overview import Overview, PersonPlan
from services.reminder_reasons import why
from views import ids
from views.blocks import Block, Element, Message, actions, button, context, header, section
from views.quiet import quiet_list
from views.reminder_reasons import reason_words, step_word

PAGE = 12
"""People on one page."""
_SIGNS = {
    ReminderState.PLANNED: "🕓",
    ReminderState.SENT: "✅",
    ReminderState.MERGED: "↪️",
    ReminderState.DROPPED: "✖️",
    ReminderState.WITHDRAWN: "✖️",
}


def plan(shown: Overview, who: Directory, *, reader: Reader, page: int = 0) -> Message:
    """Show the plan for one meeting, a page of people at a time, each in their own time."""
    say, meeting = reader.language, shown.meeting
    title = say.t("Reminders for {meeting} · {title}", meeting=meeting.ref, title=meeting.title)
    if shown.dry:
        title = say.t("Dry run: reminders for a meeting")
    facts = say.m(
        "It begins on {when}; updates are asked for until {deadline}.",
        when=reader.when(meeting.starts_at), deadline=reader.when(meeting.deadline_at),
    )  # fmt: skip
    counted = _counted(shown, say)
    blocks: list[Block] = [header(title), section(f"{facts}\n{counted}")]
    if shown.dry:
        told = say.m("Nothing is stored. So it would be if it were scheduled now and nobody reported before.")
        blocks.append(context(told))
    if shown.waits_for is not None:
        blocks.append(context(say.m("Reminders for it begin once {meeting} is over.", meeting=shown.waits_for.ref)))
    if shown.vacant:
        seats = Listing(tuple(_seat(say, who, seat.area_id, seat.unit_id) for seat in shown.vacant))
        blocks.append(context(say.m("Vacant, so nobody is reminded: {seats}.", seats=seats)))
    blocks += quiet_list(shown.silences, who, say)
    last = max(0, (len(shown.people) - 1) // PAGE)
    page = min(max(page, 0), last)
    blocks += [section(_person(each, who, say)) for each in shown.people[page * PAGE : (page + 1) * PAGE]]
    if last:
        blocks.append(actions(_turns(_named(meeting), page, last, say)))
    return Message(f"{title}. {facts} {counted}", blocks)


def _counted(shown: Overview, say: Language) -> str:
    if not shown.dry:
        return say.mn("{n} person has reminders.", "{n} people have reminders.", len(shown.people))
    messages = sum(row.due_at is not None for each in shown.people for row in each.rows)
    return say.mn(
        "{n} person would get reminders: {messages} in all.",
        "{n} people would get reminders: {messages} in all.",
        len(shown.people),
        messages=messages,
    )


def _named(meeting: Meeting) -> str:
    """Name a meeting as it is typed: by its number, or by its date where it is not scheduled."""
    return str(meeting.id) if meeting.id else f"{meeting.local_start.replace('T', ' ')} {meeting.timezone}"


def _turns(meeting: str, page: int, last: int, say: Language) -> list[Element]:
    turns = [(ids.PLAN_BACK, page - 1, say.t("Earlier page")), (ids.PLAN_ON, page + 1, say.t("Next page"))]
    return [button(word, turn, value=f"{meeting}:{to}") for turn, to, word in turns if 0 <= to <= last]


def _person(shown: PersonPlan, who: Directory, say: Language) -> str:
    there = Reader(say, shown.zone)
    head = say.m("*{person}* · {zone}", person=shown.person.name, zone=say.place(shown.zone))
    owed = [_seat(say, who, seat.area_id, seat.unit_id) for seat in shown.seats]
    lines = [head, say.m("owes {seats}", seats=Listing(tuple(owed))) if owed else say.m("owes nothing any more")]
    if shown.absent:
        lines.append(say.m("stands in for {people}", people=Listing(tuple(person.name for person in shown.absent))))
    return "\n".join([*lines, *(_step(row, who, there) for row in shown.rows)])


def _step(row: Reminder, who: Directory, there: Reader) -> str:
    say = there.language
    reason = reason_words(say, why(who, row))
    about = {"sign": Mrkdwn(_SIGNS[row.state]), "step": step_word(say, row.step), "reason": reason}
    at = row.sent_at if row.state is ReminderState.SENT else row.due_at
    if at is None:
        return say.m("{sign} {step}: {reason}", **about)
    if row.state is ReminderState.SENT and reason:
        return say.m("{sign} {step}: sent on {when} ({reason})", **about, when=there.when(at))
    if row.state is ReminderState.SENT:
        return say.m("{sign} {step}: sent on {when}", **about, when=there.when(at))
    if not reason:
        return say.m("{sign} {step}: {when}", **about, when=there.when(at))
    return say.m("{sign} {step}: {when} ({reason})", **about, when=there.when(at))


def _seat(say: Language, who: Directory, area_id: int, unit_id: int) -> str:
    return say.t("{area} ({unit})", area=who.area_name(area_id), unit=who.unit_key(unit_id))
