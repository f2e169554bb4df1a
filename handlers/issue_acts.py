"""What members do with issues, however they asked for it: the forms that open, and the acts with their answers."""

from datetime import date

from foundation.language import N_, Day
from handlers.hints import number
from handlers.issue_texts import answer_with_card, names, said, told
from handlers.request import Reply, Request
from models.issues import Issue
from services import issues
from services.areas import visible_areas
from services.directory import directory
from services.drafts import open_draft, settle_draft
from services.escalation import escalate, give_more_time, step_to_put_off
from services.issue_rights import require_reopening, require_resolving
from services.issues import Draft, card
from services.merging import merge
from services.objections import object_to, require_objecting
from services.positions import require_units, state_position
from services.rights import require_contributor
from views import ids, issue_forms
from views.issue_words import stance as stance_words
from views.issues import step_line


def open_comment(request: Request, issue: Issue) -> Reply:
    """Open the form for a comment."""
    with request.reading() as session:
        require_contributor(directory(session), request.actor)
    request.open_form(issue_forms.comment_form(request.say, issue))
    return None


def open_resolve(request: Request, issue: Issue) -> Reply:
    """Open the form for how it was settled, for whoever may."""
    with request.reading() as session:
        require_resolving(session, issue, actor=request.actor, now=request.now)
    request.open_form(issue_forms.resolve_form(request.say, issue))
    return None


def open_object(request: Request, issue: Issue) -> Reply:
    """Open the form for an objection, where there is something to object to."""
    with request.reading() as session:
        require_objecting(session, issue, actor=request.actor, now=request.now)
    request.open_form(issue_forms.object_form(request.say, issue))
    return None


def open_reopen(request: Request, issue: Issue) -> Reply:
    """Open the form for the reason, for whoever may."""
    with request.reading() as session:
        require_reopening(session, issue, actor=request.actor, now=request.now)
    request.open_form(issue_forms.reopen_form(request.say, issue))
    return None


def open_more_time(request: Request, issue: Issue) -> Reply:
    """Open the form for more time, for whoever may."""
    with request.reading() as session:
        step_to_put_off(session, issue, actor=request.actor, now=request.now)
    request.open_form(issue_forms.more_time_form(request.say, issue))
    return None


def open_position(request: Request, issue: Issue, *, stance: str | None = None, text: str = "") -> Reply:
    """Open the form for a unit's position, for whoever speaks for one."""
    with request.reading() as session:
        units = require_units(session, issue, actor=request.actor, now=request.now)
        positions = directory(session).task_force.positions
    request.open_form(issue_forms.position_form(request.say, issue, units, positions, stance=stance, text=text))
    return None


def open_raise_form(request: Request, draft: Draft) -> Reply:
    """Open the form that raises an issue, with what is known already."""
    with request.reading() as session:
        areas = visible_areas(directory(session), request.actor)
    request.open_form(issue_forms.raise_form(request.say, areas, draft))
    return None


# -- done ----------------------------------------------------------------------------------------------------------


def raise_draft(request: Request, draft: Draft, *, kept_id: int | None = None) -> Reply:
    """Raise an issue, and answer with it and the way it goes. `kept_id` is the draft that kept what was typed."""
    with request.transaction() as session:
        issue = issues.raise_issue(session, actor=request.actor, now=request.now, draft=draft)
        if kept_id is not None:
            settle_draft(
                session, open_draft(session, actor=request.actor, draft_id=kept_id, lock=True), None, now=request.now
            )
        seen = card(session, issue.id or 0, directory(session), request.now)
        sentence = said(request, N_("{ref} is raised."), ref=issue.ref)
        ahead = step_line(request.reader, seen.ladder)
        whole = " ".join(part for part in (sentence, ahead) if part)
        return answer_with_card(request, session, issue, said=whole, replace=kept_id is not None)


def post_comment(request: Request, issue: Issue, text: str) -> Reply:
    """Add a comment."""
    with request.transaction() as session:
        issues.add_comment(session, actor=request.actor, now=request.now, issue_id=issue.id or 0, text=text)
    return told(request, N_("Your comment on {ref} is added."), ref=issue.ref)


