"""Questions as people type them: what was meant is found, what is not there is said, and nothing typed is lost."""

import pytest

from tests.focal_app import Bot
from tests.slack_world import Player, SlackWorld

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def tess(slack: SlackWorld) -> Player:
    """Give a focal point who reads English."""
    return slack.player("U0TESS")


def test_before_the_first_load_nothing_was_recorded_and_nobody_was_missing(tess: Player) -> None:
    answer = tess.command("status --at 2020-01-01").plain
    assert "Nothing is recorded before Monday, 2 November 2026" in answer
    assert "vacant" not in answer
    assert "no word yet" in tess.command("status --at 2026-11-02").plain


@pytest.mark.parametrize("typed", ['"confirmed venue"', "“venue”", "« venue »", "'venue'"])
def test_a_search_in_quotes_finds_the_words(tess: Player, typed: str) -> None:
    tess.command("update gender on-track The venue is confirmed")
    expected = "1 text with" if "'" not in typed else "Nothing was found"
    assert expected in tess.command(f"search {typed}").plain


@pytest.mark.parametrize("typed", ["fr", "FR", "fr-CH", "français", "Francais", "French", "Французский", "法语"])
def test_a_language_is_known_by_its_code_and_by_its_names(tess: Player, typed: str) -> None:
    assert "*Langue :* Français" in tess.command(f"settings language {typed}").plain.replace("\u202f", " ")


def test_a_language_that_is_not_spoken_here_is_refused_with_those_that_are(tess: Player) -> None:
    assert "“klingon” is not one of the languages en, fr" in tess.command("settings language Klingon").plain


def test_a_long_text_after_a_misspelt_command_is_handed_back(tess: Player) -> None:
    text = "climate at-risk " + "The venue is not confirmed, and the host asks for more time. " * 9 + "The end"
    answer = tess.command(f"udpate {text}").plain
    assert "Did you mean `/isctf update`?" in answer
    assert f"/isctf udpate {text}" in answer


def test_where_nothing_was_said_or_noted_that_is_what_is_said(slack: SlackWorld, tess: Player) -> None:
    history = tess.command("history youth").plain
    assert "No update yet." in history
    assert "0 updates" not in history
    assert "Nothing is noted of it." in slack.player("U0OBS").command("journal ISS-99").plain


def test_help_offers_posting_only_to_those_who_may_post(slack: SlackWorld, tess: Player) -> None:
    for typing in ("update climate at-risk", "climate: at risk"):
        assert typing in tess.command("help").plain
        assert typing in slack.player("U0SEC").command("help").plain
        for reader in ("U0OBS", "U0NEWS", "U0DEPR"):
            assert typing not in slack.player(reader).command("help").plain
    assert "update climate" not in slack.player("U0CHAIR").command("help").plain


def test_in_french_a_moment_stands_in_no_parentheses_within_parentheses(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    answer = slack.player("U0AMA").command("status --at 2030-01-01").plain
    assert "((" not in answer.replace(" (", "(")
    assert "))" not in answer
