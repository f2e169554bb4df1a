"""Hostile and unlucky input: said to the person in a sentence, inert or cleaned, and nothing half stored."""

import itertools
import json

import pytest
from slack_bolt import BoltResponse
from sqlmodel import select
from structlog.testing import capture_logs

from handlers import routes
from handlers.entrance import Door
from models.issues import Issue
from models.updates import Draft, Health, Note, Update
from services import issues
from services.directory import directory
from services.updates import file_update
from tests.fixtures_task_force import LOADED_AT
from tests.focal_app import Bot
from tests.slack_world import Player, SlackWorld, words

PINGS = "<!channel> <!here> <https://evil.example|click> <!subteam^S1>"
BRACES = "{placeholder} {health} {0} {x.__class__} {area!r} {{}} { %s %(a)s"
TAMPERED = (
    "", "0", "-1", "9" * 19, "9" * 2000, "\u00b2", "\uff11", "1:9:1", "a:b:c", "1@2026-01-01", "1@never", "area:6",
    "area:6@2026-11-23", f"{'9' * 20}:board:", "1:area:6", "1:issues:#6", "edit:x", "None", "{x}", "\x00", "\ud800",
)  # fmt: skip
NOTED = (
    "", "[]", "no json", '{"update": 1}', '{"update": "x"}', '{"update": %s}' % ("9" * 30), '{"draft": 1}',
    '{"issue": {"a": 1}}', '{"issue": "%s"}' % ("9" * 40), '{"meeting": "x"}', '{"seat": -1}', '{"person": "²"}',
)  # fmt: skip
MANY = 60
numbers = itertools.count(1)


@pytest.fixture
def door(bot: Bot) -> Door:
    """Give the door itself."""
    return Door(bot.office)


# -- texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.fault(38)
@pytest.mark.parametrize("text", [PINGS, BRACES], ids=["pings", "braces"])
def test_what_people_write_is_shown_as_they_wrote_it_and_does_nothing(slack: SlackWorld, bot: Bot, text: str) -> None:
    tess = slack.player("U0TESS")
    for typed in ("update emergency at-risk", "note emergency", "issue raise emergency"):
        assert tess.command(f"{typed} {text}").error == ""
    bot.settle()
    with bot.database.reading() as session:
        stored = (session.exec(select(Update)).one().changed, session.exec(select(Note)).one().text,
                  session.exec(select(Issue)).one().title)  # fmt: skip
    assert stored == (text, text, text), stored
    answers = [
        tess.command(f"{look} emergency") for look in ("status", "history", "search " + text.split(maxsplit=1)[0])
    ]
    for shown in [*slack.posts("isc-tf"), *(answer.message for answer in answers)]:
        assert not set(_live(shown)) & {"<!channel>", "<!here>", "<!subteam^S1>", "<https://evil.example|click>"}


@pytest.mark.fault(39)
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("nul\x00 \x07bell", "nul bell"),
        ("\u202ertl\u202c \u2066x", "rtl x"),
        ("a\u200bb", "ab"),
        ("a\u2060b\u2063", "ab"),
        ("tab\there", "tab here"),
    ],
)
def test_what_no_screen_should_meet_is_cleaned_away(slack: SlackWorld, bot: Bot, typed: str, stored: str) -> None:
    slack.player("U0TESS").command(f"note emergency {typed}")
    with bot.database.reading() as session:
        assert session.exec(select(Note)).one().text == stored


@pytest.mark.fault(39)
@pytest.mark.parametrize("text", ["x" * 1_000_000, "😀" * 10_000, "<" * 20_000], ids=["a megabyte", "emoji", "escapes"])
@pytest.mark.parametrize("command", ["update emergency at-risk", "note emergency", "issue raise"])
def test_a_text_that_nobody_can_mean_is_refused_visibly(slack: SlackWorld, bot: Bot, command: str, text: str) -> None:
    answer = slack.player("U0TESS").command(f"{command} {text}")
    assert answer.ephemeral
    assert "Please shorten it" in answer.plain
    with bot.database.reading() as session:
        assert session.exec(select(Update)).all() == []


