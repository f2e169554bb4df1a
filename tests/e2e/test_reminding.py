"""Scenes 1 to 3, in order: a meeting is scheduled, updates come in four ways, and who still owes is reminded fairly."""

import pytest

from tests.e2e.stage import BANGKOK, CAIRO, GENEVA, Json, Stage, soon, spoken
from tests.slack_reading import buttons_of, find_field

pytestmark = pytest.mark.parametrize(
    "stage", [("sqlite", "socket"), ("postgresql", "http")], indirect=True, scope="module", ids=["sqlite", "postgresql"]
)

EVERYBODY = ("ama", "ben", "bo", "tess", "cy", "dora", "nadia", "pim", "di", "el", "ines")
MEETING = "ISC-TF 43"


def heard(stage: Stage, about: str = MEETING) -> dict[str, int]:
    """How many messages each focal point has about a meeting."""
    return {name: len(stage.reminders(name, about)) for name in EVERYBODY}


def beside(message: Json, area: str) -> str:
    """What stands from an area's name to the next one in a reminder."""
    return spoken(message).partition(area)[2].partition("·\n")[0]


# -- scene 1 ----------------------------------------------------------------------------------------------------------


def test_the_secretariat_schedules_and_is_told_the_id_the_deadline_and_the_reminders(stage: Stage) -> None:
    answer = stage.player("sec").command(f"meeting schedule 2037-12-03 14:30 {MEETING}")
    assert answer.ephemeral
    assert "MTG-1" in answer.plain
    assert "2 December 2037, 14:30" in answer.plain, "the deadline, 24 hours before"
    assert "25 November 2037" in answer.plain, "the first of the reminders that it causes"
    assert "Undo" in answer.buttons


def test_the_channel_hears_of_it_once(stage: Stage) -> None:
    posts = soon(lambda: [post for post in stage.channel() if MEETING in spoken(post)])
    assert len(posts) == 1
    assert "3 December 2037, 14:30" in spoken(posts[0])


def test_undo_takes_a_scheduling_back(stage: Stage) -> None:
    secretariat = stage.player("sec")
    answer = secretariat.command("meeting schedule 2037-12-04 10:00 By mistake")
    assert "MTG-2" in answer.plain
    soon(lambda: [post for post in stage.channel() if "By mistake" in spoken(post)])
    secretariat.click(answer.message, "Undo")
    assert "cancelled" in secretariat.command("meeting show MTG-2").plain
    soon(lambda: all("cancelled" in spoken(post) for post in stage.channel() if "By mistake" in spoken(post)))


# -- scene 2 ----------------------------------------------------------------------------------------------------------


def test_one_focal_point_updates_by_command(stage: Stage) -> None:
    typed = "update climate at-risk Venue not confirmed | next: TSB to ask UNFCCC"
    assert stage.player("ama").command(typed).ephemeral
    card = stage.card("Climate change")
    assert "BR · 🟡 at risk" in spoken(card)
    assert "Venue not confirmed" in spoken(card)


def test_another_by_the_form(stage: Stage) -> None:
    tess = stage.player("tess")
    tess.command("update")
    tess.fill({"Area": "Emergency telecommunications", "Health": "off-track", "What changed": "Generators are late",
               "Next steps": "Ask the host", "Help needed": "A second supplier"})  # fmt: skip
    assert "C0TASKFORCE" in spoken(tess.modal) or "#isc-tf" in spoken(tess.modal), "it says where it will be posted"
    assert tess.submit() == {}
    assert "Generators are late" in spoken(stage.card("Emergency telecommunications"))


def test_a_third_by_writing_to_the_bot(stage: Stage) -> None:
    cy = stage.player("cy")
    cy.say("emergency: at risk - radio kits wait at customs")
    soon(cy.dms)
    draft = cy.dms()[-1]
    assert buttons_of(draft) == ["Post", "Edit", "Discard"]
    cy.click(draft, "Post")
    soon(lambda: "radio kits wait at customs" in spoken(stage.card("Emergency telecommunications")))
    soon(lambda: not buttons_of(cy.dms()[-1]))


