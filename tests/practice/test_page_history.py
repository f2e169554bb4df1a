"""Long channels, restarts and new beginnings, as a page that is left open sees them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from practice.server import PracticeServer
from tests.browser import browser, window
from tests.practice.pages import AMA, CY, say, server

__all__ = ["browser", "server"]

HERE = "in=C0TASKFORCE"


@pytest.fixture
def windows() -> Iterator[list[Page]]:
    """Give a list of windows that are closed at the end."""
    opened: list[Page] = []
    yield opened
    for page in opened:
        page.context.close()


def fill(server: PracticeServer, count: int) -> None:
    """Let the channel have a past, which everybody has read."""

    async def past() -> None:
        workspace = server.workspace
        channel = workspace.world.channels["C0TASKFORCE"]
        for number in range(count):
            workspace.world.add(channel, workspace.bot_message(f"Message {number}."))
        channel.read = dict.fromkeys(channel.members, str(channel.messages[-1]["ts"]))

    server.run(past())


def test_a_long_channel_opens_at_its_end_and_gives_the_rest_when_scrolled(
    browser: Browser, server: PracticeServer, windows: list[Page]
) -> None:
    fill(server, 300)
    windows.append(page := window(browser, f"{server.url}/?as={AMA}&{HERE}"))
    expect(page.get_by_text("Message 299.")).to_be_in_viewport()
    messages = page.locator("#place .message")
    shown = messages.count()
    assert shown < 200
    while shown < 300:
        page.locator("#place .scroller").evaluate("node => node.scrollTo(0, 0)")
        expect(messages).not_to_have_count(shown)
        shown = messages.count()
    said = page.locator(".message-body").all_text_contents()
    assert said == [f"Message {number}." for number in range(300)]
    expect(page.locator(".message").first.locator(".author")).to_be_visible()


def test_what_one_reads_stays_in_place_while_older_messages_come(
    browser: Browser, server: PracticeServer, windows: list[Page]
) -> None:
    fill(server, 300)
    windows.append(page := window(browser, f"{server.url}/?as={AMA}&{HERE}"))
    expect(page.get_by_text("Message 299.")).to_be_in_viewport()
    page.wait_for_load_state("networkidle")  # a high window asks for older ones as soon as it is open
    before, first = page.locator("#place .scroller").evaluate(
        """node => {
          node.scrollTo(0, 0);
          const messages = node.querySelectorAll(".message");
          return [messages.length, messages[0].dataset.ts];
        }"""
    )
    shown = page.locator(f'.message[data-ts="{first}"]')
    expect(page.locator(".message")).not_to_have_count(before)
    expect(shown).to_be_in_viewport()


def test_a_deleted_message_leaves_the_name_to_the_one_after_it(
    browser: Browser, server: PracticeServer, windows: list[Page]
) -> None:
    fill(server, 2)
    windows.append(page := window(browser, f"{server.url}/?as={AMA}&{HERE}"))
    expect(page.locator(".message")).to_have_count(2)

    async def delete() -> None:
        channel = server.world.channels["C0TASKFORCE"]
        server.workspace.remove(channel, channel.messages[0])

    server.run(delete())
    expect(page.locator(".message")).to_have_count(1)
    expect(page.locator(".message .author")).to_be_visible()
    expect(page.locator(".divider")).to_have_count(1)


def test_what_one_window_has_read_is_read_in_the_persons_other_window(
    browser: Browser, server: PracticeServer, windows: list[Page]
) -> None:
    windows += [window(browser, f"{server.url}/?as={AMA}&in=C0GENERAL") for _ in range(2)]
    windows.append(cy := window(browser, f"{server.url}/?as={CY}&{HERE}"))
    say(cy, "Good morning")
    first, second = windows[:2]
    for page in (first, second):
        expect(page.locator(".channel .count")).to_have_count(1)
    first.get_by_role("link", name="isc-tf").click()
    for page in (first, second):
        expect(page.locator(".channel .count")).to_have_count(0)


def test_a_page_left_open_across_a_restart_connects_again_and_catches_up(
    browser: Browser, tmp_path: Path, windows: list[Page]
) -> None:
    state = tmp_path / "workspace.json"
    with PracticeServer(state_file=state) as first:
        port = int(first.url.rpartition(":")[2])
        windows.append(page := window(browser, f"{first.url}/?as={AMA}&{HERE}"))
        say(page, "Before")
        expect(page.locator(".message")).to_have_count(1)
        page.locator("#place textarea").fill("Half a sentence")
    expect(page.locator("#line")).to_contain_text("Connection lost")
    with PracticeServer(state_file=state) as elsewhere:  # what happens while the page hears nothing
        windows.append(other := window(browser, f"{elsewhere.url}/?as={CY}&{HERE}"))
        say(other, "Meanwhile")
        expect(other.locator(".message-body")).to_have_text(["Before", "Meanwhile"])
    with PracticeServer(port=port, state_file=state):
        expect(page.locator("#line")).to_be_empty()
        expect(page.locator(".message-body")).to_have_text(["Before", "Meanwhile"])
        expect(page.locator("#place textarea")).to_have_value("Half a sentence")
        say(page, "After")
        expect(page.locator(".message-body")).to_have_text(["Before", "Meanwhile", "After"])


def test_a_new_beginning_is_followed_by_every_open_page(
    browser: Browser, server: PracticeServer, windows: list[Page]
) -> None:
    windows += [window(browser, f"{server.url}/?as={person}&{HERE}") for person in (AMA, CY)]
    ama, cy = windows
    say(ama, "Forgotten soon")
    expect(cy.locator(".message")).to_have_count(1)
    ama.get_by_role("button", name="Start again").click()
    ama.get_by_role("dialog").get_by_role("button", name="Start again").click()
    for page in windows:
        expect(page.locator(".message")).to_have_count(0)
        expect(page.locator("#place .empty")).to_be_visible()


def test_a_new_beginning_while_the_line_was_down_is_followed_too(
    browser: Browser, tmp_path: Path, windows: list[Page]
) -> None:
    with PracticeServer(state_file=tmp_path / "first.json") as first:
        port = int(first.url.rpartition(":")[2])
        windows.append(page := window(browser, f"{first.url}/?as={AMA}&{HERE}"))
        say(page, "Forgotten soon")
        page.locator(".message").hover()
        page.get_by_role("button", name="Reply in thread").click()
        expect(page.locator("#thread .message")).to_have_count(1)
    expect(page.locator("#line")).to_contain_text("Connection lost")
    with PracticeServer(port=port, state_file=tmp_path / "second.json"):
        expect(page.locator("#line")).to_be_empty()
        expect(page.locator("#place .message")).to_have_count(0)
        expect(page.locator("#thread")).to_be_hidden()
