"""A position is read as it was typed, and never guessed."""

from typing import Any

import pytest

from services.positions import split_stance

POSITIONS: list[dict[str, Any]] = [
    {"key": "agree", "name": {"en": "agrees", "fr": "d'accord", "zh": "同意"}},
    {"key": "object", "name": {"en": "objects", "fr": "fait objection"}, "objects": True},
    {"key": "comment"},
]


@pytest.mark.parametrize(
    ("typed", "stance", "reason"),
    [
        ("agree", "agree", ""),
        ("AGREE.", "agree", ""),
        ("agrees: it is cheap", "agree", "it is cheap"),
        ("d’accord", "agree", ""),
        ("同意", "agree", ""),
        ("fait objection, trop cher", "object", "trop cher"),
        ("object — No budget", "object", "No budget"),
        ("comment Later perhaps", "comment", "Later perhaps"),
        ("I agree", None, "I agree"),
        ("objectively it is fine", None, "objectively it is fine"),
        ("", None, ""),
    ],
)
def test_a_stance_is_taken_by_key_or_name_and_nothing_else_is_one(typed: str, stance: str | None, reason: str) -> None:
    assert split_stance(POSITIONS, typed) == (stance, reason)
