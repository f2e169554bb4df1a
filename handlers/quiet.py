"""Planned silence in Slack: `area quiet AREA until DATE reason`, `issue quiet ISS-1 until DATE reason`, and `end`."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from handlers.issue_texts import issue_named
from handlers.request import Answer, Reply, Request
from handlers.slack_text import readable
from handlers.typing_forgiven import first_word
from models.silences import Silence
from services import silences
from services.areas import split_area
from services.directory import directory
from services.issue_lookup import find_issue
from services.rights import require_manager
from services.typed_dates import read_when
from views import quiet as views

_END = ("end", "off", "stop")
_UNTIL = ("until", "till", "before")


def area_command(request: Request) -> Reply:
    """`area quiet AREA until DATE reason` or `area quiet AREA end`."""
    word, rest = first_word(request.text)
    if word.casefold() != "quiet":
        raise Refusal(N_("Write until when nothing is asked: `area quiet climate until 2027-01-10 reason`. "
                         "To see the areas: `areas`."))  # fmt: skip
    with request.reading() as session:
        who = directory(session)
        require_manager(who, request.actor, now=request.now)
        area, rest = split_area(who, rest, actor=request.actor)
    if area is None:
        raise Refusal(N_("Which area? Write it like `area quiet climate until 2027-01-10 reason`. "
                         "To see the areas: `areas`."))  # fmt: skip
    return _plan(
        request, rest, f"area quiet {area.key} end",
        lambda session, until, reason: silences.quiet_area(
            session, actor=request.actor, area=area, until=until, reason=reason, now=request.now
        ),
        lambda session: silences.end_quiet_area(session, actor=request.actor, area=area, now=request.now),
    )  # fmt: skip


def issue_quiet(request: Request) -> Reply:
    """`issue quiet ISS-1 until DATE reason` or `issue quiet ISS-1 end`."""
    typed, rest = issue_named(request)
    with request.reading() as session:
        issue = find_issue(session, typed, actor=request.actor)
    number = issue.id or 0
    return _plan(
        request, rest, f"issue quiet {issue.ref} end",
        lambda session, until, reason: silences.quiet_the_issue(
            session, actor=request.actor, issue_id=number, until=until, reason=reason, now=request.now
        ),
        lambda session: silences.end_quiet_issue(session, actor=request.actor, issue_id=number, now=request.now),
    )  # fmt: skip


def _plan(
    request: Request, rest: str, end: str, begin: Callable[[Session, date, str], Silence],
    stop: Callable[[Session], Silence],
) -> Reply:  # fmt: skip
    if rest.casefold() in _END:
        with request.transaction() as session:
            return Answer(views.ended(stop(session), directory(session), request.say))
    word, days = first_word(rest)
    until, reason = _until(request, days if word.casefold() in _UNTIL else rest)
    with request.transaction() as session:
        who = directory(session)
        silence = begin(session, until, readable(reason, who))
        return Answer(views.silenced(silence, who, request.say, command=f"{who.task_force.command} {end}"))


def _until(request: Request, text: str) -> tuple[date, str]:
    if not text:
        raise Refusal(N_("Until when, and why? For example `until 2027-01-10 The host is closed`."))
    with request.reading() as session:
        zone = directory(session).task_force.timezone
    read = read_when(text, now=request.now, zone=zone, languages=[request.say.code])
    if not read.rest.strip():
        raise Refusal(N_("Why? Everybody sees the reason: write it behind the day."))
    return read.date, read.rest.strip()


COMMANDS = {"area": area_command}
