"""Slack's own signed request, recorded and sent again within the five minutes that its signature holds."""

from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from foundation.clock import Clock
from practice.http_delivery import encode, sign
from tests.e2e.stage import Stage
from tests.e2e.stage import stage as set_stage
from tests.faults.table import DATABASES
from tests.faults.telling import See, copies, lay_card, new_words, rest
from tests.slack_player import wait_for


@pytest.mark.fault(35)
@pytest.mark.parametrize("database", DATABASES)
def test_a_signed_body_sent_again_has_no_second_effect(
    new_url: Callable[[str, Path], str], tmp_path: Path, database: str, record_property: See
) -> None:
    with set_stage(tmp_path, new_url(database, tmp_path), "http") as stage:
        lay_card(stage)
        said = new_words()
        recorded = signed(stage, said)
        answers = [post(stage, *recorded) for _ in range(3)]
        wait_for(lambda: copies(stage, said), seconds=60)
        rest(stage)
        assert copies(stage, said) == 1
        assert [status for status, _ in answers] == [200, 200, 200]
        record_property("seen", "sent 3 times: answered, 1 row, 1 post")


def signed(stage: Stage, said: str) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of a command as Slack sends them."""
    kind, body = encode(
        "slash_commands",
        {
            "command": "/isctf", "text": f"update emergency at-risk {said}", "user_id": "U0TESS",
            "team_id": "T0PRACTICE", "channel_id": "C0TASKFORCE", "trigger_id": "1.2.recorded",
            "response_url": f"{stage.slack.url}/respond/none",
        },
    )  # fmt: skip
    now = int(Clock().real().timestamp())
    return body, {"Content-Type": kind, **sign(body, secret=stage.slack.signing_secret, timestamp=now)}


def post(stage: Stage, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """Send it to the bot's address."""
    address = stage.bot.printed(r"http://127\.0\.0\.1:\d+/slack/events")
    with urlopen(Request(address, body, headers), timeout=60) as answer:  # noqa: S310
        return answer.status, str(answer.read(), "utf-8")
