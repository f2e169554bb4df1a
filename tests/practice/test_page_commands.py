"""Slash commands in the composer: each word completes itself as far as the app's manifest tells, and says its usage."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from handlers.routes import COMMANDS
from operations.manifest import USAGE, manifest
from practice.server import PracticeServer
from tests.browser import browser, window
from tests.practice.pages import AMA

__all__ = ["browser"]


@pytest.fixture
def composer(browser: Browser) -> Iterator[Page]:
    with PracticeServer(manifest=manifest(transport="socket")) as server:
        page = window(browser, f"{server.url}/?as={AMA}&in=C0TASKFORCE")
        yield page
        page.context.close()


def test_every_way_that_the_usage_tells_is_a_command_of_the_bot() -> None:
    ways = USAGE.removeprefix("[").removesuffix("]").split(" | ")
    assert {way.split()[0] for way in ways} <= COMMANDS.keys()


def test_words_after_the_command_complete_themselves_down_to_the_last_fixed_one(composer: Page) -> None:
    field = composer.locator("#place textarea")
    field.press_sequentially("/isctf me")
    expect(composer.get_by_role("option")).to_have_text(["meeting schedule/list/show/agenda/propose/move/cancel/hold"])
    field.press("Tab")
    expect(field).to_have_value("/isctf meeting ")
    expect(composer.get_by_role("option")).to_have_count(8)
    field.press_sequentially("sc")
    expect(composer.get_by_role("option")).to_have_text(["meeting schedule"])
    field.press("Enter")
    expect(field).to_have_value("/isctf meeting schedule ")
    expect(composer.get_by_role("listbox")).to_be_hidden()


def test_enter_sends_a_command_while_further_words_are_only_offered(composer: Page) -> None:
    field = composer.locator("#place textarea")
    field.press_sequentially("/isctf ")
    expect(composer.get_by_role("option").first).to_be_visible()
    expect(composer.get_by_role("option", selected=True)).to_have_count(0)
    field.press("Enter")
    expect(composer.get_by_role("alert")).to_be_visible()  # no app is there to answer
    expect(field).to_have_value("/isctf ")


def test_the_hint_narrows_to_the_command_that_is_being_written(composer: Page) -> None:
    field = composer.locator("#place textarea")
    field.fill("/isctf update climate")
    expect(composer.locator(".composer-hint")).to_have_text("/isctf update [AREA]")
    field.fill("Good morning")
    expect(composer.locator(".composer-hint")).to_contain_text("Enter sends")
