"""What the journal's facts are called, and their values as people say them. As CSV they stay as they were stored."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from foundation.language import N_, Language, Reader
from models.agenda import ItemOutcome
from models.updates import Health
from services.health_words import WORDS as HEALTH_WORDS
from views.meeting_words import outcome_word
from views.texts import excerpt

VALUE = 120
"""Characters of one value that are shown."""
NAMES = {
    "action": N_("action"),
    "actions": N_("actions"),
    "alternate": N_("alternate"),
    "answer": N_("answer"),
    "at": N_("moment"),
    "changed": N_("changed"),
    "channel": N_("channel"),
    "choice": N_("choice"),
    "confirms": N_("confirms"),
    "days": N_("days"),
    "deadline": N_("deadline"),
    "decision": N_("decision"),
    "delegate": N_("delegate"),
    "due": N_("due"),
    "evidence": N_("evidence"),
    "from": N_("first day"),
    "given": N_("given"),
    "health": N_("health"),
    "heir": N_("goes to"),
    "held_at": N_("held at"),
    "help_needed": N_("help needed"),
    "into": N_("goes on in"),
    "issue": N_("issue"),
    "issues": N_("issues"),
    "item": N_("item"),
    "language": N_("language"),
    "meeting": N_("meeting"),
    "merged": N_("merged into it"),
    "next": N_("next reminder"),
    "next_steps": N_("next steps"),
    "minutes": N_("minutes"),
    "outcome": N_("outcome"),
    "owner": N_("owner"),
    "people": N_("people"),
    "position": N_("position on the agenda"),
    "presenter": N_("presenter"),
    "presence": N_("presence"),
    "quiet_until": N_("nothing asked before"),
    "reason": N_("reason"),
    "referred": N_("referred"),
    "reminder": N_("reminder"),
    "replaces": N_("replaces"),
    "seats": N_("seats"),
    "severity": N_("severity"),
    "sha256": N_("fingerprint"),
    "stance": N_("position"),
    "start": N_("start"),
    "state": N_("state"),
    "step": N_("step"),
    "text": N_("text"),
    "timezone": N_("time zone"),
    "title": N_("title"),
    "to": N_("until, or to whom"),
    "unit": N_("unit"),
    "until": N_("snoozed until"),
    "update": N_("update"),
    "version": N_("version"),
    "withdrawn": N_("withdrawn"),
    "working_days": N_("working days"),
    "working_hours": N_("working hours"),
    "zone": N_("time zone"),
}


def name_of_fact(key: str, say: Language) -> str:
    """Return what a fact is called; what has no name yet keeps that of the record."""
    return say.t(NAMES[key]) if key in NAMES else key


def value_of_fact(key: str, value: Any, reader: Reader) -> str:
    """Return a value as it is said to the reader; empty for none."""
    say = reader.language
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return say.t("yes") if value else say.t("no")
    if key == "health":
        return say.t(HEALTH_WORDS[Health(value)])
    if key in SAID:
        return SAID[key](str(value), say)
    moment = _moment(value)
    if moment is not None:
        return reader.moment(moment)
    return excerpt(", ".join(map(str, value)) if isinstance(value, list) else str(value), VALUE)


def _state(value: str, say: Language) -> str:
    return {
        "open": say.tc("an issue", "open"),
        "escalated": say.tc("an issue", "escalated"),
        "decided": say.tc("an issue", "decided"),
        "closed": say.tc("an issue", "closed"),
        "resolved": say.tc("an issue", "resolved"),
        "scheduled": say.tc("a meeting", "scheduled"),
        "held": say.tc("a meeting", "being held"),
        "cancelled": say.tc("a meeting", "cancelled"),
        "normal": say.t("normal"),
        "urgent": say.t("urgent"),
    }.get(value, value)


def _outcome(value: str, say: Language) -> str:
    """Say what became of an item, or what a decision does to its issue."""
    if value in set(ItemOutcome):
        return outcome_word(say, value)
    return {
        "close": say.tc("an issue", "Close"),
        "action": say.t("With an action"),
        "return": say.t("Return with instructions"),
    }.get(value, value)


def _presence(value: str, say: Language) -> str:
    return {"room": say.t("In the room"), "remote": say.t("Remotely")}.get(value, value)


SAID: dict[str, Callable[[str, Language], str]] = {
    "outcome": _outcome,
    "presence": _presence,
    "severity": _state,
    "state": _state,
}
"""Facts whose value is one of a few words of ours."""


def _moment(value: Any) -> datetime | None:
    """Return the instant that a value is, if it is one: with its time and offset, never a mere day."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return read if read is not None and read.tzinfo is not None else None
