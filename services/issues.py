"""Issues from their raising to their resolution: what members do with them short of the chair's decision."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from foundation.errors import Denied
from foundation.language import N_
from models.delivery import NoticeKind
from models.issues import Action, Comment, Issue, IssueState, Severity
from models.people import Person, RoleName
from models.structure import Area
from services.areas import area_chosen
from services.directory import Directory, directory
from services.due_nags import withdraw_nags
from services.escalation import begin_ladder, climb_issue
from services.issue_cards import IssueCard, card
from services.issue_circle import IssueNews, concerned, once, show_changed, subject_of, tell
from services.issue_comments import keep_comment
from services.issue_lookup import issue_to_change, require_undecided
from services.issue_rights import (
    may_refer,
    member_chosen,
    not_past,
    require_reopening,
    require_resolving,
    require_steering,
)  # fmt: skip
from services.journal import record
from services.ladder_rows import SETTLED, end_round, replan
from services.outbox import owe, refresh
from services.rights import chair_stood_for, mentions, require_contributor
from services.search_index import remember
from services.texts import LONG, SHORT, checked
from services.written_in import written_in

__all__ = [
    "Draft", "IssueCard", "add_comment", "assign", "card", "raise_issue", "refer", "reopen", "resolve", "set_due",
]  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """What somebody wrote to raise an issue."""

    title: str
    area_id: int | None = None
    description: str = ""
    proposal: str = ""
    due: date | None = None
    severity: Severity = Severity.NORMAL
    permalink: str | None = None

    @staticmethod
    def of_text(text: str, *, area_id: int | None = None, permalink: str | None = None) -> "Draft":
        """Make the first line the title, and keep the whole as the description where the title does not hold it."""
        title, _, rest = text.strip().partition("\n")
        if len(title) > SHORT:
            title, rest = title[: SHORT - 1].rsplit(" ", 1)[0] + "…", text
        return Draft(title, area_id=area_id, description=text.strip() if rest.strip() else "", permalink=permalink)


def raise_issue(session: Session, *, actor: Person, now: datetime, draft: Draft) -> Issue:
    """Raise an issue: its ladder begins, frozen as the task force has it now."""
    who = directory(session)
    require_contributor(who, actor)
    issue = Issue(
        area_id=area_chosen(who, actor, draft.area_id),
        title=checked(draft.title, "title", limit=SHORT),
        description=checked(draft.description, "description", limit=LONG, required=False),
        proposal=checked(draft.proposal, "proposal", limit=LONG, required=False),
        severity=draft.severity, due=not_past(who, actor, draft.due, now=now), permalink=draft.permalink,
        raised_by_id=actor.id or 0, raised_at=now, round_at=now, ladder=list(who.task_force.ladder),
        language=written_in(f"{draft.title} {draft.description}", by_default=who.reader(actor).language.code),
    )  # fmt: skip
    begin(session, issue, by=actor, now=now)
    return issue


def begin(session: Session, issue: Issue, *, by: Person | None, now: datetime, **why: str) -> None:
    """Let an issue begin: journal, search, its post in the channel, its ladder. `by`: nobody, where Focal raises it."""
    session.add(issue)
    session.flush()
    record(session, act="issue.raise", subject=issue.ref, actor=by, now=now, area_id=issue.area_id,
           after={"title": issue.title, "severity": issue.severity.value, "due": _iso(issue.due), **why})  # fmt: skip
    _remember(session, issue)
    _owe_post(session, directory(session), issue, now=now)
    begin_ladder(session, issue, now=now)
    show_changed(session, issue, now=now)


def add_comment(session: Session, *, actor: Person, now: datetime, issue_id: int, text: str) -> Comment:
    """Add what somebody has to say; whoever decides and asked is told that there is an answer."""
    issue = issue_to_change(session, issue_id, actor=actor)
    require_contributor(directory(session), actor)
    if issue.merged_into_id is not None:
        require_undecided(session, issue)
    comment = keep_comment(session, issue, author_id=actor.id or 0, text=checked(text, "text"), at=now)
    record(session, act="issue.comment", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           after={"text": comment.text})  # fmt: skip
    if issue.undecided:
        _tell_asker(session, issue, comment, actor=actor, now=now)
    refresh(session, subject_of(issue), now=now)
    return comment


def assign(session: Session, *, actor: Person, now: datetime, issue_id: int, owner_slack_id: str) -> Issue:
    """Give an issue its owner: the steps that wait are counted anew in working days of the owner's station."""
    issue = issue_to_change(session, issue_id, actor=actor)
    require_steering(session, issue, actor=actor, now=now)
    require_undecided(session, issue)
    owner = member_chosen(session, owner_slack_id, field="person")
    before, issue.owner_id = issue.owner_id, owner.id
    session.add(issue)
    if issue.state is IssueState.OPEN:
        replan(session, issue, now=now)
    who = directory(session)
    record(session, act="issue.assign", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"owner": who.name_of(before) if before else None}, after={"owner": owner.name})  # fmt: skip
    tell(session, issue, IssueNews.ASSIGNED, [owner], occasion=now.isoformat(), now=now, besides=actor)
    show_changed(session, issue, now=now)
    return issue


