"""The bot is killed between a command and its message: after the next start the message comes, once."""

import pytest

from tests.e2e.stage import GENEVA, Stage, at, soon, spoken, start

pytestmark = pytest.mark.parametrize(
    "stage", [("sqlite", "socket"), ("postgresql", "http")], indirect=True, scope="module", ids=["sqlite", "postgresql"]
)


@pytest.mark.fault(21)
def test_what_was_acknowledged_before_a_kill_is_posted_once_after_it(stage: Stage) -> None:
    stage.slack.faults.next("chat.postMessage", "429", times=1, retry_after=5)
    answer = stage.player("tess").command("update emergency at-risk Generators are late")
    assert answer.ephemeral
    soon(lambda: [call for call in stage.slack.called("chat.postMessage") if not call.accepted])
    soon(lambda: 'focal_notices{state="sending"} 0' in stage.bot.figures())
    stage.bot.kill()
    assert not [post for post in stage.slack.posts("isc-tf") if post.get("bot_id")]
    start(stage.slack, stage.bot)
    soon(lambda: len([post for post in stage.slack.posts("isc-tf") if post.get("bot_id")]) == 2)
    soon(stage.bot.is_quiet)
    posts = [spoken(post) for post in stage.slack.posts("isc-tf") if post.get("bot_id")]
    assert len(posts) == 2, "the card and the reply in its thread"
    assert all("Generators are late" in post for post in posts)


@pytest.mark.fault(30)
def test_what_fell_due_while_it_was_down_is_sent_once_when_it_is_back(stage: Stage) -> None:
    stage.player("sec").command("meeting schedule 2037-12-03 14:30 ISC-TF 43")
    soon(stage.bot.is_quiet)
    stage.bot.kill()
    stage.slack.go_to(at(GENEVA, "2037-11-30 09:30"))
    start(stage.slack, stage.bot)
    soon(lambda: stage.reminders("ben", "ISC-TF 43"))
    soon(stage.bot.is_quiet)
    assert len(stage.reminders("ben", "ISC-TF 43")) == 1, "of the steps missed the most urgent one"
