"""What whoever decides does with an issue: decide, accept, acknowledge, ask, put on the agenda, delegate."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from foundation.errors import Denied, FieldRefusal, Refusal
from foundation.language import N_, Day
from models.delivery import NoticeKind
from models.issues import Comment, Decision, DecisionOutcome, Issue, IssueState, LadderState, LadderStep
from models.meetings import Meeting
from models.people import Person, RoleName
from services import chair_alerts
from services.actions import record_action
from services.decision_chain import last_in_place_of
from services.directory import Directory, directory, person_id
from services.issue_circle import IssueNews, audience, concerned, once, show_changed, subject_of, tell, waited_for
from services.issue_comments import keep_comment
from services.issue_lookup import issue_to_change, last_decision, require_undecided
from services.issue_rights import member_chosen, not_past
from services.issues import open_again, refer
from services.journal import record
from services.ladder_rows import SETTLED, end_round
from services.meeting_in_hand import item_in_hand, meeting_being_held
from services.meeting_outcomes import note_decision
from services.outbox import withdraw
from services.rights import chair_stood_for, is_chair, is_secretariat, may_decide, mentions
from services.search_index import remember
from services.secretariat import News, tell_secretariat
from services.texts import checked
from services.written_in import written_in


@dataclass(frozen=True)
class Verdict:
    """What the form **Decide** holds."""

    outcome: DecisionOutcome | None
    """None where nothing known was chosen."""
    text: str
    owner_slack_id: str | None = None
    due: date | None = None
    round: int | None = None
    """In which round of the issue the form was opened: it may have been returned or reopened meanwhile."""


def decide(session: Session, *, actor: Person, now: datetime, issue_id: int, verdict: Verdict) -> Decision:
    """Record the chair's decision: it closes the issue, makes it wait for an action, or returns it with instructions.

    The secretariat may record it of a meeting that is being held: it is the chair's decision all the same.
    """
    who, meeting = directory(session), meeting_being_held(session, now=now, lock=True)
    issue = issue_to_change(session, issue_id, actor=actor)
    decider = decider_of(session, issue, actor=actor, now=now)
    _require_same_round(session, issue, verdict)
    if verdict.outcome is None:
        raise FieldRefusal("outcome", N_("Choose an outcome."))
    text = checked(verdict.text, "text")
    owner = member_chosen(session, verdict.owner_slack_id, field="owner") if verdict.owner_slack_id else None
    due = not_past(who, actor, verdict.due, now=now)
    if verdict.outcome is DecisionOutcome.ACTION and owner is None:
        raise FieldRefusal("owner", N_("An action needs an owner: choose who does it."))
    people = [*concerned(session, issue, now=now), *_deputies(session, who, issue, now=now), decider,
              *who.with_role(RoleName.CHAIR)]  # fmt: skip
    earlier, item = last_decision(session, issue), item_in_hand(session, meeting)
    decision = Decision(
        issue_id=issue_id, area_id=issue.area_id, meeting_id=meeting.id if meeting else None,
        item_id=item.id if item else None, text=text, outcome=verdict.outcome,
        language=written_in(text, by_default=who.reader(actor).language.code),
        supersedes_id=last_in_place_of(session, earlier).id if earlier else None,
        decided_by_id=person_id(decider), recorded_by_id=person_id(actor), decided_at=now,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    remember(session, source="decision", source_id=decision.id or 0, area_id=issue.area_id, text=text, at=now)
    before = issue.state
    _carry_out(session, issue, decision, meeting, actor=actor, owner=owner, due=due, now=now)
    record(session, act="issue.decide", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           acting_for=decider if decider.id != actor.id else chair_stood_for(who, actor, now=now),
           before={"state": before.value},
           after={"state": issue.state.value, "decision": decision.ref, "outcome": verdict.outcome.value,
                  "text": text})  # fmt: skip
    people += [owner] if owner is not None else []
    tell(session, issue, IssueNews.DECIDED, people, occasion=str(decision.id), now=now, besides=actor,
         decision_id=decision.id)  # fmt: skip
    if meeting is not None and not is_secretariat(who, actor):
        tell_secretariat(session, News.DECISION_RECORDED, about=decision.ref, now=now, decision_id=decision.id)
    if meeting is not None:
        note_decision(session, meeting, decision, actor=actor, now=now)
    show_changed(session, issue, now=now)
    return decision


def accept_proposal(session: Session, *, actor: Person, now: datetime, issue_id: int) -> Decision:
    """Decide as proposed: the issue is closed with the proposed solution as the decision."""
    meeting_being_held(session, now=now, lock=True)  # before the issue, as `decide` does
    issue = _before_decider(session, issue_id, actor=actor, now=now)
    if not issue.proposal:
        raise Refusal(N_("Nobody has proposed a solution for {ref}. Write the decision yourself."), ref=issue.ref)
    verdict = Verdict(DecisionOutcome.CLOSE, issue.proposal)
    return decide(session, actor=actor, now=now, issue_id=issue_id, verdict=verdict)


def acknowledge(session: Session, *, actor: Person, now: datetime, issue_id: int) -> Issue:
    """Say that one has seen it: reminders rest for five working days."""
    issue = _before_decider(session, issue_id, actor=actor, now=now)
    chair_alerts.pause(session, issue, by=actor, now=now)
    record(session, act="issue.acknowledge", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           acting_for=chair_stood_for(directory(session), actor, now=now),
           after={"next": issue.chair_next_at.isoformat() if issue.chair_next_at else None})  # fmt: skip
    show_changed(session, issue, now=now)
    return issue


def ask_for_more(session: Session, *, actor: Person, now: datetime, issue_id: int, text: str) -> Comment:
    """Ask the owner and the focal points; they answer with comments, and the asker is told."""
    issue = _before_decider(session, issue_id, actor=actor, now=now)
    question = keep_comment(session, issue, author_id=person_id(actor), text=checked(text, "text"), at=now, asks=True)
    chair_alerts.pause(session, issue, by=actor, now=now)
    who = directory(session)
    record(session, act="issue.ask", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           acting_for=chair_stood_for(who, actor, now=now), after={"text": question.text})  # fmt: skip
    people = [waited_for(who, issue), *who.focal_points(issue.area_id or 0)]
    tell(session, issue, IssueNews.ASKED, [p for p in people if p.here], occasion=str(question.id), now=now,
         besides=actor, comment_id=question.id)  # fmt: skip
    show_changed(session, issue, now=now)
    return question


def put_on_agenda(session: Session, *, actor: Person, now: datetime, issue_id: int) -> Issue:
    """Take it up at the next meeting; if whoever decides wishes it, reminders rest as after an acknowledgement."""
    issue = issue_to_change(session, issue_id, actor=actor)
    if issue.state is IssueState.ESCALATED and may_decide(directory(session), actor, issue, now=now):
        chair_alerts.pause(session, issue, by=actor, now=now)
    return refer(session, actor=actor, now=now, issue_id=issue_id)


def delegate(session: Session, *, actor: Person, now: datetime, issue_id: int, to_slack_id: str) -> Issue:
    """Let somebody else decide this one issue. Only the chair, or the acting chair, passes it on."""
    issue = issue_to_change(session, issue_id, actor=actor)
    require_delegating(session, issue, actor=actor, now=now)
    who = directory(session)
    chosen = member_chosen(session, to_slack_id, field="person")
    if chosen.id == actor.id:
        raise FieldRefusal("person", N_("You decide this already. Choose somebody else."))
    absence = who.absence(chosen, now=now)
    if absence is not None:
        raise FieldRefusal("person", N_("{person} is away until {last}. Choose somebody who is there."),
                           person=chosen.name, last=Day(absence.last_day))  # fmt: skip
    before, issue.delegate_id = issue.delegate_id, chosen.id
    session.add(issue)
    record(session, act="issue.delegate", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           acting_for=chair_stood_for(who, actor, now=now),
           before={"delegate": who.name_of(before) if before else None}, after={"delegate": chosen.name})  # fmt: skip
    chair_alerts.alert(session, issue, now=now, occasion="delegated")
    show_changed(session, issue, now=now)
    return issue


def may_record(session: Session, actor: Person, issue: Issue, *, now: datetime) -> bool:
    """Say whether a person may record a decision now: whoever decides, and the secretariat while a meeting is held."""
    who = directory(session)
    if may_decide(who, actor, issue, now=now):
        return True
    return is_secretariat(who, actor) and meeting_being_held(session, now=now) is not None


def require_before_chair(session: Session, issue: Issue, *, actor: Person, now: datetime) -> None:
    """Refuse everybody but whoever decides, and everything but an escalated issue."""
    who = directory(session)
    require_undecided(session, issue)
    if not may_decide(who, actor, issue, now=now):
        raise _not_theirs(who, issue, now=now)
    if issue.state is not IssueState.ESCALATED:
        raise Refusal(N_("{ref} is open, and not before the chair."), ref=issue.ref)


def require_delegating(session: Session, issue: Issue, *, actor: Person, now: datetime) -> None:
    """Refuse everybody but the chair, or the acting chair: a delegate passes nothing on."""
    require_before_chair(session, issue, actor=actor, now=now)
    who = directory(session)
    if not is_chair(who, actor, now=now):
        raise Denied(N_("Only the chair passes {ref} on. Ask {people}."), ref=issue.ref,
                      people=mentions(who.chairs_on_duty(now=now)))  # fmt: skip


def decider_of(session: Session, issue: Issue, *, actor: Person, now: datetime) -> Person:
    """Return whose decision it is that a person records now. Refuses who may not, and an issue that is settled."""
    who, meeting = directory(session), meeting_being_held(session, now=now)
    require_undecided(session, issue)
    if may_decide(who, actor, issue, now=now):
        return actor
    chairs = who.chairs_on_duty(now=now)
    if meeting is not None and is_secretariat(who, actor) and chairs:
        return chairs[0]
    raise _not_theirs(who, issue, now=now)


def _before_decider(session: Session, issue_id: int, *, actor: Person, now: datetime) -> Issue:
    issue = issue_to_change(session, issue_id, actor=actor)
    require_before_chair(session, issue, actor=actor, now=now)
    return issue


def _require_same_round(session: Session, issue: Issue, verdict: Verdict) -> None:
    """Refuse a decision on an issue that was returned or reopened since its form was opened, with what it missed."""
    if verdict.round in {None, issue.round}:
        return
    decision = last_decision(session, issue)
    if decision is None:
        raise FieldRefusal("text", N_("{ref} was reopened while you wrote. Look at it, then decide anew."),
                           ref=issue.ref)  # fmt: skip
    raise FieldRefusal("text", N_("Meanwhile {name} decided “{text}” ({decision}), and {ref} is open again. "
                                  "Look at it, then decide anew."), ref=issue.ref, decision=decision.ref,
                       name=directory(session).name_of(decision.decided_by_id), text=decision.text)  # fmt: skip


def _not_theirs(who: Directory, issue: Issue, *, now: datetime) -> Refusal:
    return Denied(N_("Only {people} can decide {ref}. Add a comment or your unit's position instead."),
                   ref=issue.ref, people=mentions(chair_alerts.deciders(who, issue, now=now)))  # fmt: skip


def _carry_out(
    session: Session, issue: Issue, decision: Decision, meeting: Meeting | None, *, actor: Person,
    owner: Person | None, due: date | None, now: datetime,
) -> None:  # fmt: skip
    withdraw(session, subject_of(issue), reason="decided", now=now, kinds=[NoticeKind.CHAIR_ALERT])
    chair_alerts.rest(session, issue)
    if decision.outcome is DecisionOutcome.RETURN:
        issue.owner_id = owner.id if owner is not None else issue.owner_id
        issue.due = due or issue.due
        end_round(session, issue, reason=SETTLED)
        open_again(session, issue, now=now)
        return
    if owner is not None:
        record_action(
            session,
            actor=actor,
            now=now,
            text=decision.text,
            owner=owner,
            due=due,
            decision=decision,
            issue=issue,
            meeting=meeting,
        )
    waits = decision.outcome is DecisionOutcome.ACTION
    issue.state = IssueState.DECIDED if waits else IssueState.CLOSED
    issue.settled_at, issue.settled_by_id = now, decision.decided_by_id
    session.add(issue)
    end_round(session, issue, reason=SETTLED)


def _deputies(session: Session, who: Directory, issue: Issue, *, now: datetime) -> list[Person]:
    """Return the deputies whom the issue reached, or whom it passed on its way to the chair."""
    passed = select(LadderStep.id).where(
        LadderStep.issue_id == issue.id, LadderStep.to == "deputy", LadderStep.state != LadderState.WAITING
    )
    return once(audience(who, issue, "deputy", now=now)) if session.exec(passed).first() is not None else []
