"""What the tests of faults have in common: somebody reports something, and it is counted where it stands in Slack."""

import threading
from collections.abc import Callable
from itertools import count

from tests.e2e.stage import Stage, soon, start
from tests.slack_player import Answer, wait_for
from tests.slack_reading import words

See = Callable[[str, object], None]
"""pytest's `record_property`: what is recorded as `seen` stands in the table."""
PATIENCE = 90.0
"""Seconds until nothing is owed any more: a lease, settling and a few ticks."""

numbers = count(1)


def new_words() -> str:
    """Return words that nobody has said before."""
    return f"Words number {next(numbers)} end"


def report(stage: Stage, said: str) -> Answer:
    """Let a focal point report something."""
    return stage.player("tess").command(f"update emergency at-risk {said}")


def acknowledged(answer: Answer) -> bool:
    """Whether the bot has said that it is posted."""
    return "Posted" in answer.plain


def copies(stage: Stage, said: str) -> int:
    """Count the replies in the channel's threads that say it: each report has one, and one card for all."""
    return copies_of_each(stage, [said])[said]


def copies_of_each(stage: Stage, sayings: list[str]) -> dict[str, int]:
    """Count the same for many, by one look."""
    posts = stage.slack.posts("isc-tf")
    replies = [words(post) for post in posts if post.get("thread_ts", post["ts"]) != post["ts"]]
    return {said: sum(said in reply for reply in replies) for said in sayings}


def tries(stage: Stage, said: str) -> int:
    """Count the calls that were to say it in a thread."""
    posts = list(stage.slack.called("chat.postMessage"))
    return sum(said in str(call.payload) and "thread_ts" in call.payload for call in posts)


def rest(stage: Stage) -> None:
    """Wait until nothing is owed, on its way or in doubt."""
    wait_for(stage.bot.is_quiet, seconds=PATIENCE)


def lay_card(stage: Stage) -> None:
    """Make sure that the area's card stands, so that each report is one reply more."""
    said = new_words()
    assert acknowledged(report(stage, said))
    soon(lambda: copies(stage, said))
    rest(stage)


def come_back(stage: Stage, said: str) -> int:
    """Start the bot again, wait until it stands in Slack and nothing is owed, and count."""
    start(stage.slack, stage.bot)
    wait_for(lambda: copies(stage, said), seconds=PATIENCE)
    rest(stage)
    return copies(stage, said)


def pass_time(seconds: float) -> None:
    """Let real time pass: leases, locks and outages last."""
    threading.Event().wait(seconds)
