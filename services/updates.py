"""Status updates: posted, confirmed, edited, withdrawn; and what follows for card, reminders and search."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, Names
from models.people import Person
from models.structure import Area, Unit
from models.updates import Draft, Health, Update, UpdateVersion
from services import reminders, search_index
from services.area_cards import show_on_card
from services.cycles import current_cycle, owed_meeting
from services.directory import Directory, area_id, directory, person_id
from services.journal import record
from services.outbox import mark_homes, refresh
from services.rights import CHAIR, SECRETARIAT
from services.speaking import voice_of
from services.texts import checked
from services.update_changes import acting_for, changeable_update
from services.update_history import confirmations_in_a_row, latest_content, said_in_cycle
from services.written_in import written_in

MOST_CONFIRMATIONS = 2
"""How often in a row "No change" will do; the next time something has to be said."""


class SaySomething(Refusal):
    """The third "No change" in a row: an update with words is asked for instead."""


@dataclass(frozen=True)
class Content:
    """What an update says, checked."""

    health: Health
    changed: str
    next_steps: str
    help_needed: str


def file_update(
    session: Session, *, actor: Person, area: Area, health: Health | None, changed: str, now: datetime,
    unit: Unit | None = None, next_steps: str = "", help_needed: str = "", on_behalf: Person | None = None,
    permalink: str | None = None,
) -> Update:  # fmt: skip
    """Post a unit's update on an area. Focal points and alternates for their unit, the secretariat on behalf of one."""
    who = directory(session)
    voice = voice_of(who, actor, area, unit=unit, on_behalf=on_behalf, now=now)
    content = checked_content(health, changed, next_steps, help_needed)
    update = _new(
        session, who, actor=actor, area=area, unit=voice.unit, on_behalf=voice.on_behalf, health=content.health, now=now
    )
    update.permalink = permalink
    _say(update, content)
    session.add(update)
    session.flush()
    _keep_version(session, update, actor, now=now)
    _follow(session, update, "update.post", actor, now=now)
    return update


def confirm_update(
    session: Session,
    *,
    actor: Person,
    area: Area,
    now: datetime,
    unit: Unit | None = None,
    on_behalf: Person | None = None,
) -> Update:
    """Confirm that a unit's last update still holds ("No change"). It keeps its date and counts apart.

    Raises `SaySomething` for the third confirmation in a row.
    """
    who = directory(session)
    voice = voice_of(who, actor, area, unit=unit, on_behalf=on_behalf, now=now)
    unit_id = voice.unit.id or 0
    content = latest_content(session, area_id=area_id(area), unit_id=unit_id)
    if content is None:
        raise Refusal(N_("{unit} has no update on {area} yet that could be confirmed. Please post one."),
                      unit=voice.unit.key, area=Names(area.name))  # fmt: skip
    cycle = current_cycle(session, now).opened_by
    if said_in_cycle(session, area_id=area_id(area), unit_id=unit_id, cycle=cycle):
        raise Refusal(N_("{unit} has already reported on {area} since the last meeting: nothing is owed."),
                      unit=voice.unit.key, area=Names(area.name))  # fmt: skip
    if confirmations_in_a_row(session, area_id=area_id(area), unit_id=unit_id) >= MOST_CONFIRMATIONS:
        raise SaySomething(
            N_("This would be the third “No change” in a row. Please say in a few words where {area} stands."),
            area=Names(area.name),
        )
    update = _new(
        session, who, actor=actor, area=area, unit=voice.unit, on_behalf=voice.on_behalf, health=content.health, now=now
    )
    update.confirms_id = content.id
    session.add(update)
    session.flush()
    _follow(session, update, "update.confirm", actor, now=now)
    return update


def edit_update(
    session: Session, *, actor: Person, update_id: int, health: Health | None, changed: str, now: datetime,
    next_steps: str = "", help_needed: str = "",
) -> Update:  # fmt: skip
    """Change an update until its cycle ends; every version is kept. Its author, or the one for whom it was posted."""
    update = changeable_update(session, actor=actor, update_id=update_id, now=now, lock=True)
    if update.confirms_id is not None:
        raise Refusal(N_("“No change” has no text of its own. Post an update instead."))
    content = checked_content(health, changed, next_steps, help_needed)
    before = _facts(update)
    _say(update, content)
    if _facts(update) == before:
        return update
    update.version += 1
    update.edited_at = now
    session.add(update)
    session.flush()
    _keep_version(session, update, actor, now=now)
    for confirmation in _confirmations_of(session, update):
        confirmation.health = update.health
        session.add(confirmation)
    _follow(session, update, "update.edit", actor, now=now, before=before)
    return update


