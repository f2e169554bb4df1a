"""A draft is its writer's alone, is settled once, and waits where it was asked for."""

from datetime import datetime

import pytest
from sqlmodel import Session

from foundation.database import Database
from foundation.errors import FieldRefusal
from models.delivery import Notice, NoticeKind, NoticeState
from models.people import Person
from models.updates import Draft, Health
from services.directory import directory
from services.drafts import answer_with_draft, complete_draft, discard_draft, keep_draft, post_draft, read_draft
from services.typed_updates import TypedUpdate
from tests.services.update_desk import START, UpdateDesk


@pytest.fixture
def desk(loaded: Database) -> UpdateDesk:
    return UpdateDesk(loaded)


def kept(session: Session, *, actor: Person, now: datetime, health: Health | None = None, thread: str = "") -> Draft:
    draft = keep_draft(
        session, TypedUpdate(None, health, "Venue"), actor=actor, now=now, channel_id="D0BO", thread_ts=thread or None
    )
    answer_with_draft(session, draft, to=actor, now=now)
    return draft


def test_a_draft_is_posted_once_everything_is_there(desk: UpdateDesk) -> None:
    draft = desk.act(kept, "U0BO")
    refusal = desk.refused(post_draft, "U0BO", draft_id=draft.id)
    assert isinstance(refusal, FieldRefusal)
    assert refusal.field == "area"
    desk.act(complete_draft, "U0BO", draft_id=draft.id, area="climate")
    assert desk.refused(post_draft, "U0BO", draft_id=draft.id).args == refusal_about_health()
    desk.act(complete_draft, "U0BO", draft_id=draft.id, health=Health.DONE)
    assert desk.act(post_draft, "U0BO", draft_id=draft.id).changed == "Venue"
    assert "already" in desk.said(desk.refused(post_draft, "U0BO", draft_id=draft.id))
    assert "already" in desk.said(desk.refused(discard_draft, "U0BO", draft_id=draft.id))


def refusal_about_health() -> tuple[str, ...]:
    return ("Choose how the area stands: on track, at risk, off track or done.",)


def test_a_draft_belongs_to_its_writer(desk: UpdateDesk) -> None:
    draft = desk.act(kept, "U0BO", health=Health.DONE)
    assert "not yours" in desk.said(desk.refused(post_draft, "U0TESS", draft_id=draft.id))
    assert "not yours" in desk.said(desk.refused(post_draft, "U0TESS", draft_id=999))


def test_who_has_one_area_has_it_chosen_and_others_choose(desk: UpdateDesk) -> None:
    for slack_id, area in (("U0NADIA", None), ("U0CHAIR", None)):
        assert desk.act(kept, slack_id).area_id is area
    with desk.database.reading() as session:
        draft = desk.all(Draft)[0]
        shown = read_draft(session, draft, now=START)
        assert {area.key for area in shown.areas} == {"resources", "bsg"}
        assert directory(session).people_by_id[draft.author_id].slack_id == "U0NADIA"


def test_the_answer_goes_into_the_thread_of_the_reminder_that_was_answered(desk: UpdateDesk) -> None:
    with desk.database.transaction() as session:
        session.add(
            Notice(
                key="desk:1", kind=NoticeKind.DESK, subject="desk:1:0", channel="D0BO", ts="1.2",
                state=NoticeState.SENT, due_at=START, next_at=START, created_at=START,
            )
        )  # fmt: skip
    desk.act(kept, "U0BO", thread="1.2")
    desk.act(kept, "U0BO", thread="9.9")
    assert [n.parent_key for n in desk.notices(NoticeKind.DRAFT)] == ["desk:1", None]
