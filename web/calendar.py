"""The calendar's feed: every meeting, for whoever knows its address."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from foundation.clock import Clock
from foundation.database import Database
from services.calendar_address import is_known
from services.calendar_entries import entries_published
from services.directory import directory

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

PATH, ENDING = "/calendar/", ".ics"
Environ = dict[str, Any]
Page = tuple[HTTPStatus, dict[str, str], bytes]


def with_calendar(inner: "WSGIApplication", *, database: Database, clock: Clock) -> "WSGIApplication":
    """Put the calendar beside what an application serves already."""

    def app(environ: Environ, start_response: "StartResponse") -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if not path.startswith(PATH):
            return inner(environ, start_response)
        token = path.removeprefix(PATH).removesuffix(ENDING) if path.endswith(ENDING) else ""
        status, headers, body = _answer(environ, database, clock, token)
        start_response(f"{status.value} {status.phrase}", [*headers.items(), ("X-Content-Type-Options", "nosniff")])
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]

    return app


def _answer(environ: Environ, database: Database, clock: Clock, token: str) -> Page:
    if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        return HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD", "Content-Length": "0"}, b""
    try:
        found = _feed(database, token, now=clock.now())
    except SQLAlchemyError:
        return HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "60", "Content-Length": "0"}, b""
    if found is None:
        return HTTPStatus.NOT_FOUND, {"Content-Length": "0"}, b""
    body, changed_at = found
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    # Who subscribed may keep it, and asks each time whether it is still so; nobody in between keeps it.
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if changed_at is not None:
        headers["Last-Modified"] = format_datetime(changed_at, usegmt=True)
    if _is_held(environ, tag, changed_at):
        return HTTPStatus.NOT_MODIFIED, headers, b""
    kind = {"Content-Type": "text/calendar; charset=utf-8", "Content-Length": str(len(body))}
    return HTTPStatus.OK, headers | kind, body


def _feed(database: Database, token: str, *, now: datetime) -> tuple[bytes, datetime | None] | None:
    """Return the calendar and when it last changed; None for whoever does not know its address."""
    from views.calendar import calendar_feed  # noqa: PLC0415 - the library costs every start what few moments need

    with database.reading() as session:
        if not is_known(session, token):
            return None
        who, entries = directory(session), entries_published(session, now=now)
        body = calendar_feed(entries, name=who.task_force.name, reader=who.channel_reader())
    return body, max((entry.changed_at.replace(microsecond=0) for entry in entries), default=None)


def _is_held(environ: Environ, tag: str, changed_at: datetime | None) -> bool:
    """Whether whoever asks has this very version; the tag, where one is given, is what counts (RFC 9110, 13.2.2)."""
    tags = str(environ.get("HTTP_IF_NONE_MATCH", ""))
    if tags:
        return tags.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in tags.split(","))
    since = _moment(str(environ.get("HTTP_IF_MODIFIED_SINCE", "")))
    return since is not None and changed_at is not None and changed_at <= since


def _moment(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
