"""Two people at the practice workspace's page, with a small app: what its tests in a real browser share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from practice.server import PracticeServer
from tests.browser import browser, window
from tests.practice.small_app import SmallApp
from tests.slack_world import PATIENCE, patient

__all__ = ["ama", "app", "browser", "cy", "server"]

AMA, CY = "U0AMA", "U0CY"  # Cy reads Arabic, in Cairo


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer(settings=patient()) as started:
        yield started


@pytest.fixture
def app(server: PracticeServer) -> Iterator[SmallApp]:
    started = SmallApp(server).start()
    yield started
    started.stop()


@pytest.fixture
def ama(browser: Browser, app: SmallApp) -> Iterator[Page]:
    yield from opened(browser, f"{app.server.url}/?as={AMA}&in=C0TASKFORCE")


@pytest.fixture
def cy(browser: Browser, app: SmallApp) -> Iterator[Page]:
    yield from opened(browser, f"{app.server.url}/?as={CY}&in=C0TASKFORCE")


def opened(browser: Browser, address: str) -> Iterator[Page]:
    page = window(browser, address)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.context.close()
    assert errors == []


def say(page: Page, text: str) -> None:
    field = page.locator("#place textarea")
    field.fill(text)
    field.press("Enter")


def ask_in_vain(page: Page, server: PracticeServer) -> None:
    """Type a command that the app leaves without an answer, and see that said."""
    server.workspace.settings.ack_seconds = 0.2
    say(page, "/isctf silence")
    expect(page.get_by_role("alert")).to_contain_text("operation_timeout")
    server.workspace.settings.ack_seconds = PATIENCE


def form_of(page: Page) -> None:
    """Ask for the board and open its form."""
    say(page, "/isctf status")
    page.get_by_role("button", name="Post update").click()
    expect(page.get_by_role("dialog", name="Status update")).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("dialog").get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def to_home(page: Page) -> None:
    page.locator("#channels").get_by_role("link", name="Focal").click()
    page.locator(".tab").first.click()
    expect(page.get_by_role("heading", name="Your desk")).to_be_visible()
