"""Text as Slack sends it, made readable: its escapes undone, references to people, channels and links spelt out."""

import re

from models.people import Person
from services.directory import Directory
from services.folding import fold_name

_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|([^<>]*))?>")
_EVERYONE = re.compile(r"<!(?:([a-z]+)|subteam\^[A-Z0-9]+)(?:\|@?([^<>]*))?>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^<>|]+)(?:\|([^<>]+))?>")


def readable(text: str, who: Directory | None = None) -> str:
    """Return what the person saw while writing, as plain text; members by the names that Focal knows them by."""

    def person(match: re.Match[str]) -> str:
        known = who.by_slack_id(match[1]) if who else None
        return f"@{known.name if known else match[2] or match[1]}"

    def link(match: re.Match[str]) -> str:
        shown = match[2]
        return match[1] if not shown or shown in match[1] else f"{shown} ({match[1]})"

    spelt = _LINK.sub(link, _CHANNEL.sub(lambda match: f"#{match[2] or match[1]}", _PERSON.sub(person, text)))
    spelt = _EVERYONE.sub(lambda match: f"@{match[2] or match[1] or 'group'}", spelt)
    return spelt.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def without_mention(text: str, slack_id: str) -> str:
    """Take the mentions of one user (the bot) out of a text."""
    return re.sub(rf"\s*<@{re.escape(slack_id)}(?:\|[^<>]*)?>\s*", " ", text).strip()


def person_named(who: Directory, typed: str) -> Person | None:
    """Return the member that was typed: chosen from Slack's list (`<@U…>`), or by name where it is clear."""
    chosen = _PERSON.search(typed)
    if chosen:
        return who.by_slack_id(chosen[1])
    wanted = fold_name(typed.removeprefix("@"))
    found = [p for p in who.members if wanted and (wanted == fold_name(p.name) or wanted in fold_name(p.name).split())]
    return found[0] if len(found) == 1 else None
