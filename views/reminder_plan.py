"""The plan of reminders as the secretariat reads it: who hears what, when, and why."""

from foundation.language import Language, Listing, Mrkdwn, Reader
from models.reminders import Reminder, ReminderState
from services.directory import Directory
from services.reminder_overview import Overview, PersonPlan
from views import ids
from views.blocks import Block, Element, Message, actions, button, context, header, section
from views.quiet import quiet_list
from views.reminders import reason_words, step_word

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
    facts = say.m(
        "It begins on {when}; updates are asked for until {deadline}.",
        when=reader.when(meeting.starts_at), deadline=reader.when(meeting.deadline_at),
    )  # fmt: skip
    counted = say.mn("{n} person has reminders.", "{n} people have reminders.", len(shown.people))
    blocks: list[Block] = [header(title), section(f"{facts}\n{counted}")]
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
        blocks.append(actions(_turns(meeting.id or 0, page, last, say)))
    return Message(f"{title}. {facts} {counted}", blocks)


def _turns(meeting_id: int, page: int, last: int, say: Language) -> list[Element]:
    turns = [(ids.PLAN_BACK, page - 1, say.t("Earlier page")), (ids.PLAN_ON, page + 1, say.t("Next page"))]
    return [button(word, turn, value=f"{meeting_id}:{to}") for turn, to, word in turns if 0 <= to <= last]


def _person(shown: PersonPlan, who: Directory, say: Language) -> str:
    there = Reader(say, shown.zone)
    head = say.m("*{person}* · {zone}", person=shown.person.name, zone=say.place(shown.zone))
    owed = [_seat(say, who, seat.area_id, seat.unit_id) for seat in shown.seats]
    lines = [head, say.m("owes {seats}", seats=Listing(tuple(owed))) if owed else say.m("owes nothing any more")]
    if shown.absent:
        lines.append(say.m("stands in for {people}", people=Listing(tuple(person.name for person in shown.absent))))
    return "\n".join([*lines, *(_step(row, there) for row in shown.rows)])


def _step(row: Reminder, there: Reader) -> str:
    say = there.language
    reason = reason_words(say, row.reason)
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
