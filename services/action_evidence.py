"""Status updates as evidence: which of them may show that an action is done, and where that is shown."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import FieldRefusal
from foundation.language import N_
from models.issues import Action
from models.people import Person
from models.updates import Update
from services.area_cards import reply_subject
from services.directory import directory
from services.outbox import refresh
from services.rights import may_read

OFFERED = 20
"""Updates to choose from, the latest first."""


def updates_for_evidence(session: Session, action: Action, actor: Person) -> list[Update]:
    """Return the latest updates of the action's area or by its owner that a person may see, with words of their own."""
    about = sa.or_(col(Update.area_id) == (action.area_id or 0), col(Update.author_id) == action.owner_id)
    latest = select(Update).where(about, col(Update.withdrawn_at).is_(None), col(Update.confirms_id).is_(None))
    found = session.exec(latest.order_by(col(Update.id).desc()).limit(OFFERED)).all()
    areas = directory(session).areas_by_id
    return [update for update in found if may_read(actor, areas[update.area_id])]


def evidence_named(session: Session, action: Action, actor: Person, update_id: int) -> Update:
    """Return the update that was chosen. Refuses, at its field, one that was withdrawn or is about something else."""
    offered = {update.id: update for update in updates_for_evidence(session, action, actor)}
    if update_id not in offered:
        raise FieldRefusal("update", N_("This update cannot be chosen any more. Choose another one, or none."))
    return offered[update_id]


def evidence_for(session: Session, update: Update) -> list[Action]:
    """Return the actions that an update shows to be done, but those of a restricted area that is not its own."""
    shown = session.exec(select(Action).where(Action.update_id == update.id).order_by(col(Action.id)))
    areas = directory(session).areas_by_id
    return [one for one in shown if one.area_id in (None, update.area_id) or not areas[one.area_id or 0].restricted]


def show_evidence(session: Session, update: Update | None, *, now: datetime) -> None:
    """Have the reply that shows an update say of what it is the evidence."""
    if update is not None:
        refresh(session, reply_subject(update.id), now=now)
