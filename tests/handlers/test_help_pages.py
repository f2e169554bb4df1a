"""The help names every command there is, and no other; and what it gives as an example is understood."""

import pytest

from handlers import help_pages, paging, routes
from views.help_pages import TOPICS, WORDS, Topic

SILENT = {"", "?"}
"""The command alone, and another way to ask for help."""


def test_every_command_is_in_the_help_and_every_command_of_the_help_exists() -> None:
    assert set(WORDS) == set(routes.COMMANDS) - SILENT


@pytest.mark.parametrize("topic", TOPICS, ids=[topic.word for topic in TOPICS])
def test_every_example_begins_with_a_command_of_its_topic(topic: Topic) -> None:
    assert topic.examples
    assert {example.partition(" ")[0] for example in topic.examples} <= {*topic.words, ""}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("statsu", "status"), ("Satus", "status"), ("updtae", "update"), ("meting", "meeting"), ("jurnal", "journal")],
)
def test_the_nearest_command_is_found(typed: str, meant: str) -> None:
    assert help_pages.nearest_command(typed) == meant


@pytest.mark.parametrize("typed", ["zzz", "气候", "🟢"])
def test_what_resembles_nothing_has_no_nearest_command(typed: str) -> None:
    assert help_pages.nearest_command(typed) is None


def test_every_kind_of_page_can_be_turned() -> None:
    listed = {"areas", "issues", "actions", "decisions", "register", "members", "agenda", "item", "floor", "minutes"}
    kinds = {"board", "area", "history", "who", "search", "journal", "csv", "brief", *listed}
    assert set(paging.LOOKS) == kinds