def test_a_fourth_by_the_shortcut_of_a_message(stage: Stage) -> None:
    di = stage.player("di")
    di.say("The pavilion is booked", channel="general")
    di.message_shortcut("use_as_update", di.messages("general")[-1])
    assert di.filled()["What changed"] == "The pavilion is booked"
    di.fill({"Area": "Climate change", "Health": "on-track"})
    assert di.submit() == {}
    soon(lambda: "The pavilion is booked" in spoken(stage.card("Climate change")))


def test_each_area_has_one_card_and_each_update_a_reply_in_its_thread(stage: Stage) -> None:
    for area, said in {
        "Climate change": ("Venue not confirmed", "The pavilion is booked"),
        "Emergency telecommunications": ("Generators are late", "radio kits wait at customs"),
    }.items():
        card = stage.card(area)
        replies = soon(lambda card=card: _two(stage.thread(card)))  # type: ignore[misc]
        assert [any(text in spoken(reply) for reply in replies) for text in said] == [True, True]


def _two(replies: list[Json]) -> list[Json]:
    return replies if len(replies) == 2 else []


def test_an_edit_keeps_the_earlier_version_and_the_card_says_so(stage: Stage) -> None:
    tess, card = stage.player("tess"), stage.card("Emergency telecommunications")
    reply = next(each for each in stage.thread(card) if "Generators" in spoken(each))
    tess.click(reply, "Edit")
    assert tess.filled()["What changed"] == "Generators are late"
    tess.fill({"What changed": "Generators have arrived", "Health": "on-track"})
    assert tess.submit() == {}
    soon(lambda: "Generators have arrived" in spoken(stage.card("Emergency telecommunications")))
    assert "edited" in spoken(stage.card("Emergency telecommunications"))
    assert "Generators have arrived" in tess.command("history emergency").plain
    assert "Generators are late" in stage.player("sec").command("journal emergency").plain, "every version is kept"


def test_nobody_edits_what_another_unit_said(stage: Stage) -> None:
    reply = next(each for each in stage.thread(stage.card("Climate change")) if "pavilion" in spoken(each))
    answer = stage.player("tess").click(reply, "Edit")
    assert stage.player("tess").modal is None
    assert "Di (sample)" in answer.plain, "who can"


def test_what_is_withdrawn_is_owed_again(stage: Stage) -> None:
    ben = stage.player("ben")
    answer = ben.command("update communications on-track Newsletter sent")
    ben.click(answer.message, "Withdraw")
    soon(lambda: "0 of 4" in spoken(stage.card("Communications")))
    assert "Communications" in ben.command("").plain
    assert "no word yet" in _communications(ben.open_home())


def _communications(home: Json | None) -> str:
    """The line of an area in App Home's board."""
    return next((line for line in reversed(spoken(home).splitlines()) if "Communications" in line), "")


def test_the_board_is_current(stage: Stage) -> None:
    board = stage.player("obs").command("status")
    assert board.ephemeral
    lines = board.plain.splitlines()
    assert any("Climate change" in line and "🟡" in line and "at risk" in line for line in lines)
    assert "Share here" in board.buttons


def test_two_have_done_their_part(stage: Stage) -> None:
    ines = stage.player("ines")
    assert ines.command("update smes on-track Pilot launched").ephemeral
    assert ines.command("update youth ✅ Forum closed").ephemeral
    stage.card("Youth")


# -- scene 3 ----------------------------------------------------------------------------------------------------------