def post_position(request: Request, issue: Issue, stance: str, text: str, unit_id: int | None) -> Reply:
    """State a position, for one of the units the person speaks for."""
    with request.transaction() as session:
        stated = state_position(
            session, actor=request.actor, now=request.now, issue_id=issue.id or 0, stance=stance, text=text,
            unit_id=unit_id,
        )  # fmt: skip
        who = directory(session)
        unit = who.unit_key(stated.unit_id)
        noted = next(one for one in card(session, issue.id or 0, who, request.now).positions if one.unit == unit)
    return told(request, N_("The position of {unit} on {ref} is noted: {stance}."), unit=unit, ref=issue.ref,
                stance=stance_words(request.say, noted))  # fmt: skip


def set_owner(request: Request, issue: Issue, slack_id: str) -> Reply:
    """Give it its owner."""
    with request.transaction() as session:
        changed = issues.assign(
            session, actor=request.actor, now=request.now, issue_id=issue.id or 0, owner_slack_id=slack_id
        )
        owner = directory(session).name_of(changed.owner_id)
    return told(request, N_("{ref} is {name}'s now."), ref=issue.ref, name=owner)


def set_due(request: Request, issue: Issue, day: date | None) -> Reply:
    """Set or take away the due date; the reading is shown back."""
    with request.transaction() as session:
        issues.set_due(session, actor=request.actor, now=request.now, issue_id=issue.id or 0, due=day)
    if day is None:
        return told(request, N_("{ref} has no due date any more."), ref=issue.ref)
    return told(request, N_("{ref} is due on {day}."), ref=issue.ref, day=Day(day))


def escalate_now(request: Request, issue: Issue, reason: str = "") -> Reply:
    """Take it to the chair."""
    with request.transaction() as session:
        escalate(session, actor=request.actor, now=request.now, issue_id=issue.id or 0, reason=reason)
        seen = card(session, issue.id or 0, directory(session), request.now)
    return told(request, N_("{ref} is before the chair now: {people}."), ref=issue.ref, people=names(seen.deciders))


def resolve_with(request: Request, issue: Issue, text: str) -> Reply:
    """Settle it."""
    with request.transaction() as session:
        issues.resolve(session, actor=request.actor, now=request.now, issue_id=issue.id or 0, text=text)
    return told(request, N_("{ref} is resolved."), ref=issue.ref)


def object_with(request: Request, issue: Issue, text: str) -> Reply:
    """Disagree with its escalation or resolution."""
    with request.transaction() as session:
        object_to(session, actor=request.actor, now=request.now, issue_id=issue.id or 0, text=text)
        people = card(session, issue.id or 0, directory(session), request.now).deciders
    return told(request, N_("Your objection to {ref} is kept, and {people} can see it."), ref=issue.ref,
                people=names(people))  # fmt: skip


def merge_into(request: Request, issue: Issue, into: Issue) -> Reply:
    """Let it go on in another one of the same matter."""
    with request.transaction() as session:
        kept = merge(session, actor=request.actor, now=request.now, issue_id=issue.id or 0, into_id=into.id or 0)
        sentence = said(request, N_("{ref} goes on in {into}: what was said of it is shown here."), ref=issue.ref,
                        into=kept.ref)  # fmt: skip
        return answer_with_card(request, session, kept, said=sentence)


def reopen_for(request: Request, issue: Issue, reason: str) -> Reply:
    """Open it again."""
    with request.transaction() as session:
        issues.reopen(session, actor=request.actor, now=request.now, issue_id=issue.id or 0, reason=reason)
    return told(request, N_("{ref} is open again, with a new ladder."), ref=issue.ref)


def put_off(request: Request, issue: Issue) -> Reply:
    """Ask for more time before the next step."""
    with request.transaction() as session:
        step = give_more_time(
            session, actor=request.actor, now=request.now, issue_id=issue.id or 0,
            days=number(request.typed(ids.DAYS_MORE)), reason=request.typed(ids.REASON),
        )  # fmt: skip
    return told(request, N_("{ref} goes up on {moment} instead."), ref=issue.ref, moment=request.reader.when(step.at))
