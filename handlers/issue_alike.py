"""Raising an issue that looks like another: the person is asked first, and nothing of what they wrote is lost."""

from sqlmodel import Session

from foundation.language import N_
from handlers import issue_acts as acts
from handlers.hints import number
from handlers.issue_texts import answer_with_card, said
from handlers.request import Answer, Reply, Request, Show
from services.areas import visible_areas
from services.directory import directory
from services.drafts import keep_draft, open_draft, settle_draft
from services.issue_cards import IssueCard
from services.issue_likeness import add_to, alike
from services.issue_lookup import find_issue
from services.issues import Draft, card
from services.rights import require_contributor
from services.typed_updates import TypedUpdate
from views import ids, issue_forms
from views.issue_alike import alike_answer, alike_in_form, as_comments


def raise_or_ask(request: Request, draft: Draft, *, typed: str) -> Reply:
    """Raise what was typed, or keep it and ask by buttons."""
    with request.reading() as session:
        like = _alike(session, request, draft)
    if not like:
        return acts.raise_draft(request, draft)
    with request.transaction() as session:
        kept = keep_draft(
            session, TypedUpdate(None, None, typed, named=draft.title), actor=request.actor, now=request.now
        )
        return Answer(alike_answer(request.reader, like, draft_id=kept.id or 0, area_id=draft.area_id))


def raise_or_ask_in_form(request: Request, draft: Draft) -> Reply:
    """Raise what the form holds, add it where it was asked to be added, or ask in the form itself."""
    chosen = request.typed(ids.ALIKE)
    if chosen == ids.ANYWAY:
        return acts.raise_draft(request, draft)
    with request.reading() as session:
        if chosen:
            issue = find_issue(session, chosen, actor=request.actor)
            return _add(request, issue.id or 0, draft)
        like = _alike(session, request, draft)
        areas = visible_areas(directory(session), request.actor)
    if not like:
        return acts.raise_draft(request, draft)
    return Show(issue_forms.raise_form(request.say, areas, draft, asked=alike_in_form(request.reader, like)))


def raise_kept(request: Request) -> Reply:
    """**Raise anyway**."""
    draft_id, _, area_id = request.value.partition(":")
    with request.reading() as session:
        kept = open_draft(session, actor=request.actor, draft_id=number(draft_id))
    return acts.raise_draft(request, Draft.of_text(kept.changed, area_id=number(area_id) or None), kept_id=kept.id)


def add_kept(request: Request) -> Reply:
    """**Add to ISS-3**."""
    draft_id, _, issue_id = request.value.partition(":")
    with request.reading() as session:
        kept = open_draft(session, actor=request.actor, draft_id=number(draft_id))
    return _add(request, number(issue_id), Draft.of_text(kept.changed), kept_id=kept.id)


def _add(request: Request, issue_id: int, draft: Draft, *, kept_id: int | None = None) -> Reply:
    texts = as_comments(request.say, draft)
    with request.transaction() as session:
        issue = add_to(session, actor=request.actor, now=request.now, issue_id=issue_id, texts=texts)
        if kept_id is not None:
            kept = open_draft(session, actor=request.actor, draft_id=kept_id, lock=True)
            settle_draft(session, kept, None, now=request.now)
        sentence = said(request, N_("What you wrote is added to {ref}."), ref=issue.ref)
        return answer_with_card(request, session, issue, said=sentence, replace=kept_id is not None)


def _alike(session: Session, request: Request, draft: Draft) -> list[IssueCard]:
    who = directory(session)
    require_contributor(who, request.actor)
    found = alike(session, actor=request.actor, title=draft.title, area_id=draft.area_id)
    return [card(session, issue.id or 0, who, request.now) for issue in found]
