"""The card of an area: one a cycle in its channel, kept current, with every update as a reply in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.delivery import NoticeKind, Pulse
from models.structure import Area
from models.updates import Note, Update
from services.cycles import Cycle, current_cycle, cycle_opened_by
from services.directory import Directory, area_id, directory
from services.outbox import owe, refresh
from services.update_history import UnitStanding, standings_in_cycle

NOTES_SHOWN = 3
CYCLE_SHOWN = "cycle shown"
"""The pulse that says which cycle's updates can still be changed, by the meeting that opened it."""


@dataclass(frozen=True)
class AreaCard:
    """What a card shows."""

    area: Area
    cycle: Cycle
    standings: Sequence[UnitStanding]
    notes: Sequence[Note]
    """The latest of the cycle, the oldest of them first."""


def card_channel(who: Directory, area: Area) -> str | None:
    """Return where an area's card goes: the shared channel; a restricted area's own one, or nowhere (None)."""
    if area.restricted:
        return area.channel_id or area.channel
    return who.task_force.channel_id or who.task_force.channel


def card_subject(area_id: int, cycle: int) -> str:
    """Return the name by which notices about a card are found."""
    return f"card:{area_id}:{cycle}"


def read_card(session: Session, *, area_id: int, cycle: int, now: datetime) -> AreaCard:
    """Return how an area stands in a cycle."""
    area = directory(session).areas_by_id[area_id]
    running = cycle_opened_by(session, cycle)
    notes = select(Note).where(Note.area_id == area_id, col(Note.at) >= running.starts_at)
    if running.ends_at is not None:
        notes = notes.where(col(Note.at) < running.ends_at)
    latest = session.exec(notes.order_by(col(Note.id).desc()).limit(NOTES_SHOWN)).all()
    return AreaCard(area, running, standings_in_cycle(session, area, running, now=now), latest[::-1])


def show_on_card(session: Session, who: Directory, update: Update, *, now: datetime) -> None:
    """Owe the card of an update and the update's reply in its thread; what was sent of them is edited."""
    area = who.areas_by_id[update.area_id]
    key = _keep(session, who, area, cycle=update.cycle, now=now)
    if key is None:
        return
    subject = reply_subject(update.id)
    owe(
        session, NoticeKind.UPDATE_REPLY, key=f"update_reply:{subject}", subject=subject, now=now, parent_key=key,
        channel=card_channel(who, area), refs={"update_id": update.id},
    )  # fmt: skip
    refresh(session, subject, now=now)


def keep_card(session: Session, area: Area, *, now: datetime) -> None:
    """Owe the card of an area in the running cycle, or have it edited."""
    _keep(session, directory(session), area, cycle=current_cycle(session, now).opened_by, now=now)


def close_ended(session: Session, now: datetime) -> None:
    """Have the updates of a cycle lose their **Edit** and **Withdraw** in its threads once the next one has begun."""
    running, shown = str(current_cycle(session, now).opened_by), session.get(Pulse, CYCLE_SHOWN)
    before = shown.detail if shown else running
    if shown is None or before != running:
        session.merge(Pulse(name=CYCLE_SHOWN, at=now, detail=running))
    if before != running:
        for ended in session.exec(select(Update.id).where(Update.cycle == int(before))):
            refresh(session, reply_subject(ended), now=now)


def reply_subject(update_id: int | None) -> str:
    """Return the name by which notices about an update are found."""
    return f"update:{update_id}"


def _keep(session: Session, who: Directory, area: Area, *, cycle: int, now: datetime) -> str | None:
    """Return the key of the card; None if it goes nowhere."""
    channel = card_channel(who, area)
    if not channel:
        return None
    subject = card_subject(area_id(area), cycle)
    owe(
        session, NoticeKind.AREA_CARD, key=f"area_card:{subject}", subject=subject, now=now, channel=channel,
        refs={"area_id": area_id(area), "cycle": cycle},
    )  # fmt: skip
    refresh(session, subject, now=now)
    return f"area_card:{subject}"
