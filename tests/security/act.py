"""How a row of the table of rights is written: one act, who may do it, and what then happens."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tests.security.people import NOBODY, PEOPLE
from tests.security.wire import Seen, Wire
from tests.slack_reading import Json

Roles = frozenset[str]


class Does(StrEnum):
    """What an act does for whoever may do it."""

    CHANGES = "changes the records and is in the journal"
    KEEPS = "changes what is the person's own, which the journal does not tell"
    OPENS = "opens a form"
    SHOWS = "answers privately"
    SHARES = "answers before everybody, and is in the journal"
    NOTHING = "does nothing that can be seen"


@dataclass(frozen=True)
class Act:
    """One act. Whoever is neither in `may` nor in `told` is denied it."""

    table: str
    key: str
    """With `table`, the entry of `handlers.routes`; sub-commands by their words, `issue raise`."""
    may: Roles
    does: Does
    told: Roles = NOBODY
    """Who is told something else: that it is not the time, what is missing, or that there is nothing of the kind."""
    given: str = ""
    """The text or the value; `{climate}` and the like stand for the ids of the scene."""
    noted: Mapping[str, str] = field(default_factory=dict)
    filled: Mapping[str, object] = field(default_factory=dict)
    more: Json = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the test is called."""
        about = " ".join([self.given, *self.noted.values(), *map(str, self.filled.values())]).strip()
        return f"{self.table.lower()} {self.key} {about}"[:90]

    def do(self, wire: Wire, role: str, ids: Mapping[str, int]) -> Seen:
        """Let somebody do it."""
        who, given = PEOPLE[role], self.given.format(**ids)
        match self.table:
            case "COMMANDS":
                return wire.command(who, f"{self.key} {given}".strip())
            case "ACTIONS":
                return wire.click(who, self.key, given, **self.more)
            case "FORMS":
                return wire.submit(who, self.key, *self.form(ids))
            case "SHORTCUTS":
                return wire.shortcut(who, self.key, given or None)
            case _:
                return wire.event(who, {"type": self.key, "text": given, **_about(self.more, who, gone=role)})

    def form(self, ids: Mapping[str, int]) -> tuple[str, dict[str, object]]:
        """What is noted in the form, and what is filled in."""
        noted = {key: number(value.format(**ids)) for key, value in self.noted.items()}
        return json.dumps(noted), {key: _with_ids(value, ids) for key, value in self.filled.items()}


def command(key: str, may: Roles, does: Does, given: str = "", *, told: Roles = NOBODY) -> Act:
    """A slash command: its words, then what is given."""
    return Act("COMMANDS", key, may, does, told, given)


def click(key: str, given: str, may: Roles, does: Does, *, told: Roles = NOBODY, **more: object) -> Act:
    """A button or menu, and what it carries."""
    return Act("ACTIONS", key, may, does, told, given, more=more)


def form(
    key: str, noted: Mapping[str, str], filled: Mapping[str, object], may: Roles, *, does: Does = Does.CHANGES,
    told: Roles = NOBODY,
) -> Act:  # fmt: skip
    """A form, what its opener noted in it, and what was filled in."""
    return Act("FORMS", key, may, does, told, noted=noted, filled=filled)


def number(text: str) -> int | str:
    """Numbers as numbers, as forms note them."""
    return int(text) if text.isdigit() else text


def _with_ids(value: object, ids: Mapping[str, int]) -> object:
    return value.format(**ids) if isinstance(value, str) else value


def _about(more: Json, who: str, *, gone: str) -> Json:
    """What an event says; a profile is the person's own."""
    if "profile" not in more:
        return more
    flags = {"deleted": gone == "deactivated", "is_restricted": gone == "guest"}
    return {"user": {"id": who, "real_name": "Somebody (sample)", **flags}}
