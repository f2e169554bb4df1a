"""Minutes for those who print: both files, with what was closed and corrected, in the language of who asks."""

import io

from docx import Document

from tests.focal_app import Bot
from tests.handlers.test_brief_printed_story import fetched, files_of
from tests.handlers.test_minutes_story import bot, closed, secretary, stored
from tests.slack_player import Player
from tests.slack_world import SlackWorld

__all__ = ["bot", "secretary"]


def printed(player: Player, bot: Bot, label: str = "For printing") -> tuple[list[str], str, str]:
    """The names of the files that somebody gets who prints the minutes, and what both say."""
    answer = player.click(player.command("meeting minutes MTG-1").message, label)
    assert answer.ephemeral
    before = len(files_of(player))
    bot.settle()
    word, page = files_of(player)[before:]
    read = Document(io.BytesIO(fetched(word)))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    told = "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])
    return [word["name"], page["name"]], told, fetched(page).decode()


def test_closed_minutes_are_printed_with_their_fingerprint_and_their_corrections(bot: Bot, secretary: Player) -> None:
    closed(secretary, bot)
    _, sha256 = stored(bot)
    secretary.command("meeting correct MTG-1 It was the full sum")
    names, word, page = printed(secretary, bot)
    assert names == ["MTG-1-minutes.docx", "MTG-1-minutes.html"]
    for said in (word, page):
        assert "Minutes: MTG-1 · ISC-TF 43" in said
        assert "Closed by Sena (sample)" in said
        assert sha256 in said
        assert "Ama (sample)" in said
        assert "1. Budget of the session" in said
        assert "Put off to the next meeting" in said
        assert "TSB pays the half" in said
        assert "18 Dec 2026" in said
        assert "It was the full sum" in said


def test_a_draft_is_printed_as_a_draft(bot: Bot, secretary: Player) -> None:
    names, word, page = printed(secretary, bot)
    assert names == ["MTG-1-minutes-draft.docx", "MTG-1-minutes-draft.html"]
    for said in (word, page):
        assert "Draft minutes: MTG-1 · ISC-TF 43" in said
        assert "Nothing is closed yet" in said
        assert "Fingerprint" not in said


def test_whoever_may_not_see_an_area_prints_minutes_without_it(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    closed(secretary, bot)
    secretary.command("meeting correct MTG-1 The donor gave the full sum")
    _, *outside = printed(slack.player("U0NEWS"), bot)
    _, *inside = printed(slack.player("U0BEN"), bot)
    assert ["Resource mobilization" in said for said in (*outside, *inside)] == [False, False, True, True]
    assert all("1 item is for members only." in said for said in outside)
    assert ["The donor" in said for said in (*outside, *inside)] == [False, False, True, True]
    assert all("1 correction was added." in said for said in outside)


def test_minutes_are_printed_in_the_language_of_who_asks(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    closed(secretary, bot)
    reader = slack.player("U0BO")
    reader.command("settings language fr")
    _, word, page = printed(reader, bot, "Pour impression")
    for said in (word, page):
        assert "Compte rendu" in said
        assert "Reporté à la prochaine réunion" in said
        assert "TSB pays the half" in said