def test_nobody_hears_anything_before_the_first_step(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-11-25 14:29")
    assert set(heard(stage).values()) == {0}


def test_at_the_first_step_each_who_owes_and_is_at_work_gets_one_message(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-11-25 14:31")
    assert heard(stage) == dict.fromkeys(EVERYBODY, 1) | {"pim": 0, "ines": 0}


def test_in_bangkok_it_is_evening_by_then_and_the_message_comes_in_the_morning(stage: Stage) -> None:
    stage.go_to(BANGKOK, "2037-11-26 08:59")
    assert not stage.reminders("pim", MEETING)
    stage.go_to(BANGKOK, "2037-11-26 09:01")
    [message] = stage.reminders("pim", MEETING)
    assert "2 December 2037, 20:30 (Bangkok time)" in spoken(message)
    assert "Events coordination" in spoken(message)
    assert "Emergency" not in spoken(message), "Cy has posted for the unit"


def test_in_cairo_it_names_the_hour_of_cairo_and_the_area_in_arabic(stage: Stage) -> None:
    [message] = stage.reminders("nadia", MEETING)
    assert "2 December 2037, 15:30 (Cairo time)" in spoken(message)
    assert "سد الفجوة التقييسية" in spoken(message)


def test_in_french_it_is_french_throughout(stage: Stage) -> None:
    [message] = stage.reminders("ama", MEETING)
    assert "2 décembre 2037" in spoken(message)
    assert "Accessibilité" in spoken(message)
    assert "Changements climatiques" not in spoken(message), "what she has posted is not asked for"
    assert not {"Post update", "Not mine", "I'm away"} & set(buttons_of(message))


def test_it_has_a_row_of_buttons_for_each_area_and_some_for_all(stage: Stage) -> None:
    [message] = stage.reminders("ben", MEETING)
    asked = ("Emergency telecommunications", "Communications", "Resource mobilization", "Bridging the Standards Gap")
    assert all(area in spoken(message) for area in asked)
    assert buttons_of(message).count("Post update") == 4
    assert buttons_of(message).count("Not mine") == 4
    assert buttons_of(message).count("I'm away") == 1
    assert "No change" not in buttons_of(message), "there is nothing yet to confirm"
    assert find_field(message, "Snooze")


def test_post_update_opens_the_form_of_its_area_and_the_row_is_done_everywhere(stage: Stage) -> None:
    ben = stage.player("ben")
    [message] = stage.reminders("ben", MEETING)
    ben.click(message, "Post update", beside="Communications")
    assert ben.filled()["Area"] == "Communications"
    ben.fill({"Health": "on-track", "What changed": "Newsletter sent again"})
    assert ben.submit() == {}
    soon(lambda: buttons_of(stage.reminders("ben", MEETING)[0]).count("Post update") == 3)
    soon(lambda: "1 of 4" in spoken(stage.card("Communications")))


def test_snooze_brings_it_back_an_hour_later_in_place_of_the_next_step(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-11-27 10:00")
    tess = stage.player("tess")
    tess.choose(stage.reminders("tess", MEETING)[0], "Snooze", "1 hour")
    stage.go_to(GENEVA, "2037-11-27 10:59")
    assert len(stage.reminders("tess", MEETING)) == 1
    stage.go_to(GENEVA, "2037-11-27 11:01")
    first, second = stage.reminders("tess", MEETING)
    soon(lambda: not buttons_of(stage.reminders("tess", MEETING)[0]))
    assert "Post update" in buttons_of(second)
    assert "2 December 2037, 14:30" in spoken(second), "the deadline has not moved"
    assert first["ts"] != second["ts"]


def test_an_answer_in_the_thread_of_a_reminder_becomes_a_draft_there(stage: Stage) -> None:
    tess = stage.player("tess")
    reminder = stage.reminders("tess", MEETING)[-1]
    tess.say("gender: on track - the panel is balanced", thread_ts=reminder["ts"])
    draft = soon(lambda: [dm for dm in tess.dms() if "the panel is balanced" in spoken(dm)])[-1]
    assert draft["thread_ts"] == reminder["ts"]
    tess.click(draft, "Post")
    soon(lambda: "Gender · TSB: reported" in spoken(stage.reminders("tess", MEETING)[-1]))


def test_not_mine_asks_why_and_tells_the_secretariat_who_reassigns(stage: Stage) -> None:
    cy, secretariat = stage.player("cy"), stage.player("sec")
    [message] = stage.reminders("cy", MEETING)
    cy.click(message, "Not mine", beside="Resource mobilization")
    cy.fill({"Why": "Nadia does it alone"})
    assert cy.submit() == {}
    soon(lambda: buttons_of(stage.reminders("cy", MEETING)[0]).count("Not mine") == 1)
    told = soon(lambda: [dm for dm in secretariat.dms() if "Nadia does it alone" in spoken(dm)])[-1]
    assert "Resource mobilization" in spoken(told)
    assert "Cy (sample)" in spoken(told)


def test_i_am_away_sends_the_rest_to_the_alternate(stage: Stage) -> None:
    di = stage.player("di")
    di.click(stage.reminders("di", MEETING)[0], "I'm away")
    di.fill({"First day away": "2037-11-28", "Last day away": "2037-12-03", "Alternate": "U0EL"})
    assert di.submit() == {}
    assert "away" in di.command("away").plain


def test_cairo_works_on_sunday_and_geneva_does_not(stage: Stage) -> None:
    before = heard(stage)
    stage.go_to(CAIRO, "2037-11-29 15:31")
    assert heard(stage) == before | {"nadia": 2}


def test_on_monday_the_second_step_comes_to_who_neither_snoozed_nor_is_away(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-11-30 09:01")
    assert heard(stage) == dict.fromkeys(EVERYBODY, 2) | {"di": 1, "ines": 0}
    assert buttons_of(stage.reminders("cy", MEETING)[-1]).count("Post update") == 1, "climate change alone"
    assert "Di (sample)" in spoken(stage.reminders("el", MEETING)[-1]), "the alternate is told why"
    soon(lambda: not buttons_of(stage.reminders("ben", MEETING)[0]))  # older steps lose their buttons


def test_who_is_away_shows_as_away_and_not_as_missing(stage: Stage) -> None:
    page = spoken(stage.player("sec").command("status events").message)
    assert "away" in next(line for line in page.splitlines() if "GS" in line)


def test_who_has_posted_everything_hears_no_more_and_the_message_says_so(stage: Stage) -> None:
    assert stage.player("pim").command("update events done Rooms assigned").ephemeral
    soon(lambda: not set(buttons_of(stage.reminders("pim", MEETING)[-1])) & {"Post update", "Not mine", "I'm away"})
    stage.go_to(GENEVA, "2037-12-02 14:29")
    assert len(stage.reminders("pim", MEETING)) == 2
    assert heard(stage)["ines"] == 0
    assert max(heard(stage).values()) <= 4


def test_what_comes_after_the_deadline_counts_and_is_marked_late(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-12-02 15:00")
    assert stage.player("tess").command("update smes at-risk Survey delayed").ephemeral
    soon(lambda: "late" in spoken(stage.card("Participation of SMEs")))


def test_the_meeting_is_held_and_the_reminders_are_over(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-12-03 14:30")
    assert "MTG-1" in stage.player("sec").command("meeting hold MTG-1").plain
    soon(lambda: "over" in spoken(stage.reminders("nadia", MEETING)[0]))


def test_no_change_confirms_the_last_update_in_one_click(stage: Stage) -> None:
    stage.player("sec").command("meeting schedule 2037-12-17 14:30 ISC-TF 44")
    stage.go_to(GENEVA, "2037-12-09 14:31")
    tess = stage.player("tess")
    [message] = stage.reminders("tess", "ISC-TF 44")
    tess.click(message, "No change", beside="Emergency telecommunications")
    soon(lambda: _confirmed(stage))
    assert "23 November 2037" in _confirmed(stage), "its original date"


def _confirmed(stage: Stage) -> str:
    cards = [spoken(post) for post in stage.channel() if spoken(post).startswith("Emergency telecommunications")]
    return next((card for card in cards if "no change" in card), "")


def test_a_public_holiday_is_no_working_day_and_who_reported_done_owes_nothing(stage: Stage) -> None:
    stage.go_to(BANGKOK, "2037-12-10 18:00")
    assert not stage.reminders("pim", "ISC-TF 44"), "it is Constitution Day in Thailand"
    stage.go_to(BANGKOK, "2037-12-11 09:01")
    [message] = stage.reminders("pim", "ISC-TF 44")
    assert "Emergency telecommunications" in spoken(message)
    assert "Events coordination" not in spoken(message), "it is done"
    assert "Events coordination" in spoken(stage.reminders("di", "ISC-TF 44")[0])


def test_a_home_that_was_opened_follows_what_changes(stage: Stage) -> None:
    ben = stage.player("ben")
    soon(lambda: "on track" in _communications(ben.home()))  # it is drawn anew every half minute at most


def test_it_ends_when_told_and_has_logged_no_error(stage: Stage) -> None:
    assert stage.bot.stop() == 0
    assert stage.bot.errors() == []