def withdraw_update(session: Session, *, actor: Person, update_id: int, now: datetime) -> Update:
    """Take an update back until its cycle ends, and what only confirmed it: the unit owes one again.

    Its author, or the one for whom it was posted; the secretariat on behalf, as whoever wrote it may have left.
    """
    update = changeable_update(session, actor=actor, update_id=update_id, now=now, lock=True, withdraws=True)
    for withdrawn in (update, *_confirmations_of(session, update)):
        withdrawn.withdrawn_at = now
        session.add(withdrawn)
        session.flush()
        _follow(session, withdrawn, "update.withdraw", actor, now=now, before=_facts(withdrawn))
    return update


def checked_content(health: Health | None, changed: str, next_steps: str, help_needed: str) -> Content:
    """Return what was typed, cleaned and measured. Refuses at the field what is missing or too long."""
    if health is None:
        raise FieldRefusal("health", N_("Choose how the area stands: on track, at risk, off track or done."))
    return Content(
        health, checked(changed, "changed"), checked(next_steps, "next", required=False),
        checked(help_needed, "help", required=False),
    )  # fmt: skip


def _new(
    session: Session,
    who: Directory,
    *,
    actor: Person,
    area: Area,
    unit: Unit,
    on_behalf: Person | None,
    health: Health,
    now: datetime,
) -> Update:
    meeting = owed_meeting(session, now)
    return Update(
        area_id=area_id(area), unit_id=unit.id or 0, cycle=current_cycle(session, now).opened_by,
        author_id=person_id(actor), for_id=on_behalf.id if on_behalf else None, health=health, changed="",
        posted_at=now,
        language=who.reader(actor).language.code, late=meeting is not None and now > meeting.deadline_at,
    )  # fmt: skip


def _say(update: Update, content: Content) -> None:
    update.health, update.changed = content.health, content.changed
    update.next_steps, update.help_needed = content.next_steps, content.help_needed
    said = f"{content.changed} {content.next_steps} {content.help_needed}"
    update.language = written_in(said, by_default=update.language)


def _keep_version(session: Session, update: Update, author: Person, *, now: datetime) -> None:
    session.add(
        UpdateVersion(
            update_id=update.id or 0, version=update.version, author_id=person_id(author), at=now, health=update.health,
            changed=update.changed, next_steps=update.next_steps, help_needed=update.help_needed,
        )
    )  # fmt: skip


def _follow(
    session: Session, update: Update, act: str, actor: Person, *, now: datetime, before: dict[str, object] | None = None
) -> None:
    """Carry the consequences of what happened to an update: journal, search, card, reminders, App Homes."""
    who = directory(session)
    area = who.areas_by_id[update.area_id]
    after = {"withdrawn": True} if update.withdrawn_at else _facts(update)
    record(
        session, act=act, subject=area.key, actor=actor, now=now, area_id=update.area_id, before=before,
        after={"update": update.id, "unit": who.unit_key(update.unit_id), **after},
        acting_for=acting_for(who, actor, update),
    )  # fmt: skip
    if update.withdrawn_at is not None:
        search_index.forget(session, source="update", source_id=update.id or 0)
    elif update.confirms_id is None:
        text = f"{update.changed}\n{update.next_steps}\n{update.help_needed}"
        search_index.remember(
            session, source="update", source_id=update.id or 0, area_id=update.area_id, text=text, at=update.posted_at
        )
    show_on_card(session, who, update, now=now)
    _show_on_draft(session, update, now=now)
    reminders.obligations_changed(session, area_id=update.area_id, unit_id=update.unit_id, now=now)
    concerned = [*who.focal_points(update.area_id), actor, *who.with_role(SECRETARIAT), *who.with_role(CHAIR)]
    mark_homes(session, {person_id(p) for p in concerned}, now=now)


def _show_on_draft(session: Session, update: Update, *, now: datetime) -> None:
    """Have the draft that an update came from say what became of it."""
    drafts = select(Draft.id).where(Draft.author_id == update.author_id, Draft.update_id == update.id)
    for draft_id in session.exec(drafts):
        refresh(session, f"draft:{draft_id}", now=now)


def _confirmations_of(session: Session, update: Update) -> list[Update]:
    standing = select(Update).where(Update.confirms_id == update.id, col(Update.withdrawn_at).is_(None))
    return list(session.exec(standing))


def _facts(update: Update) -> dict[str, object]:
    return {
        "health": update.health.value, "changed": update.changed, "next_steps": update.next_steps,
        "help_needed": update.help_needed, "version": update.version, "confirms": update.confirms_id,
    }  # fmt: skip
