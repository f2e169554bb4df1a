"""The door: every request is identified, dispatched by a table, and answered with a sentence whatever happens."""

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import OperationalError

from foundation.errors import Denied, FieldRefusal, Refusal, Repeated
from foundation.language import N_, clean
from handlers import answering, help_pages, routes
from handlers.answering import refused
from handlers.denials import write_down
from handlers.identity import identify, stranger_reader
from handlers.request import Errors, Handler, Office, Reply, Request
from handlers.slack_text import readable
from handlers.typing_forgiven import first_word, forgive
from models.people import Person
from services.texts import checked

log = structlog.get_logger("focal.entrance")
ANY = re.compile(".*", re.DOTALL)
LONGEST = 12_000
"""Characters of a command or message that are read at all: the three texts of an update fit."""
NOBODY = Person(slack_id="", name="?", guest=True)
"""Who acts until they are identified: somebody without any right."""
Deliver = Callable[[Request, Reply], BoltResponse]

DID_NOT_WORK = N_(
    "That did not work, and nothing was changed. Please try again; if it happens again, tell the secretariat "
    "the reference {reference}."
)
BUSY = N_(
    "Focal cannot store anything right now, so nothing was changed. Please try again in a minute; if it happens again, "
    "tell the secretariat the reference {reference}."
)


def build_app(office: Office) -> App:
    """Return the Bolt app: one listener a kind of request, with a dictionary behind it (Bolt's own matching is slow).

    `process_before_response`: what is acknowledged was committed first.
    """
    app = App(
        client=office.slack,
        signing_secret=office.settings.signing_secret or "-",
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        token_verification_enabled=False,
        request_verification_enabled=office.settings.transport == "http",
        ssl_check_enabled=False,
        ignoring_self_events_enabled=True,
    )
    door = Door(office)
    app.command(ANY)(door.command)
    app.action(ANY)(door.click)
    app.view({"type": "view_submission", "callback_id": ANY})(door.form)
    app.view({"type": "view_closed", "callback_id": ANY})(door.closed)
    app.shortcut(ANY)(door.shortcut)
    app.options(ANY)(door.choices)
    app.event(ANY)(door.event)
    app.error(door.unmatched)
    return app


