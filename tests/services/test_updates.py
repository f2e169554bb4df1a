"""Updates are posted by those who may, kept in every version, confirmed with measure, withdrawn within the cycle."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col

from foundation.database import Database
from foundation.errors import FieldRefusal
from models.delivery import NoticeKind
from models.journal import JournalEntry
from models.people import Person
from models.search import Passage
from models.updates import Health, Update, UpdateVersion
from services.directory import touch
from services.updates import SaySomething, confirm_update, edit_update, file_update, withdraw_update
from tests.services.update_desk import DAY, HOUR, START, UpdateDesk


@pytest.fixture
def desk(loaded: Database) -> UpdateDesk:
    return UpdateDesk(loaded)


def test_a_focal_point_posts_for_their_unit_and_everything_follows(desk: UpdateDesk) -> None:
    update = desk.filed("U0BO", changed="  Venue\u202e not confirmed ", next_steps="Ask UNFCCC")
    assert (update.changed, update.next_steps, update.cycle, update.late, update.version) == (
        "Venue not confirmed", "Ask UNFCCC", 0, False, 1,
    )  # fmt: skip
    assert update.language == "en"
    [card], [reply] = desk.notices(NoticeKind.AREA_CARD), desk.notices(NoticeKind.UPDATE_REPLY)
    assert (card.channel, reply.parent_key, reply.subject) == ("C0TASKFORCE", card.key, f"update:{update.id}")
    [passage] = desk.all(Passage)
    assert passage.folded == "venue not confirmed ask unfccc"
    [entry] = desk.all(JournalEntry, col(JournalEntry.act) == "update.post")
    assert (entry.subject, entry.actor_id, entry.for_id) == ("climate", update.author_id, None)


def test_there_is_one_card_an_area_and_cycle_and_a_reply_an_update(desk: UpdateDesk) -> None:
    desk.filed("U0BO")
    desk.filed("U0AMA")
    desk.filed("U0AMA", area="gender")
    assert len(desk.notices(NoticeKind.AREA_CARD)) == 2
    assert len(desk.notices(NoticeKind.UPDATE_REPLY)) == 3


def test_alternates_speak_for_the_unit_and_others_are_told_who_does(desk: UpdateDesk) -> None:
    assert desk.filed("U0TESS").unit_id == desk.filed("U0BO").unit_id
    refusal = desk.refused(file_update, "U0DEPT", area="climate", health=Health.DONE, changed="x")
    assert isinstance(refusal, FieldRefusal)
    assert refusal.field == "area"
    assert "Bo (sample)" in desk.said(refusal)


def test_the_secretariat_posts_on_behalf_and_both_names_are_kept(desk: UpdateDesk) -> None:
    update = desk.filed("U0SEC", unit="TSB", on_behalf="U0BO")
    assert update.for_id not in (None, update.author_id)
    [entry] = desk.all(JournalEntry, col(JournalEntry.act) == "update.post")
    assert (entry.actor_id, entry.for_id) == (update.author_id, update.for_id)
    assert desk.filed("U0SEC", on_behalf="U0BO").unit_id == update.unit_id


@pytest.mark.parametrize(
    ("actor", "given", "field"),
    [
        ("U0SEC", {}, "unit"),
        ("U0SEC", {"unit": "TSB"}, "for_whom"),
        ("U0SEC", {"unit": "BR", "on_behalf": "U0BO"}, "for_whom"),
        ("U0BO", {"on_behalf": "U0AMA"}, "for_whom"),
        ("U0BO", {"unit": "BR"}, "area"),
        ("U0BO", {"health": None}, "health"),
        ("U0BO", {"changed": " \u200b "}, "changed"),
        ("U0BO", {"changed": "x" * 3001}, "changed"),
        ("U0BO", {"next_steps": "x" * 3001}, "next"),
        ("U0BO", {"help_needed": "x" * 3001}, "help"),
    ],
)
def test_what_is_missing_wrong_or_too_long_is_refused_at_its_field_and_nothing_is_stored(
    desk: UpdateDesk, actor: str, given: dict[str, Any], field: str
) -> None:
    about: dict[str, Any] = {"area": "climate", "health": Health.DONE, "changed": "Venue", **given}
    refusal = desk.refused(file_update, actor, **about)
    assert isinstance(refusal, FieldRefusal)
    assert refusal.field == field
    assert desk.all(Update) == []
    assert desk.notices(NoticeKind.AREA_CARD) == []


def test_who_speaks_for_several_units_is_asked_for_which(desk: UpdateDesk) -> None:
    bo, cy = desk.filed("U0BO").author_id, desk.filed("U0CY").author_id
    with desk.database.transaction() as session:
        session.get_one(Person, cy).alternate_id = bo
        touch(session)
    refusal = desk.refused(file_update, "U0BO", area="climate", health=Health.DONE, changed="x")
    assert "TSB and BDT" in desk.said(refusal)
    assert desk.filed("U0BO", unit="BDT").unit_id != desk.filed("U0BO", unit="TSB").unit_id


def test_updates_after_the_deadline_count_and_are_marked_late(desk: UpdateDesk) -> None:
    desk.meeting(START + 10 * DAY)
    assert not desk.filed("U0BO", START + 9 * DAY).late
    assert desk.filed("U0BO", START + 9 * DAY + timedelta(seconds=1)).late


def test_every_version_is_kept_and_only_its_author_edits(desk: UpdateDesk) -> None:
    update = desk.filed("U0BO")
    edited = desk.act(
        edit_update, "U0BO", START + HOUR, update_id=update.id, health=Health.ON_TRACK, changed="Venue confirmed"
    )
    assert (edited.version, edited.edited_at, edited.posted_at) == (2, START + HOUR, START)
    versions = desk.all(UpdateVersion)
    assert [(v.version, v.health, v.changed) for v in versions] == [
        (1, Health.AT_RISK, "Venue not confirmed"), (2, Health.ON_TRACK, "Venue confirmed"),
    ]  # fmt: skip
    refusal = desk.refused(edit_update, "U0TESS", update_id=update.id, health=Health.DONE, changed="x")
    assert "Only Bo (sample)" in desk.said(refusal)
    assert [p.folded for p in desk.all(Passage)] == ["venue confirmed"]


def test_saving_without_a_change_makes_no_version(desk: UpdateDesk) -> None:
    update = desk.filed("U0BO")
    same = desk.act(edit_update, "U0BO", update_id=update.id, health=update.health, changed=update.changed)
    assert same.version == 1


def test_a_cycle_that_ended_keeps_its_updates_as_they_are(desk: UpdateDesk) -> None:
    desk.meeting(START + DAY)
    update = desk.filed("U0BO")
    later = START + DAY
    assert "ended" in desk.said(desk.refused(withdraw_update, "U0BO", later, update_id=update.id))
    assert "ended" in desk.said(
        desk.refused(edit_update, "U0BO", later, update_id=update.id, health=Health.DONE, changed="x")
    )


def test_who_no_longer_speaks_for_the_unit_changes_nothing(desk: UpdateDesk) -> None:
    update = desk.filed("U0TESS")
    bo = desk.filed("U0BO").author_id
    with desk.database.transaction() as session:
        session.get_one(Person, bo).alternate_id = None
        touch(session)
    refusal = desk.refused(edit_update, "U0TESS", update_id=update.id, health=Health.DONE, changed="x")
    assert isinstance(refusal, FieldRefusal)
    assert refusal.field == "changed"


def test_withdrawing_takes_back_the_update_and_what_confirmed_it(desk: UpdateDesk) -> None:
    update = desk.filed("U0BO")
    desk.act(withdraw_update, "U0BO", START + HOUR, update_id=update.id)
    [withdrawn] = desk.all(Update)
    assert withdrawn.withdrawn_at == START + HOUR
    assert desk.all(Passage) == []
    assert "withdrawn" in desk.said(desk.refused(withdraw_update, "U0BO", update_id=update.id))
    assert "no update" in desk.said(desk.refused(confirm_update, "U0BO", area="climate"))


def test_no_change_confirms_the_last_content_once_a_cycle_and_not_a_third_time_in_a_row(desk: UpdateDesk) -> None:
    assert "no update" in desk.said(desk.refused(confirm_update, "U0BO", area="climate"))
    content = desk.filed("U0BO")
    assert "already reported" in desk.said(desk.refused(confirm_update, "U0BO", area="climate"))
    for meeting in (1, 2, 3):
        desk.meeting(START + meeting * DAY)
    first = desk.confirmed("U0BO", START + DAY + HOUR)
    second = desk.confirmed("U0TESS", START + 2 * DAY + HOUR)
    assert first.confirms_id == second.confirms_id == content.id
    assert (second.changed, second.health) == ("", Health.AT_RISK)
    third = START + 3 * DAY + HOUR
    assert isinstance(desk.refused(confirm_update, "U0BO", third, area="climate"), SaySomething)
    desk.filed("U0BO", third, changed="Something new")
    desk.meeting(START + 4 * DAY)
    assert desk.confirmed("U0BO", START + 4 * DAY + HOUR).confirms_id not in (None, content.id)


def test_a_confirmation_has_no_text_to_edit_and_can_be_withdrawn(desk: UpdateDesk) -> None:
    desk.filed("U0BO")
    desk.meeting(START + DAY)
    kept = desk.confirmed("U0BO", START + DAY + HOUR)
    later = START + DAY + 2 * HOUR
    assert "no text" in desk.said(
        desk.refused(edit_update, "U0BO", later, update_id=kept.id, health=Health.DONE, changed="x")
    )
    desk.act(withdraw_update, "U0BO", later, update_id=kept.id)
    assert desk.confirmed("U0BO", later).id != kept.id


def test_a_restricted_area_has_no_card_in_the_shared_channel(desk: UpdateDesk) -> None:
    desk.filed("U0DI", area="resources")
    assert desk.notices(NoticeKind.AREA_CARD) == []
    assert desk.notices(NoticeKind.UPDATE_REPLY) == []
