"""The pictures of docs/pictures, taken from `bot.py practice` as it really runs. `make pictures` runs it."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from playwright.sync_api import APIRequestContext, Browser, Page, expect, sync_playwright

from tests.browser import ARGUMENTS, chromium, window

HOUSE = Path(__file__).resolve().parent.parent
PICTURES = HOUSE / "docs" / "pictures"
CHANNEL = "C0TASKFORCE"
PATIENCE = 60
LARGEST = 200_000
"""Bytes that a picture may have: the README shall open quickly on a slow line."""
MOVES = (
    ("reminder", "reminder", "U0TESS", "reminder.snooze"),
    ("alert", "escalation", "U0CHAIR", "issue.decide"),
)
"""A picture's name, where the clock is moved before it, and who then has a message with which button."""
Json = dict[str, Any]


@contextmanager
def practising() -> Iterator[str]:
    """Run the bot in a practice workspace of its own, and give its address."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, str(HOUSE / "bot.py"), "practice"]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, bufsize=1)
        assert process.stdout is not None
        found = (re.search(r"Practice workspace: (\S+)/", line) for line in process.stdout)
        try:
            yield next(match[1] for match in found if match)
        finally:
            process.terminate()
            process.wait(PATIENCE)


class Workspace:
    """The workspace as its page reaches it, once its story so far is told."""

    def __init__(self, request: APIRequestContext) -> None:
        self.request = request
        self.until(lambda: self.get("overview")["bot"]["connected"] and not self.get("overview")["story"])

    def get(self, name: str, **query: str) -> Json:
        read: Json = self.request.get(f"/practice/{name}", params={**query}).json()
        return read

    def move_clock(self, **where: str | float) -> None:
        answer = self.request.post("/practice/clock", data=where).json()
        assert answer["ok"], answer

    def having(self, person: str, button: str) -> list[str]:
        """Return the time stamps of the bot's messages to this person that have a button of this id."""
        messages = self.get("messages", **{"as": person, "channel": f"D0{person[2:]}"})["messages"]
        return [str(each["ts"]) for each in messages if f'"{button}"' in json.dumps(each)]

    def told_anew(self, person: str, button: str, before: list[str]) -> bool:
        """Whether there is a new message with that button, and the earlier ones have lost theirs."""
        having = self.having(person, button)
        return len(having) == 1 and having != before

    @staticmethod
    def until(is_so: Callable[[], bool]) -> None:
        for _ in range(PATIENCE * 10):
            if is_so():
                return
            Event().wait(0.1)
        raise TimeoutError


def take(page: Page, name: str) -> None:
    """Keep what the page shows, without the cursor, and not larger than it may be."""
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, caret="hide", animations="disabled")
    assert path.stat().st_size < LARGEST, f"{path} has {path.stat().st_size:,} bytes"


def ask(page: Page, line: str, heading: str) -> None:
    field = page.locator("#place textarea")
    field.fill(line)
    field.press("Enter")
    expect(page.locator(".message").last.get_by_role("heading", name=heading).first).to_be_visible()


def take_all(browser: Browser, address: str, work: Workspace) -> None:
    """One picture of each main view, each as somebody whom it concerns."""
    page = window(browser, f"{address}/?as=U0DI&in=D0DI")
    page.locator(".tour-fold").click()  # the tour has its place in the manual, not in every picture
    ask(page, "/isctf", "My desk")
    take(page, "desk")
    ask(page, "/isctf status", "How the areas stand")
    take(page, "board")
    page.locator("#place textarea").fill("/isctf update climate")
    page.locator("#place textarea").press("Enter")
    page.get_by_label("What changed").fill("The hosts offer a smaller hall.")
    take(page, "modal")
    page.keyboard.press("Escape")
    page.goto(f"{address}/?as=U0NADIA&in=D0NADIA&tab=home")
    expect(page.locator(".home h2").first).to_be_visible()
    take(page, "right-to-left")
    for name, kind, person, button in MOVES:
        before = work.having(person, button)
        work.move_clock(to_next=kind)
        work.until(partial(work.told_anew, person, button, before))
        page.goto(f"{address}/?as={person}&in=D0{person[2:]}")
        expect(page.locator(".message").last.get_by_role("button").first).to_be_visible()
        take(page, name)


def main() -> None:
    """Take them all anew."""
    with practising() as address, sync_playwright() as playwright:
        work = Workspace(playwright.request.new_context(base_url=address))
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        take_all(browser, address, work)
        browser.close()


if __name__ == "__main__":
    main()
