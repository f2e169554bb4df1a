"""From clone to "I have decided an issue as the chair": the story is told, and the tour is taken, in two languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import accessibility_faults, browser, window
from tests.e2e.bot_process import BotProcess
from tests.fixtures_task_force import ISC_TF

__all__ = ["browser"]

TOUR = {
    "en": ("Post an update", "Be reminded", "Raise an issue", "Decide", "Ask"),
    "ar": ("نشر تحديث", "تلقي تذكير", "طرح مسألة", "اتخاذ قرار", "السؤال"),
}
TO_REMINDER = {"en": "To the next reminder", "ar": "إلى التذكير التالي"}
TO_ESCALATION = {"en": "To the next escalation", "ar": "إلى التصعيد التالي"}


@dataclass
class Playing:
    """A running practice workspace in which everybody reads one language."""

    bot: BotProcess
    page: Page
    address: str
    language: str

    def be(self, person: str, where: str = "C0TASKFORCE") -> None:
        self.page.goto(f"{self.address}?as={person}&in={where}")
        self.page.locator(".tour").wait_for()
        self.page.locator("#place > *").first.wait_for()  # the tour stands before there is where to write

    def take(self, step: int) -> None:
        """Look at a step of the tour."""
        self.page.locator(".tour-step", has_text=TOUR[self.language][step]).click()

    def write_it(self) -> None:
        """Let the tour write what to type, and send it."""
        self.page.locator(".tour-deeds button").last.click()
        field = self.page.locator("#place textarea")
        expect(field).not_to_have_value("")
        field.press("Enter")

    def is_done(self, step: int) -> None:
        expect(self.page.locator(".tour-step").nth(step)).to_have_class(re.compile("is-done"))


@pytest.fixture(scope="module", params=["en", "ar"])
def playing(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Playing]:
    folder = tmp_path_factory.mktemp("practice")
    everybody = re.sub(r"language: \w+(?=[,}])", f"language: {request.param}", ISC_TF.read_text("utf-8"))
    (folder / "taskforce.yaml").write_text(everybody, "utf-8")
    bot = BotProcess(folder)
    bot.start()
    address = bot.printed(r"http://127\.0\.0\.1:\d+/ ", seconds=300).strip()
    page = window(browser, f"{address}?as=U0TESS&in=C0TASKFORCE")
    yield Playing(bot, page, address, request.param)
    page.context.close()
    bot.stop()


def test_it_opens_a_few_days_before_a_meeting_after_a_fortnight_of_updates(playing: Playing) -> None:
    playing.be("U0TESS")
    expect(playing.page.locator(".tour-step")).to_have_text([re.compile(title) for title in TOUR[playing.language]])
    expect(playing.page.locator(".tour-step.is-done")).to_have_count(0)
    expect(playing.page.locator(".message", has_text="Who pays for the joint pavilion?").first).to_be_attached()
    expect(playing.page.locator(".message", has_text="The third workshop is confirmed.")).to_be_visible()
    assert accessibility_faults(playing.page) == []


def test_the_first_step_is_to_post_an_update(playing: Playing) -> None:
    playing.be("U0TESS")
    playing.take(0)
    playing.write_it()
    playing.is_done(0)


def test_the_second_is_to_be_reminded(playing: Playing) -> None:
    playing.be("U0CY")
    playing.take(1)
    playing.page.locator(".tour-deeds").get_by_role("button", name=TO_REMINDER[playing.language]).click()
    expect(playing.page.locator(".channel.is-unread", has_text="Focal")).to_be_visible()
    playing.page.locator(".tour-deeds a").click()
    playing.is_done(1)


def test_the_third_is_to_raise_an_issue(playing: Playing) -> None:
    playing.be("U0BEN")
    playing.take(2)
    playing.write_it()
    playing.is_done(2)


def test_the_fourth_is_to_decide_one_as_the_chair(playing: Playing) -> None:
    playing.be("U0CHAIR", "D0CHAIR")
    playing.take(3)
    playing.page.locator(".tour-deeds").get_by_role("button", name=TO_ESCALATION[playing.language]).click()
    alert = playing.page.locator(".message", has_text="Who pays for the joint pavilion?").last
    expect(alert).to_be_visible()
    alert.get_by_role("button", name="Decide").click()
    form = playing.page.get_by_role("dialog")
    form.get_by_label("Decision").fill("The Bureaux pay a third each")
    form.locator("button[type=submit]").click()
    expect(form).to_contain_text("DEC-1")
    playing.page.keyboard.press("Escape")
    playing.is_done(3)


def test_the_fifth_is_to_ask_and_then_it_is_over(playing: Playing) -> None:
    playing.be("U0RDAP")
    playing.take(4)
    playing.write_it()
    playing.is_done(4)
    assert playing.bot.errors() == []
