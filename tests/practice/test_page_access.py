"""The page by keyboard and to a screen reader, in both directions of reading and at phone width; axe-core watches."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from slack_sdk import WebClient

from tests.browser import accessibility_faults, browser, window
from tests.practice.every_block import ACTED, SHOWN
from tests.practice.pages import AMA, CY, app, ask_in_vain, form_of, say, server, to_home
from tests.practice.small_app import SmallApp

__all__ = ["app", "browser", "server"]

WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 800}


@pytest.fixture(params=[(AMA, WIDE), (CY, WIDE), (AMA, PHONE), (CY, PHONE)], ids=["en", "ar", "en-phone", "ar-phone"])
def page(request: pytest.FixtureRequest, browser: Browser, app: SmallApp) -> Iterator[Page]:
    person, size = request.param
    page = window(browser, f"{app.server.url}/?as={person}&in=C0TASKFORCE")
    page.set_viewport_size(size)
    yield page
    page.context.close()


@pytest.fixture
def ama(browser: Browser, app: SmallApp) -> Iterator[Page]:
    page = window(browser, f"{app.server.url}/?as={AMA}&in=C0TASKFORCE")
    yield page
    page.context.close()


def post_every_block(app: SmallApp) -> None:
    client = WebClient(app.server.bot_token, base_url=app.server.api_url)
    for blocks in (SHOWN, ACTED):
        client.chat_postMessage(channel="C0TASKFORCE", text="Every block", blocks=blocks)


def open_drawer(page: Page) -> None:
    if page.locator("#drawer").is_visible():
        page.locator("#drawer").click()


def fits(page: Page) -> bool:
    """Nothing makes the whole page scroll sideways."""
    widths: list[int] = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return widths[0] <= widths[1]


def test_axe_finds_no_fault_in_messages_menus_and_threads(page: Page, app: SmallApp) -> None:
    post_every_block(app)
    expect(page.locator(".message")).to_have_count(2)
    assert accessibility_faults(page) == []
    assert fits(page)
    page.locator(".message .combobox input").first.click()
    expect(page.get_by_role("option").first).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    page.locator(".message [aria-haspopup=menu].button").click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    page.locator(".message").last.hover()
    page.locator(".message .message-deeds button").last.click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    page.locator(".message").last.hover()
    page.locator(".message .message-deeds button:not([aria-haspopup])").last.click()
    expect(page.locator("#thread .message")).to_have_count(1)
    assert accessibility_faults(page) == []
    assert fits(page)


def test_axe_finds_no_fault_in_forms_and_questions(page: Page, app: SmallApp) -> None:
    form_of(page)
    assert accessibility_faults(page) == []
    page.locator("dialog [type=submit]").click()
    expect(page.locator(".field-error")).to_have_count(2)
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert accessibility_faults(page) == []
    post_every_block(app)
    page.locator(".message .button-danger").click()
    expect(page.get_by_role("dialog", name="Withdraw it?")).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    page.locator(".composer [aria-haspopup=menu]").click()
    page.get_by_role("menuitem").first.click()
    expect(page.get_by_role("dialog", name="Every field")).to_be_visible()
    assert accessibility_faults(page) == []
    assert fits(page)


def test_axe_finds_no_fault_at_the_home_the_people_and_the_commands(page: Page, app: SmallApp) -> None:
    page.locator("#place textarea").press_sequentially("/isctf ")
    expect(page.get_by_role("option").first).to_be_visible()
    assert accessibility_faults(page) == []
    ask_in_vain(page, app.server)
    assert accessibility_faults(page) == []
    open_drawer(page)
    assert accessibility_faults(page) == []
    page.locator(".person-card").click()
    expect(page.locator(".person-choice").first).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    to_home(page)
    assert accessibility_faults(page) == []
    assert fits(page)


def test_everything_is_reached_and_done_by_keyboard(ama: Page) -> None:
    say(ama, "Good morning")
    say(ama, "/isctf status")
    expect(ama.locator(".message")).to_have_count(2)
    expect(ama.get_by_role("button", name="Post update")).to_be_visible()
    reached = walk(ama, 60)
    wanted = ("You are", "general", "+1 hour", "Reply", "Post update", "Area", "Shortcuts", "Message #isc-tf", "Send")
    assert [name for name in wanted if not any(name in each for each in reached)] == []
    ama.get_by_role("button", name="Post update").focus()
    ama.keyboard.press("Enter")
    dialog = ama.get_by_role("dialog", name="Status update")
    expect(dialog.get_by_role("combobox", name="Area")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "Enter", "Tab"):
        ama.keyboard.press(key)
    ama.keyboard.type("Ramp built")
    ama.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(ama.get_by_role("button", name="Post update")).to_be_focused()


def walk(page: Page, steps: int) -> list[str]:
    """Where the Tab key leads, each by what it is called."""
    page.locator("#skip").focus()
    reached = []
    for _ in range(steps):
        reached.append(
            page.evaluate(
                "(() => { const at = document.activeElement;"
                " return at.getAttribute('aria-label') ?? at.placeholder ?? at.textContent; })()"
            )
        )
        page.keyboard.press("Tab")
    return reached


def test_the_focus_is_seen_wherever_it_is_also_in_forced_colours(ama: Page, app: SmallApp) -> None:
    post_every_block(app)
    expect(ama.locator(".message")).to_have_count(2)
    for colours in ("none", "active"):
        ama.emulate_media(forced_colors=colours)
        ama.locator("#skip").focus()
        for _ in range(45):
            ama.keyboard.press("Tab")
            assert ama.evaluate(SEEN), ama.evaluate("document.activeElement.outerHTML")


SEEN = """() => {
  const at = document.activeElement;
  const marks = [at, at.closest(".composer-box, .combobox")].filter(Boolean).map((node) => getComputedStyle(node));
  return at === document.body || marks.some((style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
    || (!matchMedia("(forced-colors: active)").matches && style.boxShadow !== "none"));
}"""


def test_a_reader_of_the_screen_hears_what_others_say_once_and_not_what_one_does_oneself(ama: Page) -> None:
    say(ama, "Good morning")
    expect(ama.locator(".message")).to_have_count(1)
    expect(ama.locator("#announcer")).to_be_empty()
    say(ama, "/isctf status")
    expect(ama.locator("#announcer p")).to_have_count(1)
