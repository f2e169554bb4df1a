"""A brief for those who print: both files, over the wire, in the language of who asks."""

import io
from urllib.request import urlopen

from docx import Document

from tests.focal_app import Bot
from tests.slack_reading import Json
from tests.slack_world import SlackWorld


def test_for_printing_sends_both_files_to_who_clicked_in_their_language(slack: SlackWorld, bot: Bot) -> None:
    bot.let_all_read_english()
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    slack.player("U0CY").command("update climate at-risk Venue <b>not</b> confirmed")
    slack.player("U0DI").command("update resources at-risk The donor hesitates")
    reader = slack.player("U0NEWS")
    reader.command("settings language fr")
    answer = reader.click(reader.command("meeting brief").message, "Pour impression")
    assert "messages directs" in answer.plain
    shared = [message for message in reader.dms() if message.get("files")]
    [word, page] = shared[-1]["files"]
    read = Document(io.BytesIO(fetched(word)))
    told = "\n".join(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    html = fetched(page).decode()
    assert "Décisions attendues" in html
    assert "Venue <b>not</b> confirmed" in told
    assert "Venue &lt;b&gt;not&lt;/b&gt; confirmed" in html
    assert "The donor hesitates" not in told + html


def fetched(file: Json) -> bytes:
    with urlopen(file["url_private_download"], timeout=60) as answer:  # noqa: S310 - of this machine
        content: bytes = answer.read()
        return content
