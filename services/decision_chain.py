"""Which decision took the place of which: an earlier one says by what it was replaced."""

from sqlmodel import Session, select

from models.issues import Decision


def replaced_by(session: Session, decision: Decision) -> Decision | None:
    """Return the decision that replaces another one, if any does."""
    return session.exec(select(Decision).where(Decision.supersedes_id == decision.id)).first()


def last_in_place_of(session: Session, decision: Decision) -> Decision:
    """Return what stands in place of a decision now: itself while nothing replaced it."""
    while (later := replaced_by(session, decision)) is not None:
        decision = later
    return decision
