"""The bot was down over a deadline, or things change while it speaks: people see what is true, once."""

import pytest

from tests.e2e.stage import GENEVA, Stage, at, soon, spoken, start
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, rest
from tests.slack_player import wait_for
from tests.slack_reading import buttons_of

pytestmark = pytest.mark.long

LABELS = {"Post update", "Publier un point"}
PEOPLE = ("ama", "ben", "cy", "di", "tess", "ines", "pim", "bo", "dora")


@pytest.mark.fault(31)
def test_a_meeting_cancelled_while_its_reminders_are_being_sent_is_said_in_them(
    stage: Stage, bot: DoomedBot, record_property: See
) -> None:
    stage.player("sec").command("meeting schedule 2037-12-03 14:30 ISC-TF 43")
    rest(stage)
    stage.slack.faults.next(
        "chat.postMessage", "hang_after", times=4, seconds=4, match=lambda call: "D" in call["channel"]
    )
    stage.slack.go_to(at(GENEVA, "2037-11-25 14:31"))
    soon(lambda: [call for call in stage.slack.called("chat.postMessage") if _is_reminder(call.payload)])
    stage.player("sec").command("meeting cancel MTG-1")
    stage.slack.faults.clear()
    stage.slack.wait_until_followed(seconds=60)
    rest(stage)
    reminded = [dm for name in PEOPLE for dm in stage.reminders(name, "ISC-TF 43")]
    wait_for(lambda: all(not LABELS & set(buttons_of(dm)) for dm in _now(stage, reminded)), seconds=60)
    assert reminded
    assert all(len(stage.reminders(name, "ISC-TF 43")) <= 1 for name in PEOPLE)
    record_property("seen", f"{len(reminded)} reminders that were out say that the meeting is off; none twice")
    assert not bot.ended


def _is_reminder(payload: dict[str, object]) -> bool:
    return any(label in str(payload.get("blocks")) for label in LABELS)


def _now(stage: Stage, messages: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return messages as they stand now."""
    stood = {(message["channel"], message["ts"]) for message in messages}
    posts = [post for channel in {str(channel) for channel, _ in stood} for post in stage.slack.posts(channel)]
    return [post for post in posts if (post["channel"], post["ts"]) in stood]


@pytest.mark.fault(30)
def test_down_for_three_days_over_a_deadline_it_lists_what_can_no_longer_help(
    stage: Stage, bot: DoomedBot, record_property: See
) -> None:
    stage.player("sec").command("meeting schedule 2037-12-15 14:30 ISC-TF 44")
    stage.go_to(GENEVA, "2037-12-11 17:00")
    rest(stage)
    before = len(stage.reminders("ben", "ISC-TF 44"))
    bot.kill()
    stage.slack.go_to(at(GENEVA, "2037-12-14 17:00"))
    start(stage.slack, bot)
    rest(stage)
    assert len(stage.reminders("ben", "ISC-TF 44")) == before, "the deadline has passed: no reminder helps any more"
    stage.go_to(GENEVA, "2037-12-15 09:30")
    listed = soon(
        lambda: [dm for dm in stage.player("sec").dms() if "ISC-TF 44" in spoken(dm) or "MTG-2" in spoken(dm)]
    )
    rest(stage)
    record_property("seen", f"{before} DM before, none after the deadline; the secretariat has the list")
    assert listed
