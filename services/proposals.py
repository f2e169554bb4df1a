"""What members propose for an agenda: for the meeting they name, or for the next one, whichever that will be."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Denied, FieldRefusal, Refusal
from foundation.language import N_
from models.agenda import AgendaItem, ItemKind
from models.meetings import Meeting, MeetingState
from models.people import Person
from services.agenda_acts import require_ahead
from services.agenda_entries import current_meeting
from services.directory import directory
from services.folding import fold_name
from services.journal import record
from services.outbox import mark_homes
from services.proposals_found import forget_proposal, key_of, remember_proposal
from services.rights import mentions, require_contributor, require_reader
from services.secretariat import secretariat_ids
from services.texts import SHORT, checked
from services.written_in import written_in

TITLE, DESCRIPTION = "title", "description"


@dataclass(frozen=True)
class Proposal:
    """What somebody wrote."""

    title: str
    description: str = ""
    permalink: str | None = None

    @staticmethod
    def of_text(text: str, *, permalink: str | None = None) -> "Proposal":
        """Make the first line the title; the whole is the description where the title does not hold it."""
        title, _, rest = text.strip().partition("\n")
        if len(title) > SHORT:
            title, rest = title[: SHORT - 1].rsplit(" ", 1)[0] + "…", text
        return Proposal(title, text.strip() if rest.strip() else "", permalink)


def propose(
    session: Session, *, actor: Person, meeting: Meeting | None, proposal: Proposal, now: datetime
) -> AgendaItem:
    """Propose an item for a meeting; for the next one, scheduled or not, where none is named.

    Any member but observers. Refuses a meeting that was held or cancelled, and what is proposed for it already.
    """
    who = directory(session)
    require_contributor(who, actor)
    title = checked(proposal.title, TITLE, limit=SHORT)
    description = checked(proposal.description, DESCRIPTION, required=False)
    if meeting is not None:
        meeting = session.get_one(Meeting, meeting.id, with_for_update=True, populate_existing=True)
        require_ahead(meeting, now=now)
    _refuse_twice(session, meeting, title, now=now)
    item = AgendaItem(
        meeting_id=meeting.id if meeting else None, kind=ItemKind.PROPOSED, key="", title=title,
        description=description, permalink=proposal.permalink, proposed_by_id=actor.id, proposed_at=now,
        language=written_in(f"{title} {description}", by_default=who.reader(actor).language.code),
    )  # fmt: skip
    session.add(item)
    session.flush()
    item.key = key_of(item.id)
    session.add(item)
    session.flush()
    remember_proposal(session, item, at=now)
    record(session, act="proposal.make", subject=_subject(meeting), actor=actor, now=now,
           after={"title": title, "text": description})  # fmt: skip
    mark_homes(session, secretariat_ids(who), now=now)
    return item


def take_back(session: Session, *, actor: Person, item_id: int, now: datetime) -> AgendaItem:
    """Take back one's own proposal, wherever it was put off to, until its meeting is held."""
    who = directory(session)
    require_reader(who, actor)
    item = session.get(AgendaItem, item_id)
    if item is None or item.kind is not ItemKind.PROPOSED:
        raise Refusal(N_("This proposal does not stand on any agenda any more."))
    if item.proposed_by_id != actor.id:
        raise Denied(N_("Only {people} can take this proposal back. The secretariat can leave it out."),
                     people=mentions([who.people_by_id[item.proposed_by_id or 0]]))  # fmt: skip
    meeting = session.get(Meeting, item.meeting_id) if item.meeting_id else None
    if meeting is not None:
        require_ahead(meeting, now=now)
    begun = sa.select(col(Meeting.id)).where(col(Meeting.state).in_([MeetingState.HELD, MeetingState.CLOSED]))
    ahead = sa.or_(col(AgendaItem.meeting_id).is_(None), col(AgendaItem.meeting_id).not_in(begun))
    session.connection().execute(sa.delete(AgendaItem).where(col(AgendaItem.key) == item.key, ahead))
    session.expunge(item)
    forget_proposal(session, item)
    record(session, act="proposal.take_back", subject=_subject(meeting), actor=actor, now=now,
           before={"title": item.title, "text": item.description})  # fmt: skip
    mark_homes(session, secretariat_ids(who), now=now)
    return item


def count_new_proposals(session: Session) -> int:
    """Count the proposals that the secretariat has not placed, timed or left out yet."""
    ahead = sa.select(col(Meeting.id)).where(col(Meeting.state) == MeetingState.SCHEDULED)
    untouched = select(sa.func.count()).where(
        col(AgendaItem.kind) == ItemKind.PROPOSED, col(AgendaItem.place).is_(None), col(AgendaItem.minutes).is_(None),
        col(AgendaItem.left_out_at).is_(None),
        sa.or_(col(AgendaItem.meeting_id).is_(None), col(AgendaItem.meeting_id).in_(ahead)),
    )  # fmt: skip
    return session.exec(untouched).one()


def _refuse_twice(session: Session, meeting: Meeting | None, title: str, *, now: datetime) -> None:
    following = current_meeting(session, now)
    at = meeting or following
    of_next = at is None or (following is not None and at.id == following.id)
    same_meeting = col(AgendaItem.meeting_id) == (at.id if at else None)
    waiting = sa.or_(same_meeting, col(AgendaItem.meeting_id).is_(None)) if of_next else same_meeting
    for other in session.exec(select(AgendaItem).where(AgendaItem.kind == ItemKind.PROPOSED, waiting)):
        if fold_name(other.title) == fold_name(title):
            name = directory(session).name_of(other.proposed_by_id)
            if at is None:
                raise FieldRefusal(TITLE, N_("“{title}” is proposed for the next meeting already, by {name}."),
                                   title=other.title, name=name)  # fmt: skip
            raise FieldRefusal(TITLE, N_("“{title}” is proposed for {meeting} already, by {name}."),
                               title=other.title, name=name, meeting=at.ref)  # fmt: skip


def _subject(meeting: Meeting | None) -> str:
    return meeting.ref if meeting else "agenda"
