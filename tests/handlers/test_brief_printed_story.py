"""A brief for those who print: both files, over the wire, in the language of who asks."""

import io
from datetime import UTC, datetime
from urllib.request import urlopen

from docx import Document

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import Json
from tests.slack_world import SlackWorld


def test_for_printing_sends_both_files_to_who_clicked_in_their_language(slack: SlackWorld, bot: Bot) -> None:
    bot.let_all_read_english()
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    slack.player("U0CY").command("update climate at-risk Venue <b>not</b> confirmed")
    slack.player("U0DI").command("update resources at-risk The donor hesitates")
    reader = slack.player("U0NEWS")
    reader.command("settings language fr")
    reader.click(reader.command("meeting brief").message, "Pour impression")
    bot.settle()
    word, page = files_of(reader)
    read = Document(io.BytesIO(fetched(word)))
    told = "\n".join(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    html = fetched(page).decode()
    assert "Décisions attendues" in html
    assert "Venue <b>not</b> confirmed" in told
    assert "Venue &lt;b&gt;not&lt;/b&gt; confirmed" in html
    assert "The donor hesitates" not in told + html


def test_the_click_is_answered_before_any_file_is_made_and_they_come_on_that_sunday(
    slack: SlackWorld, bot: Bot
) -> None:
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()
    bot.go_to(datetime(2026, 11, 29, 21, tzinfo=UTC))
    ben = slack.player("U0BEN")
    shown = ben.command("meeting brief").message
    answer = ben.click(shown, "For printing")
    assert answer.ephemeral
    assert "Both files for printing come in your direct messages" in answer.plain
    assert files_of(ben) == []
    bot.settle()
    assert [file["name"] for file in files_of(ben)] == ["MTG-1-brief.docx", "MTG-1-brief.html"]


def test_a_file_for_printing_that_cannot_be_uploaded_is_owned_up_to(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()
    ben = slack.player("U0BEN")
    shown = ben.command("meeting brief").message
    slack.faults.next("files.getUploadURLExternal", "missing_scope", times=9)
    ben.click(shown, "For printing")
    bot.settle()
    assert ["could not be uploaded" in message["text"] for message in ben.dms()[-2:]] == [True, True]


def files_of(player: Player) -> list[Json]:
    """What came to somebody in their direct messages, oldest first."""
    return [file for message in player.dms() for file in message.get("files", [])]


def fetched(file: Json) -> bytes:
    with urlopen(file["url_private_download"], timeout=60) as answer:  # noqa: S310 - of this machine
        content: bytes = answer.read()
        return content