def set_due(session: Session, *, actor: Person, now: datetime, issue_id: int, due: date | None) -> Issue:
    """Set or take away the date by which it is to be settled; when it passes, the next step is taken."""
    issue = issue_to_change(session, issue_id, actor=actor)
    require_steering(session, issue, actor=actor, now=now)
    require_undecided(session, issue)
    before, issue.due = issue.due, not_past(directory(session), actor, due, now=now)
    session.add(issue)
    if issue.state is IssueState.OPEN:
        replan(session, issue, now=now)
        climb_issue(session, issue, now=now)
    record(session, act="issue.due", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"due": _iso(before)}, after={"due": _iso(issue.due)})  # fmt: skip
    show_changed(session, issue, now=now)
    return issue


def refer(session: Session, *, actor: Person, now: datetime, issue_id: int) -> Issue:
    """Put an issue on the next agenda, its state unchanged: secretariat and deputies (SPEC 7), whoever decides too."""
    issue = issue_to_change(session, issue_id, actor=actor)
    who = directory(session)
    if not may_refer(who, actor, issue, now=now):
        people = [*who.with_role(RoleName.DEPUTY), *who.with_role(RoleName.SECRETARIAT)]
        raise Denied(N_("Only the secretariat and the deputies put {ref} on the agenda. Ask {people}."),
                      ref=issue.ref, people=mentions(once(people)))  # fmt: skip
    require_undecided(session, issue)
    before, issue.referred_at = issue.referred_at, now
    session.add(issue)
    record(session, act="issue.refer", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"referred": _iso(before)}, after={"referred": _iso(now)})  # fmt: skip
    show_changed(session, issue, now=now)
    return issue


def resolve(session: Session, *, actor: Person, now: datetime, issue_id: int, text: str) -> Issue:
    """Settle an open issue below the chair. What is escalated only the chair's recorded decision closes."""
    issue = issue_to_change(session, issue_id, actor=actor)
    require_resolving(session, issue, actor=actor, now=now)
    settle(session, issue, actor=actor, now=now, text=checked(text, "text"))
    return issue


def settle(session: Session, issue: Issue, *, actor: Person, now: datetime, text: str, **why: str) -> None:
    """Let an open issue be resolved, and everybody concerned hear how."""
    issue.resolution = text
    issue.state, issue.settled_at, issue.settled_by_id = IssueState.RESOLVED, now, actor.id
    session.add(issue)
    end_round(session, issue, reason=SETTLED)
    record(session, act="issue.resolve", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"state": IssueState.OPEN.value},
           after={"state": issue.state.value, "text": issue.resolution, **why})  # fmt: skip
    _remember(session, issue)
    tell(session, issue, IssueNews.RESOLVED, concerned(session, issue, now=now), occasion=str(issue.round), now=now,
         besides=actor)  # fmt: skip
    show_changed(session, issue, now=now)


