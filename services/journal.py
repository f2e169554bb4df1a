"""The journal's pen: every act is written down in the transaction that carries it out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.journal import JournalEntry
from models.people import Person
from services.directory import directory
from services.rights import acting_chair_for

MANAGED = frozenset({"meeting", "member", "seat", "area"})
"""What acts are about that only the secretariat and the chair may do (SPEC 2)."""


def record(
    session: Session,
    *,
    act: str,
    subject: str,
    actor: Person | None,
    now: datetime,
    acting_for: Person | None = None,
    area_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one act down. `act` is `subject.verb`; `actor` is None for what Focal does by itself.

    Where it does not say for whom they acted, whoever does as acting chair what only managers may acts for the chair.
    """
    if actor is not None and acting_for is None and act.partition(".")[0] in MANAGED:
        acting_for = acting_chair_for(directory(session), actor, now=now)
    session.add(
        JournalEntry(
            at=now,
            act=act,
            subject=subject,
            area_id=area_id,
            before=dict(before or {}),
            after=dict(after or {}),
            actor_id=actor.id if actor else None,
            for_id=acting_for.id if acting_for else None,
        )
    )
