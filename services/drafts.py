"""Drafts: an update as the bot understood it from a message, until its writer posts or discards it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from foundation.errors import Denied, FieldRefusal, Refusal
from foundation.language import N_
from models.delivery import NoticeKind
from models.people import Person
from models.structure import Area, Unit
from models.updates import Draft, Health, Update
from services.directory import Directory, area_id, directory, person_id
from services.outbox import notice_at, owe, refresh
from services.speaking import areas_to_report, own_areas, units_spoken_for, units_to_report
from services.typed_updates import TypedUpdate
from services.updates import file_update


@dataclass(frozen=True)
class DraftShown:
    """A draft with what may be chosen for it."""

    draft: Draft
    area: Area | None
    unit: Unit | None
    on_behalf: Person | None
    areas: Sequence[Area]
    units: Sequence[Unit]


def keep_draft(
    session: Session, typed: TypedUpdate, *, actor: Person, now: datetime, unit: Unit | None = None,
    on_behalf: Person | None = None, permalink: str | None = None, channel_id: str | None = None,
    thread_ts: str | None = None,
) -> Draft:  # fmt: skip
    """Keep what was understood. The area is chosen if the writer has only one; nothing else is filled in."""
    who = directory(session)
    area = typed.area
    own = own_areas(who, actor, now=now)
    if area is None and not typed.named and len(own) == 1:
        area = own[0]
    draft = Draft(
        author_id=person_id(actor), health=typed.health, changed=typed.changed, next_steps=typed.next_steps,
        help_needed=typed.help_needed, permalink=permalink, channel_id=channel_id, thread_ts=thread_ts, at=now,
        for_id=on_behalf.id if on_behalf else None, unit_id=unit.id if unit else None,
    )  # fmt: skip
    if area is not None:
        _set_area(who, draft, area, actor, now=now)
    session.add(draft)
    session.flush()
    return draft


def answer_with_draft(session: Session, draft: Draft, *, to: Person, now: datetime) -> None:
    """Owe the writer the draft in their direct messages, in the thread of the reminder that they answered."""
    subject = f"draft:{draft.id}"
    answered = notice_at(session, draft.channel_id, draft.thread_ts)
    owe(
        session, NoticeKind.DRAFT, key=subject, subject=subject, now=now, to=to, refs={"draft_id": draft.id},
        parent_key=answered.key if answered else None, urgent=True,
    )  # fmt: skip


def read_draft(session: Session, draft: Draft, *, now: datetime) -> DraftShown:
    """Return a draft as it is shown to its writer."""
    who = directory(session)
    author = who.people_by_id.get(draft.author_id)
    area = who.areas_by_id.get(draft.area_id or 0)
    on_behalf = who.people_by_id.get(draft.for_id or 0)
    return DraftShown(
        draft=draft, area=area, unit=who.units_by_id.get(draft.unit_id or 0), on_behalf=on_behalf,
        areas=areas_to_report(who, author, now=now) if author else [],
        units=_units(who, author, area, on_behalf, now=now) if author and area else [],
    )  # fmt: skip


def open_draft(session: Session, *, actor: Person, draft_id: int, lock: bool = False) -> Draft:
    """Return a draft that its writer may still change (`lock` it to do so). Refuses what is settled or not theirs."""
    draft = session.get(Draft, draft_id, with_for_update=lock)
    if draft is None or draft.author_id != actor.id:
        raise Denied(N_("This draft is not yours. Type {command} to write your own."),
                     command=f"{directory(session).task_force.command} update")  # fmt: skip
    if draft.settled_at is not None:
        raise Refusal(N_("This draft was already posted or discarded."))
    return draft


def complete_draft(
    session: Session, *, actor: Person, draft_id: int, now: datetime, area: Area | None = None,
    unit: Unit | None = None, health: Health | None = None,
) -> Draft:  # fmt: skip
    """Fill in what the writer has chosen."""
    who = directory(session)
    draft = open_draft(session, actor=actor, draft_id=draft_id, lock=True)
    if area is not None:
        _set_area(who, draft, area, actor, now=now)
    if unit is not None:
        draft.unit_id = unit.id
    draft.health = health or draft.health
    session.add(draft)
    refresh(session, f"draft:{draft.id}", now=now)
    return draft


def post_draft(session: Session, *, actor: Person, draft_id: int, now: datetime) -> Update:
    """Post a draft as it stands. Refuses while something is missing."""
    who = directory(session)
    draft = open_draft(session, actor=actor, draft_id=draft_id, lock=True)
    area = who.areas_by_id.get(draft.area_id or 0)
    if area is None:
        raise FieldRefusal("area", N_("Choose the area first, then post."))
    if not draft.changed:
        raise FieldRefusal("changed", N_("Say in a few words what changed: “Edit” opens the form."))
    update = file_update(
        session, actor=actor, area=area, unit=who.units_by_id.get(draft.unit_id or 0), health=draft.health,
        changed=draft.changed, next_steps=draft.next_steps, help_needed=draft.help_needed, permalink=draft.permalink,
        on_behalf=who.people_by_id.get(draft.for_id or 0), now=now,
    )  # fmt: skip
    settle_draft(session, draft, update, now=now)
    return update


def settle_draft(session: Session, draft: Draft, update: Update | None, *, now: datetime) -> None:
    """Note what a draft became: an update, or nothing."""
    draft.settled_at, draft.update_id = now, update.id if update else None
    session.add(draft)
    refresh(session, f"draft:{draft.id}", now=now)


def discard_draft(session: Session, *, actor: Person, draft_id: int, now: datetime) -> Draft:
    """Throw a draft away."""
    draft = open_draft(session, actor=actor, draft_id=draft_id, lock=True)
    settle_draft(session, draft, None, now=now)
    return draft


def _set_area(who: Directory, draft: Draft, area: Area, actor: Person, *, now: datetime) -> None:
    draft.area_id = area_id(area)
    units = _units(who, actor, area, who.people_by_id.get(draft.for_id or 0), now=now)
    if draft.unit_id not in {u.id for u in units}:
        draft.unit_id = units[0].id if len(units) == 1 else None


def _units(who: Directory, actor: Person, area: Area, on_behalf: Person | None, *, now: datetime) -> list[Unit]:
    if on_behalf is not None:
        return units_spoken_for(who, on_behalf, area, now=now)
    return units_to_report(who, actor, area, now=now)
