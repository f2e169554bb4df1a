"""What a person types, turned into what Slack hands to an app: escapes, and names into references."""

import re

from practice.world import World

REFERENCE = re.compile(r"<(?:@U[A-Z0-9]+|#C[A-Z0-9]+)(?:\|[^<>]*)?>")
NAME = re.compile(r"(?<![\w@])@([A-Za-z0-9][A-Za-z0-9._-]*)|(?<![\w#&])#([a-z0-9][a-z0-9_-]*)")


def escape(text: str) -> str:
    """Slack's three escapes; references that were picked from a list stay."""
    kept = [(match.start(), match.end()) for match in REFERENCE.finditer(text)]
    parts, position = [], 0
    for start, end in kept:
        parts += [_escape(text[position:start]), text[start:end]]
        position = end
    return "".join([*parts, _escape(text[position:])])


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_references(world: World, text: str, *, named: bool) -> str:
    """`@name` and `#channel` become `<@U…>` and `<#C…>`; `named` adds `|name`, as slash commands have it."""

    def refer(match: re.Match[str]) -> str:
        word = (match[1] or "").rstrip(".")
        person = world.person_called(word) if word else None
        if person is not None:
            rest = match[1][len(word) :]
            return (f"<@{person.id}|{person.handle}>" if named else f"<@{person.id}>") + rest
        channel = world.channel(match[2]) if match[2] else None
        if channel is not None:
            return f"<#{channel.id}|{channel.name}>"
        return match[0]

    return NAME.sub(refer, escape(text))
