"""The pictures of docs/pictures, taken from `bot.py practice` as it really runs. `make pictures` runs it."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
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
Json = dict[str, Any]

FORTNIGHT = (
    ("U0CY", "update climate at-risk Venue for the joint session not confirmed | next: TSB to ask UNFCCC"),
    ("U0BO", "update climate on-track Study on measuring emissions went to the group | next: collect comments"),
    ("U0TESS", "update accessibility on-track Captioning contract renewed | next: guidance for remote meetings"),
    ("U0DI", "update communications on-track Joint calendar of announcements is in use"),
    ("U0PIM", "update emergency off-track Spare radios are missing in two depots | help: a carrier who can fly them"),
    ("U0INES", "update youth done Youth strategy published in six languages"),
)
ISSUE = "issue raise climate Who pays for the joint pavilion?"
POSITIONS = (
    ("U0BO", "issue position ISS-1 agree TSB can pay a quarter of it"),
    ("U0CY", "issue position ISS-1 object BDT has no budget line for it this year"),
    ("U0CY", "issue escalate ISS-1 The hosts need an answer before the meeting"),
)


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
    """The workspace as its page reaches it, for what happened before the pictures are taken."""

    def __init__(self, request: APIRequestContext) -> None:
        self.request = request
        self.until(lambda: self.get("overview")["bot"]["connected"])

    def get(self, name: str, **query: str) -> Json:
        read: Json = self.request.get(f"/practice/{name}", params={**query}).json()
        return read

    def command(self, person: str, line: str) -> None:
        said = {"as": person, "channel": CHANNEL, "text": f"/isctf {line}"}
        answer = self.request.post("/practice/send", data=said).json()
        assert answer["ok"], (line, answer)

    def move_clock(self, **where: str | float) -> None:
        answer = self.request.post("/practice/clock", data=where).json()
        assert answer["ok"], answer

    def said_in(self, channel: str, person: str) -> str:
        """Return all messages of a channel as JSON, as this person sees them."""
        return json.dumps(self.get("messages", **{"as": person, "channel": channel})["messages"])

    def told(self, person: str, needed: str) -> bool:
        """Whether the bot has sent this person a message with a button of this id."""
        return f'"{needed}"' in self.said_in(f"D0{person[2:]}", person)

    @staticmethod
    def until(is_so: Callable[[], bool]) -> None:
        for _ in range(PATIENCE * 10):
            if is_so():
                return
            Event().wait(0.1)
        raise TimeoutError


def live_a_fortnight(work: Workspace) -> None:
    """A meeting ahead, updates, an issue on its way up, and a reminder for those who owe."""
    meeting = datetime.fromisoformat(work.get("overview")["now"]) + timedelta(days=9)
    work.command("U0SEC", f"meeting schedule {meeting:%Y-%m-%d} 14:30 ISC-TF 43")
    for person, line in FORTNIGHT:
        work.command(person, line)
    work.command("U0AMA", ISSUE)
    for person, line in POSITIONS:
        work.command(person, line)
    work.until(lambda: "ISS-1" in work.said_in(CHANNEL, "U0SEC"))  # the last of the cards, which come one a second
    work.until(lambda: any(each["kind"] == "reminder" for each in work.get("next")["items"]))
    work.move_clock(to_next="reminder")


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
    page = window(browser, f"{address}/?as=U0DI&in={CHANNEL}")
    ask(page, "/isctf", "My desk")
    take(page, "desk")
    ask(page, "/isctf status", "How the areas stand")
    take(page, "board")
    page.locator("#place textarea").fill("/isctf update climate")
    page.locator("#place textarea").press("Enter")
    page.get_by_label("What changed").fill("The hosts offer a smaller hall.")
    take(page, "modal")
    work.until(lambda: work.told("U0TESS", "reminder.snooze"))
    take(window(browser, f"{address}/?as=U0TESS&in=D0TESS"), "reminder")
    work.until(lambda: work.told("U0CHAIR", "issue.decide"))
    take(window(browser, f"{address}/?as=U0CHAIR&in=D0CHAIR"), "alert")
    page = window(browser, f"{address}/?as=U0NADIA&in=D0NADIA&tab=home")
    expect(page.locator(".home h2").first).to_be_visible()
    take(page, "right-to-left")


def main() -> None:
    """Take them all anew."""
    with practising() as address, sync_playwright() as playwright:
        request = playwright.request.new_context(base_url=address)
        work = Workspace(request)
        live_a_fortnight(work)
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        take_all(browser, address, work)
        browser.close()


if __name__ == "__main__":
    main()