class Door:
    """The listeners. Each returns the acknowledgement as its `BoltResponse`."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def command(self, body: dict[str, Any]) -> BoltResponse:
        """A slash command: its first word chooses the handler."""
        word, rest = first_word(forgive(body.get("text") or ""))
        handler = routes.COMMANDS.get(word.casefold()) or help_pages.unknown(word, rest)
        return self._serve(
            body,
            handler,
            answering.to_command,
            slack_id=body["user_id"],
            text=rest,
            typed=f"{body['command']} {body.get('text') or ''}",
            inbox_key=f"command:{body.get('trigger_id')}",
            channel_id=body.get("channel_id"),
        )

    def click(self, body: dict[str, Any]) -> BoltResponse:
        """A button, menu or picker, in a message, a form or App Home."""
        action = body["actions"][0]
        handler = routes.ACTIONS.get(action["action_id"], _nothing)
        return self._serve(
            body,
            handler,
            answering.to_click,
            slack_id=body["user"]["id"],
            action=action,
            inbox_key=f"click:{action.get('action_ts')}:{body['user']['id']}:{action['action_id']}",
            channel_id=(body.get("channel") or {}).get("id"),
        )

    def form(self, body: dict[str, Any]) -> BoltResponse:
        """A submitted form."""
        view = body["view"]
        return self._serve(
            body,
            routes.FORMS.get(view["callback_id"], _nothing),
            answering.to_form,
            slack_id=body["user"]["id"],
            inbox_key=f"form:{view['id']}:{view.get('hash')}",
        )

    def closed(self) -> BoltResponse:
        """A form that was closed: nothing was asked for."""
        return BoltResponse(status=200, body="")

    def shortcut(self, body: dict[str, Any]) -> BoltResponse:
        """A global or message shortcut."""
        return self._serve(
            body,
            routes.SHORTCUTS.get(body["callback_id"], _nothing),
            answering.to_click,
            slack_id=body["user"]["id"],
            inbox_key=f"shortcut:{body.get('trigger_id')}",
            channel_id=(body.get("channel") or {}).get("id"),
        )

    def choices(self, body: dict[str, Any]) -> BoltResponse:
        """The options of a type-ahead field."""
        choose = routes.CHOICES.get(body.get("action_id", ""))
        found: list[dict[str, Any]] = []

        def handler(request: Request) -> None:
            found.extend(choose(request) if choose else [])

        self._serve(body, handler, _silent, slack_id=body["user"]["id"])
        return BoltResponse(status=200, body={"options": found})

    def event(self, body: dict[str, Any]) -> BoltResponse:
        """Something happened: a message to the bot, App Home opened, a profile changed."""
        event = body.get("event") or {}
        handler = routes.EVENTS.get(event.get("type", ""))
        user = event.get("user")
        slack_id = user.get("id") if isinstance(user, dict) else user
        if (
            handler is None
            or not isinstance(slack_id, str)
            or event.get("bot_id")
            or event.get("subtype") not in (None, "file_share")
        ):
            return BoltResponse(status=200, body="")
        return self._serve(
            body,
            handler,
            answering.to_event,
            slack_id=slack_id,
            inbox_key=f"event:{body.get('event_id')}",
            channel_id=event.get("channel"),
            typed=event.get("text") or "",
            again=True,
        )

    def unmatched(self, error: Exception, request: BoltRequest) -> BoltResponse:  # noqa: ARG002
        """Answer what Bolt could not match, so that Slack does not send it again for ever."""
        log.warning("request.unmatched", kind=type(error).__name__)
        return BoltResponse(status=200, body="")

    # -- one way for all -------------------------------------------------------------------------------------------

    def _serve(
        self,
        body: dict[str, Any],
        handler: Handler,
        deliver: Deliver,
        *,
        slack_id: str,
        typed: str = "",
        again: bool = False,
        **about: Any,
    ) -> BoltResponse:
        """Identify, handle, answer. `again`: Slack sends this again when it fails (events)."""
        request = Request(
            office=self.office,
            payload=body,
            slack_id=slack_id,
            actor=NOBODY,
            reader=stranger_reader(),
            now=self.office.clock.now(),
            trigger_id=body.get("trigger_id"),
            response_url=body.get("response_url"),
            **about,
        )
        try:
            with request.reading() as session:
                request.actor, request.reader = identify(self.office, session, slack_id)
            checked(typed, "", limit=LONGEST, required=False)
            reply = handler(request)
            request.stop_reading()
            return deliver(request, reply)
        except Repeated:
            return BoltResponse(status=200, body="")
        except Exception as error:  # noqa: BLE001 - the one place where everything ends in a sentence
            request.stop_reading()
            with suppress(Repeated):
                return self._sorry(request, error, deliver, typed=typed, again=again)
            return BoltResponse(status=200, body="")
        finally:
            request.stop_reading()

    def _sorry(
        self,
        request: Request,
        error: Exception,
        deliver: Deliver,
        *,
        typed: str,
        again: bool,
    ) -> BoltResponse:
        say = request.say
        is_form = deliver is answering.to_form
        if isinstance(error, Denied):
            write_down(request, error, typed=typed)
        if isinstance(error, Refusal):
            field = error.field if isinstance(error, FieldRefusal) else ""
            plain, sentence = error.plain(say), error.mrkdwn(say)
        else:
            reference = secrets.token_hex(4)
            busy = isinstance(error, OperationalError)
            log.error("request.failed", reference=reference, exc_info=None if busy else error, cause=_cause(error))
            if again:
                return BoltResponse(status=500, body="")
            field, msgid = "", BUSY if busy else DID_NOT_WORK
            plain, sentence = say.t(msgid, reference=reference), say.m(msgid, reference=reference)
        reply: Reply = refused(sentence, typed=clean(readable(typed)), request=request)
        if is_form and any(b["type"] == "input" for b in request.payload["view"]["blocks"]):
            reply = Errors({field: plain})
        try:
            return deliver(request, reply)
        except (SlackApiError, OSError, OperationalError) as lost:
            log.warning("answer.lost", cause=_cause(lost))
            return BoltResponse(status=500 if again else 200, body="")


def _nothing(request: Request) -> Reply:
    """A control that nobody handles any more."""
    raise Refusal(
        N_("This button is from an older message and does nothing any more. Use {command} to see what is current."),
        command=request.payload.get("command") or "/isctf",
    )


def _cause(error: Exception) -> str:
    """Name an error by its kind, and Slack's by their code: the log repeats no words that may quote somebody."""
    code = error.response.get("error") if isinstance(error, SlackApiError) else None
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _silent(request: Request, reply: Reply) -> BoltResponse:  # noqa: ARG001
    return BoltResponse(status=200, body="")
