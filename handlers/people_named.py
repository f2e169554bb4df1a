"""People that are named in a command's text: chosen from Slack's list (`<@U…>`), or typed as `@name`."""

import re

from foundation.errors import Refusal
from foundation.language import N_
from handlers.slack_text import person_named
from models.people import Person
from services.directory import Directory

_ACCOUNT = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_NAMED = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|(?<!\S)@\S+")


def take_people(who: Directory, text: str) -> tuple[list[Person], str]:
    """Take the people out of a text. Returns (the members named, in order, the rest). Refuses who is no member."""
    found = [_member(who, named) for named in _NAMED.findall(text)]
    return found, " ".join(_NAMED.sub(" ", text).split())


def take_account(text: str) -> tuple[str, str]:
    """Take one account of the workspace, member or not, out of a text. Returns (its Slack id or nothing, the rest)."""
    found = _ACCOUNT.search(text)
    if found is None:
        return "", text
    return found[1], " ".join(_ACCOUNT.sub(" ", text, count=1).split())


def begins_with_person(text: str) -> bool:
    """Whether the text names a person first."""
    return _NAMED.match(text.strip()) is not None


def _member(who: Directory, named: str) -> Person:
    person = person_named(who, named)
    if person is None:
        shown = named.strip("<>").partition("|")[2] or named
        raise Refusal(
            N_("I know no member {typed} for sure. Choose the person from Slack's list, or check `member list`."),
            typed=shown if shown.startswith("@") else f"@{shown}",
        )
    return person
