"""Who may do what (SPEC 2): asked at every act, of who Slack says is acting, never of what a button carries."""

from datetime import datetime

from foundation.errors import Denied
from foundation.language import N_, Listing, Mention, Mrkdwn, Speakable
from models.issues import Issue
from models.people import Person, RoleName
from models.structure import Area, Seat
from services.directory import Directory

SECRETARIAT, CHAIR, DEPUTY, OBSERVER = RoleName.SECRETARIAT, RoleName.CHAIR, RoleName.DEPUTY, RoleName.OBSERVER


def may_read(actor: Person, area: Area | None = None) -> bool:
    """Everyone in the workspace but guests may ask; about a restricted area only members."""
    if actor.guest or actor.deactivated:
        return False
    return area is None or not area.restricted or (actor.member and actor.here)


def may_contribute(who: Directory, actor: Person) -> bool:
    """Any member but observers may note, raise and comment."""
    roles = who.roles(actor)
    only_observes = OBSERVER in roles and len(roles) == 1 and not who.seats_by_person.get(actor.id or 0)
    return actor.member and actor.here and not actor.guest and not only_observes


def speaks_for(who: Directory, actor: Person, seat: Seat, *, now: datetime) -> bool:
    """A seat's focal points speak for it, and their alternates (standing, or named for an absence)."""
    for holder in who.holders(seat):
        if actor.id in (holder.id, holder.alternate_id):
            return actor.here
        absence = who.absence(holder, now=now)
        if absence is not None and absence.alternate_id == actor.id:
            return actor.here
        stand_in = who.stand_in(holder, now=now)
        if stand_in is not None and stand_in.id == actor.id:
            return True
    return False


def stands_for(who: Directory, actor: Person, person: Person, *, now: datetime) -> bool:
    """Whether somebody acts for a person: for themselves, or while that one is away and they are there instead."""
    if actor.id == person.id:
        return actor.here
    stand_in = who.stand_in(person, now=now)
    return stand_in is not None and stand_in.id == actor.id


def seats_spoken_for(who: Directory, actor: Person, *, now: datetime) -> list[Seat]:
    """Return the seats for which a person may post: their own first, then those they stand in for."""
    own = who.seats_by_person.get(actor.id or 0, [])
    own_ids = {seat.id for seat in own}
    return [*own, *(s for s in who.seats if s.id not in own_ids and speaks_for(who, actor, s, now=now))]


def is_focal_point(who: Directory, actor: Person, area_id: int | None, *, now: datetime) -> bool:
    """Return whether a person speaks for any unit in an area."""
    return any(speaks_for(who, actor, seat, now=now) for seat in who.seats_by_area.get(area_id or 0, []))


def is_secretariat(who: Directory, actor: Person) -> bool:
    """The secretariat acts for the task force, and on behalf of those who ask it to."""
    return who.has_role(actor, SECRETARIAT)


def is_chair(who: Directory, actor: Person, *, now: datetime) -> bool:
    """The chair, or the acting chair while the chair is away. The chair may always decide."""
    return who.has_role(actor, CHAIR) or any(actor.id == c.id for c in who.chairs_on_duty(now=now))


def chair_stood_for(who: Directory, actor: Person, *, now: datetime) -> Person | None:
    """Return the absent chair in whose place a person acts; None for whoever acts in their own name."""
    if who.has_role(actor, CHAIR):
        return None
    standing = ((chair, who.stand_in(chair, now=now)) for chair in who.with_role(CHAIR))
    return next((chair for chair, acting in standing if acting is not None and acting.id == actor.id), None)


def acting_chair_for(who: Directory, actor: Person, *, now: datetime) -> Person | None:
    """Return the absent chair by whose leave alone a person manages; None for the secretariat, which may anyway."""
    return None if is_secretariat(who, actor) else chair_stood_for(who, actor, now=now)


def may_decide(who: Directory, actor: Person, issue: Issue, *, now: datetime) -> bool:
    """The chair, the acting chair, and for one issue its delegate."""
    return is_chair(who, actor, now=now) or (actor.here and actor.id is not None and actor.id == issue.delegate_id)


def may_manage(who: Directory, actor: Person, *, now: datetime) -> bool:
    """Meetings, people, areas and roles are the secretariat's and the chair's."""
    return is_secretariat(who, actor) or is_chair(who, actor, now=now)


def may_read_journal(who: Directory, actor: Person, *, now: datetime) -> bool:
    """Observers, the secretariat and the chair read the journal."""
    return who.has_role(actor, OBSERVER) or may_manage(who, actor, now=now)


def require_reader(who: Directory, actor: Person, area: Area | None = None) -> None:
    """Refuse whoever may not ask. A restricted area is not even confirmed to others."""
    if actor.guest:
        raise Denied(N_("Guests of this workspace cannot use Focal. Ask the person who invited you."))
    if not may_read(actor, area):
        raise Denied(N_("Only members of the task force see this area. Ask {people} for it."), people=secretariat(who))


def require_contributor(who: Directory, actor: Person) -> None:
    """Refuse whoever may not note, raise or comment."""
    require_reader(who, actor)
    if not may_contribute(who, actor):
        raise Denied(
            N_("Only members of the task force can do this, and not observers. Ask {people}."), people=secretariat(who)
        )


def require_manager(who: Directory, actor: Person, *, now: datetime) -> None:
    """Refuse whoever is neither secretariat nor chair."""
    require_reader(who, actor)
    if not may_manage(who, actor, now=now):
        raise Denied(N_("Only the secretariat and the chair can do this. Ask {people}."), people=secretariat(who))


def secretariat(who: Directory) -> Speakable:
    """Name whom to ask."""
    return mentions(who.with_role(SECRETARIAT) or who.with_role(CHAIR))


def mentions(people: list[Person]) -> Speakable:
    """Name people, with a way to write to them, for a private sentence."""
    return Listing(tuple(Mention(p.slack_id, p.name) for p in people)) if people else Mrkdwn("—")