def reopen(session: Session, *, actor: Person, now: datetime, issue_id: int, reason: str) -> Issue:
    """Open again what is settled, with a new ladder: whoever decides."""
    issue = issue_to_change(session, issue_id, actor=actor)
    require_reopening(session, issue, actor=actor, now=now)
    reason = checked(reason, "reason")
    if issue.resolution and issue.settled_at is not None:
        # It belongs to what was tried: whoever decides next has to know it.
        keep_comment(session, issue, author_id=issue.settled_by_id or 0, text=issue.resolution, at=issue.settled_at)
    keep_comment(session, issue, author_id=actor.id or 0, text=reason, at=now)
    for action in session.exec(select(Action).where(Action.issue_id == issue_id, col(Action.done_at).is_(None))):
        action.dropped_at, action.climbs_at = action.dropped_at or now, None
        session.add(action)
        withdraw_nags(session, action_id=action.id)
    who = directory(session)
    record(session, act="issue.reopen", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           acting_for=chair_stood_for(who, actor, now=now),
           before={"state": issue.state.value}, after={"state": IssueState.OPEN.value, "reason": reason})  # fmt: skip
    went_on_in = session.get(Issue, issue.merged_into_id) if issue.merged_into_id else None
    open_again(session, issue, now=now)
    if went_on_in is not None:
        show_changed(session, went_on_in, now=now)
    people = [*concerned(session, issue, now=now), *who.with_role(RoleName.CHAIR)]
    tell(session, issue, IssueNews.REOPENED, people, occasion=str(issue.round), now=now, besides=actor)
    show_changed(session, issue, now=now)
    return issue


def open_again(session: Session, issue: Issue, *, now: datetime) -> None:
    """Begin a new round: nothing of the last one's way to the chair holds any more."""
    issue.state, issue.round = IssueState.OPEN, issue.round + 1
    issue.settled_at = issue.settled_by_id = issue.delegate_id = issue.chair_next_at = None
    issue.escalated_at = issue.escalated_by_id = issue.acknowledged_at = issue.acknowledged_by_id = None
    issue.referred_at = None
    issue.chair_reminders, issue.resolution, issue.merged_into_id = 0, "", None
    session.add(issue)
    begin_ladder(session, issue, now=now)


def _tell_asker(session: Session, issue: Issue, comment: Comment, *, actor: Person, now: datetime) -> None:
    asked = select(Comment).where(Comment.issue_id == issue.id, col(Comment.asks)).order_by(col(Comment.id).desc())
    question = session.exec(asked).first()
    asker = directory(session).people_by_id.get(question.author_id) if question else None
    if asker is not None and asker.here:
        tell(session, issue, IssueNews.ANSWERED, [asker], occasion=str(comment.id), now=now, besides=actor,
             comment_id=comment.id)  # fmt: skip


def _owe_post(session: Session, who: Directory, issue: Issue, *, now: datetime) -> None:
    channel = channel_of(who, who.areas_by_id.get(issue.area_id or 0))
    if channel is not None:
        owe(session, NoticeKind.ISSUE_POST, key=f"issue_post:{subject_of(issue)}", subject=subject_of(issue), now=now,
            channel=channel, refs={"issue_id": issue.id})  # fmt: skip


def channel_of(who: Directory, area: Area | None) -> str | None:
    """Return where an area's issues are posted: its channel, else the shared one; a restricted area's never there."""
    own = (area.channel_id or area.channel) if area is not None else None
    if own is not None or (area is not None and area.restricted):
        return own
    return who.task_force.channel_id or who.task_force.channel


def _remember(session: Session, issue: Issue) -> None:
    parts = (issue.ref, issue.title, issue.description, issue.proposal, issue.resolution)
    remember(session, source="issue", source_id=issue.id or 0, area_id=issue.area_id, at=issue.raised_at,
             text="\n".join(part for part in parts if part))  # fmt: skip


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None
