"""Members come and go: what somebody held when they left goes to the secretariat, who gives all of it to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_
from models.issues import Action, Issue, IssueState
from models.journal import JournalEntry
from models.people import Person, RoleName
from models.structure import FocalPoint, Seat, Unit
from services import issues, reminders
from services.action_giving import hand_over
from services.directory import Directory, directory, person_id, touch
from services.issue_circle import show_changed
from services.journal import record
from services.ladder_rows import replan
from services.outbox import refresh
from services.rights import require_manager
from services.seats import give_seat, refuse_stranger
from services.secretariat import News, member_left_subject, tell_secretariat
from services.slack_status import ask_if_away

LEFT = "member.leave"
FRESH = timedelta(days=1)
"""How long what Slack said of somebody is believed; changes arrive as `user_change` besides."""
_UNDECIDED = (IssueState.OPEN, IssueState.ESCALATED)


@dataclass(frozen=True)
class Estate:
    """What somebody held when they left, as far as nobody has taken it over yet."""

    person: Person
    seats: Sequence[Seat]
    issues: Sequence[Issue]
    actions: Sequence[Action]

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be given away."""
        return not (self.seats or self.issues or self.actions)


def leave(session: Session, *, actor: Person, person: Person, now: datetime) -> None:
    """Take somebody out of the task force (secretariat, chair): seats show vacant, the rest goes to the secretariat."""
    require_manager(directory(session), actor, now=now)
    if not person.member or person.left_at is not None:
        raise Refusal(N_("{person} is not a member of the task force."), person=person.name)
    stored = session.get_one(Person, person_id(person))
    stored.left_at = now
    session.add(stored)
    touch(session, f"members.{person.slack_id}")
    _hand_over(session, stored, actor=actor, now=now)


def join(session: Session, *, actor: Person, slack_id: str, name: str, unit: Unit | None, now: datetime) -> Person:
    """Make somebody of the workspace a member of the task force, or have them back. Secretariat and chair."""
    require_manager(directory(session), actor, now=now)
    person = session.exec(select(Person).where(Person.slack_id == slack_id)).one_or_none()
    person = person or Person(slack_id=slack_id, name=name)
    if person.deactivated or person.guest:
        raise Refusal(N_("{person} cannot be a member: their account is closed, or a guest's."), person=person.name)
    if person.member and person.here:
        raise Refusal(N_("{person} is a member already."), person=person.name)
    person.member, person.left_at = True, None
    person.unit_id = unit.id if unit else person.unit_id
    session.add(person)
    touch(session, f"members.{slack_id}")
    record(session, act="member.join", subject=slack_id, actor=actor, now=now,
           after={"unit": unit.key if unit else None})  # fmt: skip
    reminders.person_changed(session, person_id=person_id(person), now=now)
    refresh(session, member_left_subject(person_id(person)), now=now)
    return person


def estate(session: Session, person: Person) -> Estate:
    """Return what somebody held when they left and nobody has taken over yet."""
    left = _leaving(session, person)
    kept = left.after if left else {}
    who = directory(session)
    seats = [who.seats_by_id[i] for i in kept.get("seats", ()) if i in {seat.id for seat in who.seats}]
    live = select(Issue).where(col(Issue.id).in_(kept.get("issues", ())), col(Issue.state).in_(_UNDECIDED))
    todo = select(Action).where(
        col(Action.id).in_(kept.get("actions", ())), col(Action.done_at).is_(None), col(Action.dropped_at).is_(None)
    )
    heir = kept.get("heir")
    return Estate(
        person,
        [seat for seat in seats if not who.holders(seat)],
        [issue for issue in session.exec(live) if issue.owner_id == heir],
        [action for action in session.exec(todo) if action.owner_id == heir],
    )


def reassign_all(session: Session, *, actor: Person, person: Person, to: Person, now: datetime) -> Estate:
    """Give everything that somebody left behind to one person. Secretariat and chair. Returns what was given."""
    require_manager(directory(session), actor, now=now)
    refuse_stranger(to)
    given = estate(session, person)
    if given.settled:
        raise Refusal(N_("Everything that {person} held has been reassigned."), person=person.name)
    for seat in given.seats:
        give_seat(session, seat, [to], actor=actor, now=now)
    for issue in given.issues:
        issues.assign(session, actor=actor, now=now, issue_id=issue.id or 0, owner_slack_id=to.slack_id)
    for action in given.actions:
        hand_over(session, action, to, actor=actor, now=now)
    refresh(session, member_left_subject(person_id(person)), now=now)
    return given


