"""My desk: what one person owes and by when, their issues and actions, and what waits for them in their role."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.delivery import Notice, NoticeState
from models.issues import Action, Issue, IssueState
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.reminders import Disclaimer, Reminder
from models.silences import Silence
from models.structure import Seat
from services.actions import list_actions
from services.board import Board, areas_for, read_board
from services.covers import Cover, covered_by, covers
from services.cycles import current_cycle, owed_meeting
from services.directory import directory, seat_id
from services.docket import Case, cases, waiting_for
from services.issue_lookup import list_issues
from services.ladder_reasons import NextStep, next_steps
from services.ladder_rows import DUE_DATE
from services.obligations import Owed, owed_by
from services.proposals import count_new_proposals
from services.quiet import silences_in_force
from services.rights import is_secretariat, may_contribute, may_read
from services.speaking import areas_to_report
from services.upcoming import next_reminder

CASES = 3
"""Decisions that stand on the desk itself; the docket has all."""
MOST_CLIMBING = 10
"""Issues of which a desk tells where they go next; it shows fewer."""


@dataclass(frozen=True)
class Waiting:
    """What waits for the secretariat."""

    vacant: tuple[Seat, ...] = ()
    disclaimed: tuple[tuple[Disclaimer, Seat], ...] = ()
    """Seats of which somebody said "Not mine"."""
    not_sent: int = 0
    """Messages of this cycle that could not be sent."""
    proposed: int = 0
    """Items proposed for an agenda that nobody has placed yet."""
    minutes: tuple[Meeting, ...] = ()
    """Meetings that were opened and whose minutes are not closed, the earliest first."""

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.vacant or self.disclaimed or self.not_sent or self.proposed or self.minutes)


@dataclass(frozen=True)
class Desk:
    """What one person sees first."""

    person: Person
    meeting: Meeting | None
    """The next one: what updates are owed for."""
    owed: tuple[Owed, ...] = ()
    issues: tuple[Issue, ...] = ()
    """Undecided ones that they own or raised."""
    actions: tuple[Action, ...] = ()
    decisions: tuple[Issue, ...] = ()
    """Escalated issues that wait for their decision, the oldest first."""
    cases: tuple[Case, ...] = ()
    """The first of them, with all that is needed to decide."""
    waiting: Waiting = field(default_factory=Waiting)
    coming: tuple[Reminder, ...] = ()
    """What their next reminder is about."""
    climbing: Mapping[int, NextStep] = field(default_factory=dict)
    """Where their first issues go next, by the issue's id."""
    covering: tuple[Cover, ...] = ()
    """Absences, now or later, during which they are there for somebody."""
    away: tuple[Cover, ...] = ()
    """For the secretariat: everybody who is away or will be, and who covers."""
    silences: tuple[Silence, ...] = ()
    """For the secretariat: where nothing is asked for now."""


@dataclass(frozen=True)
class Home:
    """What App Home shows."""

    desk: Desk
    board: Board
    now: datetime
    posts: bool = False
    """Whether they may post updates."""
    raises: bool = False
    """Whether they may raise issues."""


def read_desk(session: Session, person: Person, *, now: datetime) -> Desk:
    """Return a person's desk. Whoever is no member has a meeting on it, and nothing else."""
    meeting = owed_meeting(session, now)
    if not (person.member and person.here):
        return Desk(person, meeting)
    who, undecided = directory(session), (IssueState.OPEN, IssueState.ESCALATED)
    decisions = waiting_for(session, person, now=now)
    issues = list_issues(session, actor=person, states=undecided, mine=True)
    return Desk(
        person,
        meeting,
        tuple(owed_by(session, person, now)),
        tuple(issues),
        tuple(list_actions(session, actor=person, mine=True)),
        tuple(decisions),
        cases(session, person, decisions[:CASES], now=now),
        _waiting(session, person, now=now),
        tuple(next_reminder(session, person, now=now)),
        next_steps(session, issues[:MOST_CLIMBING], hurried=DUE_DATE),
        tuple(covered_by(who, person, now=now)),
        tuple(covers(who, now=now)) if is_secretariat(who, person) else (),
        tuple(silences_in_force(session, now=now)) if is_secretariat(who, person) else (),
    )


def read_home(session: Session, person: Person, *, now: datetime) -> Home:
    """Return what a person's App Home shows; the board is empty for whoever may not ask."""
    who = directory(session)
    areas = areas_for(who, person) if may_read(person) else []
    return Home(
        read_desk(session, person, now=now), read_board(session, areas, now=now), now,
        posts=bool(areas_to_report(who, person, now=now)), raises=may_contribute(who, person),
    )  # fmt: skip


def _waiting(session: Session, person: Person, *, now: datetime) -> Waiting:
    who = directory(session)
    if not is_secretariat(who, person):
        return Waiting()
    seats = {seat_id(seat): seat for seat in who.seats}
    open_ones = select(Disclaimer).where(col(Disclaimer.settled_at).is_(None)).order_by(col(Disclaimer.id))
    since = current_cycle(session, now).starts_at
    dead = sa.select(sa.func.count()).where(
        col(Notice.state) == NoticeState.DEAD, col(Notice.created_at) >= since, col(Notice.created_at) <= now
    )
    return Waiting(
        tuple(seat for seat in who.seats if not who.holders(seat)),
        tuple((d, seats[d.seat_id]) for d in session.exec(open_ones) if d.seat_id in seats),
        session.connection().execute(dead).scalar_one(),
        count_new_proposals(session),
        tuple(session.exec(select(Meeting).where(Meeting.state == MeetingState.HELD).order_by(col(Meeting.held_at)))),
    )
