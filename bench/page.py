"""How soon the practice workspace's page can be used, shows what is posted, and how smoothly a long channel scrolls."""

from playwright.sync_api import Browser, Page, sync_playwright
from slack_sdk import WebClient

from bench.figures import Table, percentile
from bench.programs import workspace
from foundation.clock import Clock
from practice.server import PracticeServer
from tests.browser import ARGUMENTS, chromium

CHANNEL, PERSON = "C0TASKFORCE", "U0AMA"
LONG = 2000
"""Messages in the channel that is scrolled."""
USABLE = """
new MutationObserver(() => {
  if (window.usableAfter === undefined && document.querySelector("#place .messages > *"))
    requestAnimationFrame(() => { window.usableAfter ??= performance.now(); });
}).observe(document, { childList: true, subtree: true });
"""
"""Notes when the messages stand there and one can write."""
SHOWN = """
window.shownAt = {};
new MutationObserver((changes) => requestAnimationFrame(() => {
  const at = performance.timeOrigin + performance.now();
  for (const { addedNodes } of changes) for (const node of addedNodes) window.shownAt[node.dataset?.ts] = at;
})).observe(document.querySelector("#place .messages"), { childList: true });
"""
"""Notes when each new message is drawn, by its time stamp."""
SCROLL = """
async (frames) => {
  const list = document.querySelector("#place .scroller");
  const taken = [];
  let before = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame += 1) {
    list.scrollTop -= 150;
    const now = await new Promise(requestAnimationFrame);
    taken.push(now - before);
    before = now;
  }
  return taken;
}
"""


def measure_page(*, loads: int, posts: int, frames: int) -> None:
    """Print one table, or why it was not measured. Times in milliseconds."""
    path = chromium()
    if path is None:
        print("The page was not measured: Chromium is not installed.\n")
        return
    table = Table("The practice workspace's page, in ms", ("p50", "longest", "wanted"))
    with workspace() as slack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        _add(table, "usable after opening", [_usable(browser, slack) for _ in range(loads)], "1000")
        _add(table, "a message shows after it was posted", _shown(browser, slack, posts), "150")
        _fill(slack)
        _add(
            table, f"usable, {LONG:,} messages in the channel", [_usable(browser, slack) for _ in range(loads)], "1000"
        )
        _add(table, f"a message shows among {LONG:,}", _shown(browser, slack, posts), "150")
        _add(table, f"a frame while scrolling {LONG:,} messages", _scrolled(browser, slack, frames), "")
        browser.close()
    print(table)


def _add(table: Table, name: str, taken: list[float], wanted: str) -> None:
    table.add(name, f"{percentile(taken, 50):.0f}", f"{max(taken):.0f}", wanted and f"< {wanted}")


def _opened(browser: Browser, slack: PracticeServer) -> Page:
    """Open the page as on a computer that never saw it."""
    page = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 860}).new_page()
    page.add_init_script(USABLE)
    page.goto(f"{slack.url}/?as={PERSON}&in={CHANNEL}")
    page.wait_for_function("window.usableAfter !== undefined")
    return page


def _usable(browser: Browser, slack: PracticeServer) -> float:
    page = _opened(browser, slack)
    taken = float(page.evaluate("window.usableAfter"))
    page.context.close()
    return taken


def _shown(browser: Browser, slack: PracticeServer, posts: int) -> list[float]:
    page = _opened(browser, slack)
    page.evaluate(SHOWN)
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    clock = Clock()
    taken = []
    for number in range(posts):
        begun = clock.real().timestamp() * 1000  # the browser's clock too, to the millisecond
        ts = client.chat_postMessage(channel=CHANNEL, text=f"Posted {number}")["ts"]
        page.wait_for_function("ts => window.shownAt[ts]", arg=ts)
        taken.append(float(page.evaluate("ts => window.shownAt[ts]", ts)) - begun)
    page.context.close()
    return taken


def _scrolled(browser: Browser, slack: PracticeServer, frames: int) -> list[float]:
    page = _opened(browser, slack)
    taken: list[float] = page.evaluate(SCROLL, frames)
    page.context.close()
    return taken


def _fill(slack: PracticeServer) -> None:
    """Let the channel have a long past."""

    async def past() -> None:
        work = slack.workspace
        channel = work.world.channels[CHANNEL]
        for number in range(LONG):
            words = f"*Message {number}* " + "and so on " * (number % 30)
            section = {"type": "section", "text": {"type": "mrkdwn", "text": words}}
            work.world.add(channel, work.bot_message(words, blocks=[section]))

    slack.run(past())
