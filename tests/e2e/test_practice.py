"""Scene 6: without tokens the bot starts its practice workspace, and people play in it in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import browser, window
from tests.e2e.bot_process import BotProcess

__all__ = ["browser"]


@pytest.fixture
def practising(tmp_path: Path) -> Iterator[BotProcess]:
    """Give `bot.py run` in an empty folder, not yet started, with no settings at all."""
    bot = BotProcess(tmp_path)
    yield bot
    if not bot.ended:
        bot.stop()


def test_a_command_and_a_form_are_played_in_the_workspace_that_run_starts_and_it_begins_anew(
    practising: BotProcess, browser: Browser, tmp_path: Path
) -> None:
    practising.start()
    address = practising.printed(r"http://127\.0\.0\.1:\d+/ ", seconds=300).strip()
    assert re.search("No Slack tokens", practising.log)
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_dir()) == ["data"]
    page = window(browser, f"{address}?as=U0TESS&in=C0TASKFORCE")
    field = page.locator("#place textarea")
    field.fill("/isctf status")
    field.press("Enter")
    board = page.locator(".message", has_text="How the areas stand")
    expect(board).to_contain_text("Only visible to you")
    field.fill("/isctf update emergency")
    field.press("Enter")
    form = page.get_by_role("dialog")
    expect(form).to_be_visible()
    form.get_by_role("radio", name="at risk").check()
    form.get_by_label("What changed").fill("Generators are late")
    form.get_by_role("button", name="Post", exact=True).click()
    expect(form).to_have_count(0)
    expect(page.locator(".message", has_text="Generators are late").first).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("dialog").get_by_role("button", name="Start again").click()
    expect(page.locator(".curtain")).to_be_visible()
    expect(page.locator(".curtain")).to_have_count(0, timeout=300_000)
    expect(page.locator(".message", has_text="The third workshop is confirmed.").first).to_be_visible()
    expect(page.locator(".message", has_text="Generators are late")).to_have_count(0)
    page.context.close()


def test_it_keeps_nothing_of_a_story_that_was_cut_off_and_everything_of_one_that_was_told(
    practising: BotProcess, tmp_path: Path
) -> None:
    practising.launch()
    practising.printed("Two weeks")
    assert practising.stop() == 0
    assert not (tmp_path / "data" / "practice-world.json").exists()
    practising.start()
    practising.printed(r"Practice workspace: ", seconds=300)
    assert practising.stop() == 0
    practising.start()
    practising.printed(r"Practice workspace: ")
    assert practising.log.count("Two weeks") == 2
    assert practising.errors() == []
