"""What the secretariat is told: one function for each piece of news, each says what there is to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.language import N_, Day, Language, Listing, Mrkdwn, Names, Reader, Words, escape
from models.delivery import NoticeKind
from models.issues import Issue
from models.meetings import Meeting
from models.people import Absence
from services.directory import Directory
from services.membership import Estate
from views import ids
from views.blocks import Block, Element, Message, actions, button, context, quote, section
from views.people import estate_lines

ROWS = 20
"""More seats in one message nobody reads."""

KINDS = {
    NoticeKind.AREA_CARD: N_("the card of an area"),
    NoticeKind.UPDATE_REPLY: N_("an update"),
    NoticeKind.DESK: N_("a reminder"),
    NoticeKind.CHAIR_ALERT: N_("an alert about an issue"),
    NoticeKind.ISSUE_NEWS: N_("news about an issue"),
    NoticeKind.ISSUE_POST: N_("an issue"),
    NoticeKind.MEETING_POST: N_("news about a meeting"),
    NoticeKind.MEETING_NEWS: N_("news about a meeting"),
    NoticeKind.BRIEF: N_("the brief of a meeting"),
    NoticeKind.MEETING_BOARD: N_("the board of a meeting"),
    NoticeKind.ACTIONS_GIVEN: N_("somebody's actions from a meeting"),
    NoticeKind.SECRETARIAT: N_("news for the secretariat"),
    NoticeKind.ABSENCE: N_("a word about an absence"),
    NoticeKind.DRAFT: N_("a draft of an update"),
}
REASONS = {
    "is_archived": N_("the channel is archived"),
    "channel_not_found": N_("Focal cannot see the channel: invite it there"),
    "not_in_channel": N_("Focal is not in the channel: invite it there"),
    "user_disabled": N_("the account is deactivated"),
    "user_not_found": N_("there is no such account any more"),
    "restricted_action": N_("the workspace does not let Focal post there"),
    "cannot be rendered": N_("Focal could not put it together; its log says why"),
}


@dataclass(frozen=True)
class SeatRow:
    """A seat that waited for the secretariat, as it stands now."""

    seat_id: int
    area: Names
    unit: str
    holders: tuple[str, ...]
    vacant: bool


def vacant_seats(say: Language, seats: Sequence[SeatRow]) -> Message:
    """Seats that nobody held when this was found, each with how it stands now."""
    vacant = [seat for seat in seats if seat.vacant]
    given = [seat for seat in seats if seat.holders]
    text = say.m("The seats that were vacant are settled.")
    if vacant:
        text = say.mn(
            "Nobody is the focal point of {n} seat, so nobody is asked for its update.",
            "Nobody is the focal point of {n} seats, so nobody is asked for their updates.",
            len(vacant),
        )
    rows = [section(_named(say, seat), accessory=_reassign(say, seat)) for seat in vacant]
    rows += [
        section(say.m("✓ {seat}: {people}", seat=Mrkdwn(_named(say, seat)), people=Listing(seat.holders)))
        for seat in given
    ]
    more = []
    if len(rows) > ROWS:
        left_out = len(rows) - ROWS
        more = [context(say.mn("And {n} more: see `reminders`.", "And {n} more: see `reminders`.", left_out))]
    return Message(text, [section(text), *rows[:ROWS], *more])


def not_mine(say: Language, seat: SeatRow, *, person: str, reason: str, settled: bool) -> Message:
    """Somebody says that a seat is not theirs; once settled, what came of it."""
    about = {"person": person, "unit": seat.unit, "area": seat.area}
    if not settled:
        text = say.m("{person} says that {unit}’s update on {area} is not theirs:", **about)
        after = context(say.m("Until this is settled {person} is not reminded of it.", person=person))
        return _message(text, [_reassign(say, seat)], section(quote(escape(reason))), after)
    text = say.m("{person} said that {unit}’s update on {area} was not theirs:", **about)
    outcome = say.m("Settled: it is with {people} now.", people=Listing(seat.holders))
    if not seat.holders:
        outcome = say.m("Settled: the seat is vacant now.")
    return _message(text, [], section(quote(escape(reason))), section(outcome))


def reminders_dropped(say: Language, *, meeting: Meeting | None, people: list[str]) -> Message:
    """Reminders that could no longer help."""
    names = Listing(tuple(people))
    if meeting is None:
        return _message(say.m("Reminders to {people} were dropped: they could no longer help.", people=names), [])
    text = say.m(
        "Reminders about {meeting} to {people} were dropped: they could no longer help before the deadline.",
        meeting=meeting.ref, people=names,
    )  # fmt: skip
    return _message(text, [])


def nobody_reachable(say: Language, *, person: str, meeting: Meeting | None) -> Message:
    """Somebody is away, and so is whoever stands in."""
    about = meeting.ref if meeting else "–"
    text = say.m(
        "{person} is away and nobody stands in, so nobody hears what they owe for {meeting}. "
        "Name an alternate, or reassign their areas.", person=person, meeting=about,
    )  # fmt: skip
    return _message(text, [])


def not_sent(say: Language, *, kind: NoticeKind, to: str, reason: str) -> Message:
    """A message that Slack will not take."""
    why = Words(REASONS[reason], {}) if reason in REASONS else Words(N_("Slack says “{code}”"), {"code": reason})
    text = say.m(
        "A message could not be sent and will not be tried again: {kind}, to {to}. The reason: {reason}.",
        kind=Words(KINDS[kind], {}), to=to, reason=why,
    )  # fmt: skip
    return _message(text, [])


def copy_removed(say: Language, *, kind: NoticeKind, to: str) -> Message:
    """A message stood in Slack twice for a while."""
    text = say.m(
        "A message stood in Slack twice for a while, and the copy was removed: {kind}, to {to}.",
        kind=Words(KINDS[kind], {}), to=to,
    )  # fmt: skip
    return _message(text, [])


def member_left(say: Language, held: Estate, who: Directory) -> Message:
    """Somebody left the task force: what they held, until it is reassigned."""
    person = held.person
    if held.settled:
        text = say.m("{person} has left. Nothing that they held waits to be reassigned.", person=person.name)
        return _message(text, [])
    text = say.m(
        "{person} has left. Their seats are vacant, and their issues and actions are with the secretariat.",
        person=person.name,
    )
    reassign = button(say.t("Reassign all"), ids.REASSIGN_ALL, value=str(person.id), style="primary")
    return _message(text, [reassign], *estate_lines(held, who, say))


def member_back(say: Language, *, person: str) -> Message:
    """Somebody who had left is a member again."""
    return _message(say.m("{person} had left, and is a member again.", person=person), [])


def chair_silent(reader: Reader, *, issue: Issue, waited_for: list[str]) -> Message:
    """Whoever decides was reminded as often as the rules have it, or nobody is there to decide."""
    say = reader.language
    if waited_for:
        text = say.m("{issue} still waits for a decision by {people}, who will not be reminded again: {title}",
                     issue=issue.ref, people=Listing(tuple(waited_for)), title=issue.title)  # fmt: skip
    else:
        text = say.m("{issue} waits for a decision, and nobody is there to take it. Name a chair: {title}",
                     issue=issue.ref, title=issue.title)  # fmt: skip
    since = [context(say.m("Escalated on {when}.", when=reader.when(issue.escalated_at)))] if issue.escalated_at else []
    return _message(text, [_show(say, issue)], *since)


def ladder_skipped(say: Language, *, issue: Issue, whom: Words) -> Message:
    """A step of an issue's ladder reached nobody."""
    # Translators: {whom} is "the deputies", "the focal points" and the like.
    text = say.m("{issue} could not be passed to {whom}: nobody there can be reached. It goes on to the next step.",
                 issue=issue.ref, whom=whom)  # fmt: skip
    return _message(text, [_show(say, issue)])


