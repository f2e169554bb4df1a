"""One request from a person, as the handlers see it; and the kinds of answer they give."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import FieldRefusal, Refusal, Repeated
from foundation.language import N_, Language, Reader, clean
from foundation.settings import Settings
from models.delivery import InboxEntry
from models.people import Person
from services.typed_dates import FIRST_YEAR, LAST_YEAR
from views.blocks import Block, Message

OVERTAKEN = ("hash_conflict", "not_found")
"""What Slack says of a form that was changed again, or closed, since the click that came from it."""
TOO_MANY = 429


@dataclass(frozen=True)
class Office:
    """What every handler needs: the records, the clock, and Slack for forms and look-ups (never for messages)."""

    database: Database
    clock: Clock
    settings: Settings
    slack: WebClient


@dataclass(frozen=True)
class Answer:
    """A direct answer to the person who acted: private, unless it is for the whole channel."""

    message: Message
    in_channel: bool = False
    replace: bool = False
    """Take the place of the private answer whose button was clicked (a page turned)."""


@dataclass(frozen=True)
class Errors:
    """Sentences at the fields of the form that was submitted; the form stays open with all that was typed."""

    by_field: dict[str, str]


@dataclass(frozen=True)
class Show:
    """Another page in place of the form that was submitted."""

    view: Block


Reply = Answer | Errors | Show | None


@dataclass
class Request:
    """One command, click, form, shortcut or event. `actor` is who Slack says is acting; nothing else is believed."""

    office: Office
    payload: dict[str, Any]
    slack_id: str
    """Who Slack says is acting."""
    actor: Person
    reader: Reader
    now: datetime
    inbox_key: str | None = None
    text: str = ""
    """What follows the command's word; empty elsewhere."""
    channel_id: str | None = None
    trigger_id: str | None = None
    response_url: str | None = None
    action: dict[str, Any] = field(default_factory=dict)
    """The clicked element, for actions."""
    _reading: ExitStack = field(default_factory=ExitStack)
    _session: Session | None = None

    @property
    def say(self) -> Language:
        """The language of the person who acted."""
        return self.reader.language

    @property
    def value(self) -> str:
        """What the clicked element carries: a hint at a record, never a right."""
        chosen = self.action.get("selected_option") or {}
        return str(
            chosen.get("value")
            or self.action.get("value")
            or self.action.get("selected_user")
            or self.action.get("selected_date")
            or ""
        )

    @property
    def metadata(self) -> dict[str, Any]:
        """What the form's opener noted in it, as hints."""
        try:
            noted = json.loads((self.payload.get("view") or {}).get("private_metadata") or "{}")
        except ValueError:
            return {}
        return noted if isinstance(noted, dict) else {}

    # -- records ---------------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look at the records. The same look serves the whole request until it writes."""
        if self._session is None:
            self._session = self._reading.enter_context(self.office.database.reading())
        yield self._session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Change the records, once for this request. Raises `Repeated` when Slack delivered it before."""
        self.stop_reading()
        with self.office.database.transaction() as session:
            if self.inbox_key:
                note_inbox(session, self.inbox_key, real=self.office.clock.real())
            yield session
        # Not before: what was refused is rolled back, and this with it.
        self.inbox_key = None

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Answer once, though nothing was changed: Slack delivers an event again whose acknowledgement it missed.

        Raises `Repeated` when it was answered before. What Slack's limits kept from being said may be said again.
        """
        key = self.inbox_key
        with self.transaction():
            pass
        try:
            yield
        except SlackApiError as error:
            if key and error.response.status_code == TOO_MANY:
                with self.office.database.transaction() as session:
                    session.delete(session.get_one(InboxEntry, key))
            raise

    def stop_reading(self) -> None:
        """End the look, so that the next one sees what was written since."""
        self._session = None
        self._reading.close()

    # -- forms -----------------------------------------------------------------------------------------------------

    def open_form(self, view: Block) -> None:
        """Open a form (on top of another one if the click came from a form)."""
        self.stop_reading()
        if self.trigger_id is None:
            raise Refusal(N_("Slack opens forms only from a command or a button: type this after the slash command."))
        above = (self.payload.get("view") or {}).get("type") == "modal"
        method = self.office.slack.views_push if above else self.office.slack.views_open
        method(trigger_id=self.trigger_id, view=view)

    def update_form(self, view: Block) -> None:
        """Change the open form that this click came from, unless it changed meanwhile."""
        self.stop_reading()
        shown = self.payload.get("view") or {}
        try:
            self.office.slack.views_update(view_id=shown.get("id"), hash=shown.get("hash"), view=view)
        except SlackApiError as error:
            if error.response.get("error") not in OVERTAKEN:
                raise

    def typed(self, name: str) -> str:
        """Return what was typed or chosen in a field of the form, cleaned; empty when nothing was."""
        return clean(str(_chosen(self._answer(name)) or ""))

    def chosen_day(self, name: str) -> date | None:
        """Return the day chosen in a field of the form. Refuses, at the field, one that nobody could type either."""
        given = self._answer(name).get("selected_date")
        chosen = date.fromisoformat(given) if given else None
        if chosen is not None and not FIRST_YEAR <= chosen.year <= LAST_YEAR:
            raise FieldRefusal(name, N_("Choose a day from {first} to {last}."), first=str(FIRST_YEAR),
                               last=str(LAST_YEAR))  # fmt: skip
        return chosen

    def chosen_several(self, name: str) -> list[str]:
        """Return the values chosen in a field that takes several."""
        return [str(option["value"]) for option in self._answer(name).get("selected_options") or []]

    def _answer(self, name: str) -> dict[str, Any]:
        values = ((self.payload.get("view") or {}).get("state") or self.payload.get("state") or {}).get("values") or {}
        for block_id, by_action in values.items():
            # A block may carry a suffix (`changed.2`) where the same field must show fresh text.
            if block_id == name or block_id.startswith(f"{name}."):
                for answer in by_action.values():
                    return dict(answer)
        return {}


def _chosen(answer: dict[str, Any]) -> str | None:
    option = answer.get("selected_option")
    if option:
        return str(option["value"])
    for key in (
        "value",
        "selected_user",
        "selected_date",
        "selected_time",
        "selected_conversation",
        "selected_channel",
    ):
        if answer.get(key):
            return str(answer[key])
    return None


def note_inbox(session: Session, key: str, *, real: datetime) -> None:
    """Write down that a request is being carried out. Raises `Repeated` when it was before."""
    session.add(InboxEntry(key=key, at=real))
    try:
        session.flush()
    except IntegrityError as error:
        raise Repeated(key) from error


Handler = Callable[[Request], Reply]
Choices = Callable[[Request], list[dict[str, Any]]]