@pytest.mark.fault(39)
@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("command", ["status", "who", "history", "search", "issue show", "help", "settings zone", ""])
def test_a_long_word_is_answered_whatever_it_is_typed_after(slack: SlackWorld, command: str) -> None:
    assert slack.player("U0TESS").command(f"{command} {'😀' * 10_000}").ephemeral


@pytest.mark.usefixtures("bot")
def test_an_answer_too_large_for_a_frame_of_socket_mode_arrives(slack: SlackWorld) -> None:
    tess, text = slack.player("U0TESS"), "气候" * 1300
    for _ in range(8):
        assert "Posted" in tess.command(f"update emergency at-risk {text} | next: {text} | help: {text}").plain
    answer = tess.command("history emergency")
    assert "气候" in answer.plain
    assert len(json.dumps(answer.message)) > 65_535


@pytest.mark.fault(39)
def test_lone_surrogates_are_cleaned(bot: Bot, door: Door) -> None:
    for typed in ("note emergency half \ud800 a pair", "status \ud800", "search \ud800x", "journal @\ud800", "\ud800"):
        assert _command(door, typed).status == 200
    with bot.database.reading() as session:
        assert session.exec(select(Note)).one().text == "half  a pair"


def test_references_are_kept_as_people_saw_them(bot: Bot, door: Door) -> None:
    _command(door, "note emergency <!here> <!subteam^S1|@team> in <#C0TASKFORCE> <#C0TASKFORCE|> <#C0GENERAL|general>")
    with bot.database.reading() as session:
        assert session.exec(select(Note)).one().text == "@here @team in #C0TASKFORCE #C0TASKFORCE #general"


@pytest.mark.usefixtures("bot")
def test_what_was_typed_is_handed_back_as_it_was_typed(slack: SlackWorld) -> None:
    typed = "update emergency at-risk R&D <venue> & more"
    assert typed in _raw(slack.player("U0RDAF").command(typed).message)


def test_the_emoji_of_slack_s_list_say_the_health(slack: SlackWorld, bot: Bot) -> None:
    tess = slack.player("U0TESS")
    assert "Posted" in tess.command("update emergency :large_yellow_circle: Venue").plain
    tess.say("emergency: :white_check_mark: all settled")
    tess.wait_for(lambda: _drafts(bot))
    bot.settle()
    assert "✅ done" in words(tess.dms()[-1])
    with bot.database.reading() as session:
        assert session.exec(select(Update)).one().health is Health.AT_RISK


@pytest.mark.usefixtures("bot")
def test_a_meeting_is_cancelled_only_by_its_name(slack: SlackWorld) -> None:
    sena = slack.player("U0SEC")
    sena.command("meeting schedule 2026-12-03 14:30")
    assert "Say which meeting" in sena.command("meeting cancel MTG1x").plain
    assert "MTG-1" in sena.command("").plain


# -- controls ---------------------------------------------------------------------------------------------------------


@pytest.mark.fault(36)
@pytest.mark.parametrize("who", ["U0NEWS", "U0BEN"])
def test_whatever_a_button_carries_it_is_answered_and_opens_nothing(slack: SlackWorld, bot: Bot, who: str) -> None:
    slack.player("U0CY").command("update resources off-track Hidden words")
    door = Door(bot.office)
    with capture_logs() as logs:
        for action, value in itertools.product([*routes.ACTIONS, "gone.button"], TAMPERED):
            assert _click(door, who, action, value).status == 200
    assert [entry for entry in logs if entry["event"] == "request.failed"] == []
    with bot.database.reading() as session:
        assert [update.changed for update in session.exec(select(Update))] == ["Hidden words"]


@pytest.mark.fault(36)
@pytest.mark.parametrize("noted", NOTED)
def test_whatever_a_form_carries_it_is_answered_at_a_field(slack: SlackWorld, bot: Bot, noted: str) -> None:
    slack.player("U0TESS").command("update emergency at-risk Mine")
    door = Door(bot.office)
    with capture_logs() as logs:
        for form in routes.FORMS:
            assert _submit(door, "U0OBS", form, noted).status == 200
    assert [entry for entry in logs if entry["event"] == "request.failed"] == []
    with bot.database.reading() as session:
        assert [(update.changed, update.version) for update in session.exec(select(Update))] == [("Mine", 1)]