def decision_recorded(say: Language, *, decision: str, by: str, text: str) -> Message:
    """A decision was recorded."""
    said = say.m("{person} recorded {decision}:", person=by, decision=decision)
    show = button(say.t("Open"), ids.DECISION_SHOW, value=decision, spoken=say.t("Open {area}", area=decision))
    return _message(said, [show], section(quote(escape(text))))


def minutes_wait(reader: Reader, meeting: Meeting) -> Message:
    """A meeting was held, and its minutes are not closed."""
    say = reader.language
    when = reader.when(meeting.actual_start)
    if meeting.closed_at is not None:
        text = say.m("Settled: the minutes of {meeting}, held on {when}, are closed.", meeting=meeting.ref, when=when)
        return _message(text, [])
    text = say.m("{meeting} was held on {when}, and its minutes are not closed. Look at the draft, correct it, then "
                 "close it with `meeting close {meeting}`.", meeting=meeting.ref, when=when)  # fmt: skip
    return _message(
        text, [button(say.tc("of a meeting", "Minutes"), ids.MINUTES_OPEN, value=str(meeting.id), style="primary")]
    )


def no_chair(say: Language) -> Message:
    """Nobody has the role of the chair."""
    text = say.m("Nobody has the role of chair, so nothing can be decided. Name a chair in the task-force file, "
                 "and have it loaded.")  # fmt: skip
    return _message(text, [])


def chair_uncovered(say: Language, absence: Absence, *, person: str, since: date) -> Message:
    """The chair is away, and nobody acts as chair."""
    text = say.m(
        "{person} is away until {last}, and nobody acts as chair from {day} on. Decisions wait until somebody is "
        "named: cancel the absence with `away cancel` and note it anew.",
        person=person, last=Day(absence.last_day), day=Day(since),
    )  # fmt: skip
    return _message(text, [])


def chair_covered(say: Language, absence: Absence, *, person: str) -> Message:
    """It was settled who acts as chair."""
    text = say.m("Settled: somebody decides while {person} is away until {last}.", person=person,
                 last=Day(absence.last_day))  # fmt: skip
    return _message(text, [])


def alternate_gone(say: Language, *, person: str, alternate: str) -> Message:
    """Whoever would stand in for somebody cannot any more."""
    text = say.m("{alternate} is the alternate of {person}, but can stand in for nobody any more: they have left, or "
                 "have a guest's account. Name another one in the task-force file, or with the next absence.",
                 alternate=alternate, person=person)  # fmt: skip
    return _message(text, [])


def _message(text: str, controls: list[Element], *more: Block) -> Message:
    rows = [actions(controls)] if controls else []
    return Message(text, [section(text), *more, *rows])


def _named(say: Language, seat: SeatRow) -> str:
    return say.m("*{area}* · {unit}", area=seat.area, unit=seat.unit)


def _reassign(say: Language, seat: SeatRow) -> Element:
    spoken = say.t("Reassign {area} ({unit})", area=seat.area, unit=seat.unit)
    return button(say.t("Reassign"), ids.REASSIGN_OPEN, value=str(seat.seat_id), style="primary", spoken=spoken)


def _show(say: Language, issue: Issue) -> Element:
    return button(say.t("Open"), ids.ISSUE_SHOW, value=str(issue.id), spoken=say.t("Open {issue}", issue=issue.ref))
