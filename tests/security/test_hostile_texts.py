"""Whatever is typed into whichever field: refused visibly or kept clean, and inert wherever it is shown again."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from foundation.spreadsheets import inert
from handlers.entrance import Door
from operations.export import journal_csv
from tests.focal_app import focal
from tests.security.act import Act
from tests.security.conftest import Stage
from tests.security.people import PEOPLE, SECRETARIAT
from tests.security.scene import Scene
from tests.security.table import TABLE
from tests.security.wire import view_of
from tests.slack_reading import Json
from tests.slack_world import SlackWorld

PINGS = "<!channel> <!here> <!everyone> <!subteam^S1> <@U0EVIL> <#C0EVIL> <https://evil.example|click> <mailto:e@x.y|m>"
LIVE = re.compile(r"<(?:!(?:channel|here|everyone|subteam)|@U0EVIL|#C0EVIL|https://evil|mailto:)")
SNIPPETS = st.sampled_from([
    PINGS, "\0", "\u202e", "\u2066", "\ud800", "\u200b", "\ufeff", "😀" * 200, "=cmd|'/c calc'!A0", "@SUM(A1)", "\t",
    "\r", "\r\n", "<script>alert(1)</script>", "{x}", "{0.__class__}", "%s", "```", "`", "*_~", "&lt;!channel&gt;", "&",
    "\x85", "\u2028", "a" * 2990, " ", "\U000e0041",
])  # fmt: skip
TEXTS = st.lists(st.text(max_size=60) | SNIPPETS, max_size=6).map("".join)
FIELDS = {
    "changed", "next", "help", "title", "description", "proposal", "text", "reason", "evidence", "meeting_title",
    "meeting_place", "meeting_link",
}  # fmt: skip
MORE = {"update.form": ("next", "help"), "issue.form": ("description", "proposal"),
        "meeting.form": ("meeting_place", "meeting_link")}  # fmt: skip
LOOKS = (
    "", "status climate", "history climate", "issue show ISS-1", "issue list", "meeting list", "meeting show MTG-3",
    "action list", "journal climate", "journal ISS-1 csv", "search evil", "away",
)  # fmt: skip
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def written(act: Act, text: str) -> Act:
    """The same act with this text in each of its text fields."""
    fields = [field for field in (*act.filled, *MORE.get(act.key, ())) if field in FIELDS]
    return replace(
        act, filled={**act.filled, **{field: text.replace("{", "{{").replace("}", "}}") for field in fields}}
    )


WRITING = [act for act in TABLE if act.table == "FORMS" and act.may and FIELDS & set(act.filled)]


@pytest.mark.fault(38, 39)
@given(act=st.sampled_from(WRITING), text=TEXTS, looks=st.lists(st.sampled_from(LOOKS), min_size=2, max_size=4))
@example(act=WRITING[0], text="x" * 1_000_000, looks=[""])
@example(act=WRITING[0], text="😀" * 10_000, looks=[""])
@example(act=WRITING[-1], text="\ud800\udc00\ud800", looks=[""])
@example(act=WRITING[0], text=PINGS, looks=list(LOOKS))
def test_any_text_in_any_form_is_refused_visibly_or_kept_clean_and_inert(
    stage: Stage, act: Act, text: str, looks: list[str]
) -> None:
    before = stage.records.facts()
    with capture_logs() as logs:
        seen = written(act, text).do(stage.wire, min(act.may), stage.ids)
        assert [entry for entry in logs if entry["event"] == "request.failed"] == []
        assert seen.status == 200
        if stage.records.facts() == before:
            assert seen.plain.strip()
            return
        shown = [*seen.private, *(piece for look in looks for piece in _look(stage, look))]
        assert [entry for entry in logs if entry["event"] == "request.failed"] == []
    stored = [cell for rows in stage.records.facts().values() for row in rows for cell in row if isinstance(cell, str)]
    stage.records.put_back()
    assert not [cell for cell in stored if UNSEEN.search(cell)]
    assert not [words for words in live_texts(shown) if LIVE.search(words)]


@pytest.mark.fault(38, 39)
@given(text=TEXTS)
@example(text="x" * 1_000_000)
@example(text="😀" * 10_000)
def test_any_message_to_the_bot_and_any_message_used_by_a_shortcut_is_answered(stage: Stage, text: str) -> None:
    with capture_logs() as logs:
        for seen in (
            stage.wire.event("U0CY", {"type": "message", "channel_type": "im", "text": text}),
            stage.wire.event("U0CY", {"type": "message", "channel_type": "im", "text": f"climate: {text}"}),
            stage.wire.shortcut("U0CY", "use_as_update", text),
            stage.wire.shortcut("U0CY", "raise_issue", text),
        ):
            assert seen.status == 200
            assert not [words for words in live_texts([*seen.private, *seen.forms]) if LIVE.search(words)]
    stage.records.put_back()
    assert [entry for entry in logs if entry["event"] == "request.failed"] == []


@pytest.mark.fault(38)
def test_what_is_posted_of_it_pings_nobody(stage: Stage, scene: Scene) -> None:
    with SlackWorld(task_force_file=scene.task_force_file) as slack, focal(slack, stage.records.database) as bot:
        door = Door(bot.office)
        for act in WRITING:
            view = view_of(act.key, *written(act, PINGS).form(scene.ids))
            door.form({"user": {"id": PEOPLE[min(act.may)]}, "view": view})
        bot.settle()
        for who in ("U0CY", PEOPLE[SECRETARIAT]):
            slack.player(who).open_home()
        everything: list[Json] = slack.read(
            lambda world: (
                [message for channel in world.channels.values() for message in channel.messages]
                + list(world.homes.values())
            )
        )
        assert len(everything) > 10
        assert any("evil.example" in words for words in live_texts(everything))
        assert not [words for words in live_texts(everything) if LIVE.search(words)]
    stage.records.put_back()


# -- exports ----------------------------------------------------------------------------------------------------------


@pytest.mark.fault(40, on="either")
@given(cell=st.text(max_size=80) | TEXTS)
@example(cell="\n=cmd()")
@example(cell=" =cmd()")
def test_no_cell_of_an_export_begins_as_a_formula(cell: str) -> None:
    kept = inert(cell)
    assert kept in (cell, f"'{cell}")
    assert not kept.startswith(("\t", "\r"))
    assert not kept.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.fault(40)
@pytest.mark.parametrize("begins", ["=cmd()", "@x", "+1", "-1", "\t=x", "\r=x", '"=x', "a,=x", "a\n=x", "<script>"])
def test_the_journal_as_csv_keeps_each_cell_in_its_place(stage: Stage, begins: str) -> None:
    stage.wire.event("U0NEWS", {"type": "user_change", "user": {"id": "U0NEWS", "real_name": begins}})
    stage.wire.command("U0NEWS", "meeting schedule 2026-12-10 10:00")
    with stage.records.database.reading() as session:
        text = "".join(journal_csv(session))
    rows = list(csv.DictReader(io.StringIO(text)))
    stage.records.put_back()
    assert len({len(row) for row in rows}) == 1
    assert rows[-1]["actor"] == inert(f"{begins} (U0NEWS)")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


# -- reading ----------------------------------------------------------------------------------------------------------


def _look(stage: Stage, typed: str) -> list[Json]:
    seen = stage.wire.command("U0SEC", typed)
    assert seen.status == 200
    return [*seen.private, *seen.forms]


def live_texts(shown: object) -> Iterator[str]:
    """Every text that Slack interprets: mrkdwn objects, and the texts of messages themselves."""
    if isinstance(shown, list):
        for part in shown:
            yield from live_texts(part)
    if isinstance(shown, dict) and shown.get("type") != "plain_text":
        if isinstance(shown.get("text"), str):
            yield shown["text"]
        for part in shown.values():
            yield from live_texts(part)