@pytest.mark.fault(35)
def test_the_same_form_sent_twice_posts_once(bot: Bot, door: Door) -> None:
    with bot.database.reading() as session:
        area = next(area for area in directory(session).areas if area.key == "emergency")
    filled = {"area": str(area.id), "health": "done", "changed": "Once"}
    for _ in range(2):
        assert _submit(door, "U0TESS", "update.form", "{}", filled, view="V1").status == 200
    with bot.database.reading() as session:
        assert len(session.exec(select(Update)).all()) == 1


# -- sizes ------------------------------------------------------------------------------------------------------------


def test_long_lists_page_to_their_end(slack: SlackWorld, bot: Bot) -> None:
    with bot.database.transaction() as session:
        who = directory(session)
        tess = who.by_slack_id("U0TESS")
        assert tess
        area = next(area for area in who.areas if area.key == "emergency")
        for n in range(MANY):
            issues.raise_issue(session, actor=tess, now=LOADED_AT,
                        draft=issues.Draft(f"{n} " + "&" * 140, area_id=area.id, description="<" * 3000))  # fmt: skip
            file_update(session, actor=tess, area=area, health=Health.DONE, changed="&" * 3000, now=LOADED_AT)
    for typed, pages in (("issue list", 6), ("issue list mine", 6), ("issue list emergency", 6), ("member list", 2)):
        assert _pages(slack.player("U0TESS"), typed) == pages
    assert "ISS-60" in words(slack.player("U0TESS").command("search 59").message)


def _pages(player: Player, typed: str) -> int:
    """Turn all pages of a list; each was taken by a Slack that is strict about sizes."""
    answer, turned = player.command(typed), 1
    while "Next page" in answer.buttons:
        answer = player.click(answer.message, "Next page")
        assert answer.message, answer.error
        turned += 1
    return turned


def _drafts(bot: Bot) -> list[Draft]:
    with bot.database.reading() as session:
        return list(session.exec(select(Draft)))


def _live(shown: object) -> list[str]:
    """Every text of a message that Slack would interpret."""
    if isinstance(shown, list):
        return [found for part in shown for found in _live(part)]
    if not isinstance(shown, dict):
        return []
    if shown.get("type") == "plain_text":
        return []
    own = [shown["text"]] if isinstance(shown.get("text"), str) else []
    pieces = [piece for text in own for piece in text.split()]
    return pieces + [found for value in shown.values() for found in _live(value)]


def _raw(message: object) -> str:
    return json.dumps(message, ensure_ascii=False)


def _command(door: Door, text: str) -> BoltResponse:
    return door.command({"user_id": "U0DI", "command": "/isctf", "text": text, "trigger_id": f"t{next(numbers)}"})


def _click(door: Door, who: str, action: str, value: str) -> BoltResponse:
    clicked = {"type": "button", "action_id": action, "value": value, "action_ts": str(next(numbers))}
    return door.click({"user": {"id": who}, "actions": [clicked], "channel": {"id": "C0GENERAL"}})


def _submit(
    door: Door, who: str, form: str, noted: str, filled: dict[str, str] | None = None, *, view: str = ""
) -> BoltResponse:
    values = {name: {name: {"type": "plain_text_input", "value": value}} for name, value in (filled or {}).items()}
    shown = {
        "id": view or f"V{next(numbers)}", "hash": "h", "callback_id": form, "private_metadata": noted,
        "blocks": [{"type": "input", "block_id": "changed"}], "state": {"values": values},
    }  # fmt: skip
    return door.form({"user": {"id": who}, "view": shown})


@pytest.mark.parametrize(
    ("command", "filled"),
    [
        ("action add", {"Owner": "U0BO", "Action": "Draft it", "Due": "9999-12-31"}),
        ("meeting schedule", {"Day": "9999-12-31", "Time": "23:59"}),
        ("meeting schedule", {"Day": "0001-01-01", "Time": "00:00"}),
    ],
)
def test_a_day_that_is_thousands_of_years_away_is_refused_at_its_field(
    bot: Bot, slack: SlackWorld, command: str, filled: dict[str, object]
) -> None:
    bot.let_all_read_english()
    sena = slack.player("U0SEC")
    sena.command(command)
    sena.fill(filled)
    assert list(sena.submit().values()) == ["Choose a day from 2000 to 2100."]