# -- what Slack says -----------------------------------------------------------------------------------------------


def unseen(session: Session, *, now: datetime) -> list[str]:
    """Return the Slack ids of members of whom Slack has said nothing for a day, or never."""
    long_ago = sa.or_(col(Person.seen_at).is_(None), col(Person.seen_at) <= now - FRESH)
    here = (col(Person.member), ~col(Person.deactivated), col(Person.left_at).is_(None))
    return list(session.exec(select(Person.slack_id).where(*here, long_ago).order_by(col(Person.id))))


def learned(session: Session, slack_id: str, profile: dict[str, Any], now: datetime) -> Person:
    """Write down what Slack says of a person (its `user` object). A member whose account is closed has left."""
    person = session.exec(select(Person).where(Person.slack_id == slack_id)).one_or_none()
    named = profile.get("real_name") or (profile.get("profile") or {}).get("real_name") or profile.get("name")
    person = person or Person(slack_id=slack_id, name=named or slack_id)
    before = _profile(person)
    person.name = person.name if person.member else named or person.name
    person.slack_locale = profile.get("locale") or person.slack_locale
    person.slack_timezone = profile.get("tz") or person.slack_timezone
    person.guest = any(profile.get(flag) for flag in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    was_here, person.deactivated = person.here, bool(profile.get("deleted"))
    changed = _profile(person) != before
    person.seen_at = now
    session.add(person)
    session.flush()
    if person.member and changed:
        touch(session)
        if was_here and person.deactivated:
            _hand_over(session, person, actor=None, now=now)
        elif changed:
            reminders.person_changed(session, person_id=person_id(person), now=now)
    if person.member:
        ask_if_away(session, person, profile, now=now)
    return person


def _profile(person: Person) -> tuple[object, ...]:
    return person.name, person.slack_locale, person.slack_timezone, person.guest, person.deactivated


# -- handing over --------------------------------------------------------------------------------------------------


def _hand_over(session: Session, person: Person, *, actor: Person | None, now: datetime) -> None:
    """Vacate the seats of somebody who left, give their issues and actions to the secretariat, and tell it."""
    who = directory(session)
    held = select(FocalPoint).where(FocalPoint.person_id == person.id, col(FocalPoint.until).is_(None))
    seats = [session.get_one(Seat, row.seat_id) for row in session.exec(held).all()]
    owned = session.exec(select(Issue).where(Issue.owner_id == person.id, col(Issue.state).in_(_UNDECIDED))).all()
    todo = session.exec(
        select(Action).where(
            Action.owner_id == person.id, col(Action.done_at).is_(None), col(Action.dropped_at).is_(None)
        )
    ).all()
    heir = _heir(who)
    record(
        session, act=LEFT, subject=person.slack_id, actor=actor, now=now,
        after={
            "seats": [seat.id for seat in seats],
            "issues": [issue.id for issue in owned],
            "actions": [action.id for action in todo],
            "heir": heir.id if heir else None,
        },
    )  # fmt: skip
    # Told first, so that these seats are not news of their own as well.
    _tell_of_leaving(session, person, now=now)
    for seat in seats:
        others = [holder for holder in who.holders(seat) if holder.id != person.id]
        give_seat(session, seat, others, actor=actor, now=now)
    for issue in owned:
        issue.owner_id = heir.id if heir else None
        session.add(issue)
        if issue.state is IssueState.OPEN:
            replan(session, issue, now=now)
        show_changed(session, issue, now=now)
    for action in todo:
        if heir is not None:
            hand_over(session, action, heir, actor=actor, now=now, tell=False)
    reminders.person_changed(session, person_id=person_id(person), now=now)


def _tell_of_leaving(session: Session, person: Person, *, now: datetime) -> None:
    left = _leaving(session, person)  # they may come back, and leave again
    tell_secretariat(
        session, News.MEMBER_LEFT, about=f"{person.id}:{left.id if left else 0}",
        subject=member_left_subject(person_id(person)), now=now, person_id=person.id,
    )  # fmt: skip


def _heir(who: Directory) -> Person | None:
    return next(iter([*who.with_role(RoleName.SECRETARIAT), *who.with_role(RoleName.CHAIR)]), None)


def _leaving(session: Session, person: Person) -> JournalEntry | None:
    """Return the journal's entry of the last time somebody left: it says what they held."""
    session.flush()
    last = select(JournalEntry).where(JournalEntry.subject == person.slack_id, JournalEntry.act == LEFT)
    return session.exec(last.order_by(col(JournalEntry.id).desc()).limit(1)).first()
