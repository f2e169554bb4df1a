"""What whoever decides does in Slack: the buttons of the chair's alert, and their forms."""

from foundation.language import N_, Speakable, Words
from handlers import meeting_floor
from handlers.hints import number
from handlers.issue_texts import issue_of_click, issue_of_form, told
from handlers.request import Answer, Handler, Reply, Request
from models.issues import DecisionOutcome
from models.meetings import Meeting, MeetingState
from services import decisions
from services.decisions import Verdict
from services.directory import directory
from views import chair, ids
from views.blocks import Block


def acknowledge(request: Request) -> Reply:
    """**Acknowledge**: seen, reminders rest."""
    with request.transaction() as session:
        issue = issue_of_click(request, session)
        decisions.acknowledge(session, actor=request.actor, now=request.now, issue_id=issue.id or 0)
    return told(request, N_("Noted. You will not be reminded of {ref} for five working days."), ref=issue.ref)


def accept(request: Request) -> Reply:
    """**Accept proposal**."""
    with request.transaction() as session:
        issue = issue_of_click(request, session)
        decision = decisions.accept_proposal(session, actor=request.actor, now=request.now, issue_id=issue.id or 0)
    return told(request, N_("{decision} accepts the proposal for {ref}. Everyone concerned is told."),
                decision=decision.ref, ref=issue.ref)  # fmt: skip


def put_on_agenda(request: Request) -> Reply:
    """**Put on agenda**: by whoever decides, or by the secretariat and the deputies."""
    with request.transaction() as session:
        issue = issue_of_click(request, session)
        decisions.put_on_agenda(session, actor=request.actor, now=request.now, issue_id=issue.id or 0)
    return told(request, N_("{ref} is on the next agenda."), ref=issue.ref)


def open_decide(request: Request) -> Reply:
    """**Decide**."""
    with request.reading() as session:
        issue = issue_of_click(request, session)
        decisions.decider_of(session, issue, actor=request.actor, now=request.now)
    return _open(request, chair.decide_form(request.say, issue))


def open_ask(request: Request) -> Reply:
    """**Ask for more**."""
    with request.reading() as session:
        issue = issue_of_click(request, session)
        decisions.require_before_chair(session, issue, actor=request.actor, now=request.now)
    return _open(request, chair.ask_form(request.say, issue))


def open_delegate(request: Request) -> Reply:
    """**Delegate**."""
    with request.reading() as session:
        issue = issue_of_click(request, session)
        decisions.require_delegating(session, issue, actor=request.actor, now=request.now)
    return _open(request, chair.delegate_form(request.say, issue))


def decide(request: Request) -> Reply:
    """Record the decision."""
    chosen = request.typed(ids.OUTCOME)
    verdict = Verdict(
        DecisionOutcome(chosen) if chosen in set(DecisionOutcome) else None, request.typed(ids.TEXT),
        owner_slack_id=request.typed(ids.OWNER) or None, due=request.chosen_day(ids.DUE),
        round=number(request.metadata.get("round")) or None,
    )  # fmt: skip
    with request.transaction() as session:
        issue = issue_of_form(request, session)
        decision = decisions.decide(
            session, actor=request.actor, now=request.now, issue_id=issue.id or 0, verdict=verdict
        )
    answer = told(request, N_("{decision} on {ref} is recorded, and everyone concerned is told. {outcome}"),
                  decision=decision.ref, ref=issue.ref,
                  outcome=_outcome(decision.outcome or DecisionOutcome.CLOSE))  # fmt: skip
    return _on_the_floor(request, answer)


def _on_the_floor(request: Request, answer: Answer) -> Answer:
    """Answer whoever steers a meeting with its board, if that is where they came from."""
    with request.reading() as session:
        meeting = session.get(Meeting, number(request.metadata.get("meeting")))
        if meeting is None or meeting.state is not MeetingState.HELD:
            return answer
        return Answer(meeting_floor.board(request, session, meeting, said=answer.message.text))


def ask(request: Request) -> Reply:
    """Send the question."""
    with request.transaction() as session:
        issue = issue_of_form(request, session)
        decisions.ask_for_more(
            session, actor=request.actor, now=request.now, issue_id=issue.id or 0, text=request.typed(ids.TEXT)
        )
    return told(request, N_("Your question on {ref} goes to owner and focal points. You hear when they answer."),
                ref=issue.ref)  # fmt: skip


def delegate(request: Request) -> Reply:
    """Pass one issue on."""
    with request.transaction() as session:
        issue = issue_of_form(request, session)
        passed = decisions.delegate(
            session, actor=request.actor, now=request.now, issue_id=issue.id or 0, to_slack_id=request.typed(ids.PERSON)
        )
        name = directory(session).name_of(passed.delegate_id)
    return told(request, N_("{name} may decide {ref} now, and is told."), name=name, ref=issue.ref)


def _open(request: Request, form: Block) -> Reply:
    request.open_form(form)
    return None


def _outcome(outcome: DecisionOutcome) -> Speakable:
    return Words(_OUTCOMES[outcome], {})


_OUTCOMES = {
    DecisionOutcome.CLOSE: N_("The issue is closed."),
    DecisionOutcome.ACTION: N_("The issue waits for its action."),
    DecisionOutcome.RETURN: N_("The issue is open again, with a new ladder."),
}
ACTIONS: dict[str, Handler] = {
    ids.ISSUE_ACKNOWLEDGE: acknowledge,
    ids.ISSUE_ACCEPT: accept,
    ids.ISSUE_AGENDA: put_on_agenda,
    ids.ISSUE_DECIDE: open_decide,
    ids.ISSUE_ASK: open_ask,
    ids.ISSUE_DELEGATE: open_delegate,
}
FORMS: dict[str, Handler] = {
    ids.ISSUE_DECIDE_FORM: decide,
    ids.ISSUE_ASK_FORM: ask,
    ids.ISSUE_DELEGATE_FORM: delegate,
}
