"""Actions whose date passed: each is raised once as an issue of its own, and climbs the ladder of every issue."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.issues import Action, Issue
from models.people import Person, RoleName
from models.reminders import Reminder
from services import issues
from services.directory import Directory, directory, person_id
from services.issue_circle import refresh_desks
from services.journal import record
from services.outbox import mark_homes
from services.rights import may_contribute
from services.texts import SHORT


def climb(session: Session, now: datetime) -> None:
    """Raise every open action as an issue whose moment has come. Doing it again changes nothing."""
    due = select(Action).where(col(Action.climbs_at) <= now).order_by(col(Action.id)).with_for_update()
    for action in session.exec(due.execution_options(populate_existing=True)).all():
        _raise(session, action, now=now)


def next_due(session: Session, after: datetime) -> datetime | None:
    """Return the next instant after `after` at which an action is raised as an issue."""
    moment = sa.select(sa.func.min(col(Action.climbs_at))).where(col(Action.climbs_at) > after)
    return session.connection().execute(moment).scalar()


def _raise(session: Session, action: Action, *, now: datetime) -> None:
    who = directory(session)
    raiser = _raiser(who, action)
    if raiser is None:
        return  # no task force is without a chair for long: the file is refused without one
    title = f"{action.ref} {' '.join(action.text.split())}"
    # Its area as it is, archived or not: an issue without one would show what a restricted area hides.
    issue = Issue(
        area_id=action.area_id, title=title if len(title) <= SHORT else title[: SHORT - 1].rsplit(" ", 1)[0] + "…",
        description=action.text if len(title) > SHORT or "\n" in action.text else "", raised_by_id=person_id(raiser),
        owner_id=action.owner_id, raised_at=now, round_at=now, ladder=list(who.task_force.ladder),
        language=action.language,
    )  # fmt: skip
    issues.begin(session, issue, by=None, now=now, action=action.ref)
    action.climbed_as_id, action.climbs_at = issue.id, None
    session.add(action)
    record(session, act="action.climb", subject=action.ref, actor=None, now=now, area_id=action.area_id,
           after={"issue": issue.ref})  # fmt: skip
    refresh_desks(session, Reminder.action_id == action.id, now=now)
    mark_homes(session, [action.owner_id], now=now)


def _raiser(who: Directory, action: Action) -> Person | None:
    """Return in whose name it is raised: who gave the action, else the secretariat, else the chair."""
    given_by = who.people_by_id.get(action.created_by_id or 0)
    people = [given_by, *who.with_role(RoleName.SECRETARIAT), *who.with_role(RoleName.CHAIR)]
    return next((person for person in people if person is not None and may_contribute(who, person)), None)
