"""Scene 4, in order: what focal points cannot settle climbs in working time to the chair, who decides it."""

import pytest

from tests.e2e.stage import GENEVA, Stage, soon, spoken
from tests.slack_reading import buttons_of

pytestmark = pytest.mark.parametrize(
    "stage", [("sqlite", "http"), ("postgresql", "socket")], indirect=True, scope="module", ids=["sqlite", "postgresql"]
)

TITLE = "Who pays for the pavilion?"
PROPOSAL = "Each Sector pays a quarter"
DECISION = "The General Secretariat advances it"
DEPUTIES = ("depr", "dept", "depd", "depg")
ALERT_BUTTONS = ["Acknowledge", "Decide", "Accept proposal", "Ask for more", "Put on agenda", "Delegate"]


def heard(stage: Stage, *names: str, about: str = "ISS-1") -> list[int]:
    """How many messages each of these people has about an issue."""
    return [len(stage.reminders(name, about)) for name in names]


def test_an_issue_is_raised_from_a_message_on_a_friday_afternoon(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-12-04 16:00")
    cy = stage.player("cy")
    cy.say(f"{TITLE}\nThe host wants to know by Christmas.", channel="general")
    cy.message_shortcut("raise_issue", cy.messages("general")[-1])
    assert cy.filled()["Title"] == TITLE
    cy.fill({"Area": "Climate change", "Proposed solution": PROPOSAL, "Severity": "normal"})
    assert cy.submit() == {}
    shown = spoken(cy.command("issue show ISS-1").message)
    assert TITLE in shown
    assert "The host wants to know by Christmas." in shown
    assert "18 December 2037, 16:00" in shown, "ten working days to the chair"


def test_the_focal_points_of_the_area_are_told_and_nobody_else(stage: Stage) -> None:
    soon(lambda: heard(stage, "ama", "bo", "di", "el") == [1, 1, 1, 1])
    assert heard(stage, "cy", "ben", "tess", "pim", *DEPUTIES, "chair") == [0] * 9


def test_units_state_positions_and_the_last_one_of_a_unit_stands(stage: Stage) -> None:
    assert stage.player("cy").command("issue position ISS-1 agree").ephemeral
    stage.player("ama").command("issue position ISS-1 agree")
    stage.player("ama").command("issue position ISS-1 object It is not in our budget")
    di = stage.player("di")
    di.click(stage.reminders("di", "ISS-1")[0], "Position")
    di.fill({"Position": "comments", "Reason": "A quarter is too little"})
    assert di.submit() == {}
    shown = spoken(di.command("issue show ISS-1").message)
    assert "BDT: agrees" in shown
    assert "BR: objects" in shown
    assert "GS: comments" in shown
    assert "It is not in our budget" in shown
    assert "BR: agrees" not in shown
    assert "TSB" in shown, "who has not stated one is named"


def test_a_position_is_stated_by_who_speaks_for_a_unit(stage: Stage) -> None:
    refused = stage.player("pim").command("issue position ISS-1 agree")
    assert refused.ephemeral
    assert "Cy (sample)" in refused.plain or "U0CY" in refused.plain


def test_a_regional_office_comments_and_an_observer_does_not(stage: Stage) -> None:
    assert stage.player("rdaf").command("issue comment ISS-1 Addis would host the stand").ephemeral
    assert "observers" in stage.player("obs").command("issue comment ISS-1 I see").plain
    shown = stage.player("obs").command("issue show ISS-1").plain
    assert "Addis would host the stand" in shown
    assert "I see" not in shown


def test_the_channel_has_one_post_of_it_kept_current(stage: Stage) -> None:
    def current() -> list[str]:
        posts = [spoken(post) for post in stage.slack.posts("isc-tf") if TITLE in spoken(post)]
        return posts if posts and "A quarter is too little" in posts[0] else []

    assert len(soon(current)) == 1


def test_who_would_be_bypassed_is_told_one_working_day_ahead(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-12-10 15:59")
    assert heard(stage, "cy", "ama", *DEPUTIES) == [0, 1, 0, 0, 0, 0]
    stage.go_to(GENEVA, "2037-12-10 16:01")
    assert heard(stage, "cy", "ama", *DEPUTIES) == [1, 2, 0, 0, 0, 0]
    [announced] = stage.reminders("cy", "ISS-1")
    assert "11 December 2037, 16:00" in spoken(announced)
    assert {"Resolve", "More time", "Escalate now"} <= set(buttons_of(announced))


def test_more_time_shifts_the_rest_of_the_ladder_once(stage: Stage) -> None:
    cy = stage.player("cy")
    [announced] = stage.reminders("cy", "ISS-1")
    cy.click(announced, "More time")
    cy.fill({"Working days": "3", "Reason": "The host answers on Monday"})
    assert cy.submit() == {}
    shown = spoken(cy.command("issue show ISS-1").message)
    assert "16 December 2037, 16:00" in shown
    assert "23 December 2037, 16:00" in shown
    assert "The host answers on Monday" in shown
    soon(lambda: "More time" not in buttons_of(stage.reminders("cy", "ISS-1")[0]))


def test_the_deputies_hear_when_their_step_comes_and_not_before(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-12-16 15:59")
    assert heard(stage, *DEPUTIES, "chair") == [0, 0, 0, 0, 0]
    stage.go_to(GENEVA, "2037-12-16 16:01")
    assert heard(stage, *DEPUTIES, "chair") == [1, 1, 1, 1, 0]


def test_another_issue_is_resolved_by_who_may_and_those_concerned_are_told(stage: Stage) -> None:
    tess = stage.player("tess")
    assert "ISS-2" in tess.command("issue raise emergency Spare radios are missing").plain
    assert "Only" in stage.player("rdaf").command("issue resolve ISS-2 Let us forget it").plain
    assert "ISS-2" in tess.command("issue resolve ISS-2 They were in the store").plain
    assert "resolved" in tess.command("issue show ISS-2").plain
    stage.go_to(GENEVA, "2037-12-17 10:00")
    told = stage.reminders("ben", "ISS-2")
    assert any("They were in the store" in spoken(message) for message in told)


def test_the_chair_is_alerted_in_french_with_all_that_is_needed_to_decide(stage: Stage) -> None:
    stage.go_to(GENEVA, "2037-12-23 15:59")
    assert heard(stage, "chair") == [0]
    stage.go_to(GENEVA, "2037-12-23 16:01")
    [alert] = stage.reminders("chair", "ISS-1")
    shown = spoken(alert)
    for needed in (TITLE, PROPOSAL, "BR", "It is not in our budget", "Rita (sample)", "Addis would host the stand",
                   "The host answers on Monday", "16 décembre 2037"):  # fmt: skip
        assert needed in shown, shown
    assert not set(ALERT_BUTTONS) & set(buttons_of(alert))
    assert len(buttons_of(alert)) == len(ALERT_BUTTONS)


def test_once_escalated_nobody_but_the_chair_settles_it(stage: Stage) -> None:
    refused = stage.player("cy").command("issue resolve ISS-1 We pay")
    assert refused.ephemeral
    assert "escalated" in stage.player("cy").command("issue list escalated").plain
    assert "ISS-1" in stage.player("cy").command("issue list escalated").plain


def test_unacknowledged_it_comes_again_after_two_working_days_in_the_language_now_chosen(stage: Stage) -> None:
    stage.player("chair").command("settings language en")
    stage.go_to(GENEVA, "2037-12-28 15:59")
    assert heard(stage, "chair") == [1]
    stage.go_to(GENEVA, "2037-12-28 16:01")
    _, reminder = stage.reminders("chair", "ISS-1")
    assert buttons_of(reminder) == ALERT_BUTTONS
    soon(lambda: not buttons_of(stage.reminders("chair", "ISS-1")[0]))


def test_the_chair_acknowledges_and_hears_nothing_for_five_working_days(stage: Stage) -> None:
    chair = stage.player("chair")
    chair.click(stage.reminders("chair", "ISS-1")[-1], "Acknowledge")
    soon(lambda: "Acknowledge" not in buttons_of(stage.reminders("chair", "ISS-1")[-1]))
    stage.go_to(GENEVA, "2037-12-30 18:00")
    assert heard(stage, "chair") == [2]


def test_the_chair_asks_for_more_and_the_answer_comes_back(stage: Stage) -> None:
    chair, cy = stage.player("chair"), stage.player("cy")
    chair.click(stage.reminders("chair", "ISS-1")[-1], "Ask for more")
    chair.fill({"Question": "What did we pay last year?"})
    assert chair.submit() == {}
    stage.go_to(GENEVA, "2038-01-04 09:01")
    asked = [message for message in stage.reminders("cy", "ISS-1") if "What did we pay last year?" in spoken(message)]
    assert len(asked) == 1
    cy.click(asked[0], "Comment")
    cy.fill({"Comment": "Forty thousand francs"})
    assert cy.submit() == {}
    soon(lambda: any("Forty thousand francs" in spoken(dm) for dm in stage.player("chair").dms()))


def test_nobody_else_is_offered_to_decide(stage: Stage) -> None:
    for name, offered in {"chair": True, "cy": False, "dept": False, "sec": False, "obs": False}.items():
        answer = stage.player(name).command("issue show ISS-1")
        assert ("Decide" in answer.buttons) is offered, name


def test_the_chair_decides_and_every_copy_of_the_alert_shows_the_outcome(stage: Stage) -> None:
    chair = stage.player("chair")
    chair.click(stage.reminders("chair", "ISS-1")[1], "Decide")
    chair.fill({"Outcome": "With an action", "Decision": DECISION, "Owner": "U0DI", "Due": "2038-01-20"})
    assert chair.submit() == {}

    def copies() -> bool:
        alerts = stage.reminders("chair", "ISS-1")[:2]
        return all("DEC-1" in spoken(copy) and DECISION in spoken(copy) for copy in alerts)

    soon(copies)
    assert not any(set(buttons_of(copy)) & set(ALERT_BUTTONS) for copy in stage.reminders("chair", "ISS-1")[:2])
    assert "decided" in chair.command("issue show ISS-1").plain


def test_everyone_concerned_is_told(stage: Stage) -> None:
    concerned = ("cy", "ama", "bo", "el", "di", *DEPUTIES, "rdaf")

    def told() -> list[str]:
        return [name for name in concerned if any(DECISION in spoken(dm) for dm in stage.player(name).dms())]

    stage.go_to(GENEVA, "2038-01-05 10:00")
    assert told() == list(concerned)
    soon(lambda: any(DECISION in spoken(post) for post in stage.slack.posts("isc-tf")))


def test_the_issue_is_closed_when_its_action_is_done(stage: Stage) -> None:
    di = stage.player("di")
    assert "ACT-1" in di.command("action list mine").plain
    assert "ACT-1" in di.command("action done ACT-1 Paid on 5 January").plain
    shown = di.command("issue show ISS-1").plain
    assert "closed" in shown
    assert "Paid on 5 January" in shown


def test_the_journal_has_every_step_with_who_took_it(stage: Stage) -> None:
    journal = stage.player("obs").command("journal ISS-1").plain
    assert all(word in journal for word in ("Cy (sample)", "Chair (sample)", "Di (sample)", "DEC-1"))
    assert stage.player("cy").command("journal ISS-1").ephemeral


def test_it_ends_when_told_and_has_logged_no_error(stage: Stage) -> None:
    assert stage.bot.stop() == 0
    assert stage.bot.errors() == []
