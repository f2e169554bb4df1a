"""`journal ISS-4|AREA|@person [csv]`: who did what, before and after, for those who may read it."""

import re

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from handlers.request import Answer, Reply, Request
from handlers.slack_text import person_named, readable
from models.people import Person
from models.structure import Area
from services.areas import find_area
from services.directory import Directory, directory
from services.journal_reading import read_journal, require_journal_reader
from views import journal as views
from views.blocks import Message
from views.paging import which_area

_RECORD = re.compile(r"(?P<kind>iss|mtg|act|dec)[\s#\-‐-―]*(?P<number>[0-9]{1,9})", re.IGNORECASE)
_CSV = re.compile(r"\s+csv$", re.IGNORECASE)


def command(request: Request) -> Reply:
    """Show the journal of what is named."""
    typed = _CSV.sub("", request.text)
    with request.reading() as session:
        show = chapter if typed == request.text else csv_chapter
        return Answer(show(request, session, typed, 1))


def chapter(request: Request, session: Session, about: str, page: int) -> Message:
    """Show a page of the journal."""
    who = directory(session)
    subject = _subject(request, who, about)
    if isinstance(subject, Message):
        return subject
    found = read_journal(session, subject, actor=request.actor, now=request.now, page=page)
    return views.journal(_name(request, subject), about, found, who, request.reader)


def csv_chapter(request: Request, session: Session, about: str, page: int) -> Message:
    """Show a page of the journal as CSV."""
    who = directory(session)
    subject = _subject(request, who, about)
    if isinstance(subject, Message):
        return subject
    found = read_journal(session, subject, actor=request.actor, now=request.now, page=page)
    return views.as_csv(_name(request, subject), about, found, who, request.reader)


def _subject(request: Request, who: Directory, typed: str) -> str | Area | Person | Message:
    """Return what is meant: a record such as `ISS-4`, a person, or an area; or the question which area."""
    require_journal_reader(who, request.actor, now=request.now)
    record = _RECORD.fullmatch(typed.strip())
    if record:
        return f"{record['kind'].upper()}-{int(record['number'])}"
    person = person_named(who, typed) if typed.startswith(("<@", "@")) else None
    if person is not None:
        return person
    if not typed or typed.startswith(("<@", "@")):
        raise Refusal(N_("The journal of what? For example `journal ISS-4`, `journal climate` or `journal @name`."))
    found = find_area(who, readable(typed, who), actor=request.actor)
    if isinstance(found, Area):
        return found
    return which_area(request.say, typed, found, "journal", name=lambda area: area.key)


def _name(request: Request, subject: str | Area | Person) -> str:
    if isinstance(subject, Area):
        return request.say.of(subject.name)
    return subject.name if isinstance(subject, Person) else subject


LOOKS = {"journal": chapter, "csv": csv_chapter}
COMMANDS = {"journal": command}
