"""`help [topic]`: what there is to type, by role; and what was probably meant by a word that is no command."""

from handlers.request import Answer, Handler, Reply, Request
from handlers.slack_text import readable
from models.structure import Area
from services.areas import find_area
from services.directory import Directory, directory
from services.rights import (
    is_chair,
    is_secretariat,
    may_contribute,
    may_manage,
    may_read_journal,
    require_reader,
    seats_spoken_for,
)
from views import help_pages as views
from views.help_pages import TOPICS, WORDS, For

ALIKE = 60
"""How alike, in percent, a word must be to a command to be offered it."""


def help_page(request: Request) -> Reply:
    """Show the whole page, or what one word is about; for a word that is none, what is nearest."""
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        groups = _groups(who, request)
        command = who.task_force.command
    word = request.text.strip().casefold()
    if not word:
        return Answer(views.page(command, groups, request.say))
    wanted = word if word in WORDS or any(t.word == word for t in TOPICS) else nearest_command(word)
    topics = [topic for topic in TOPICS if wanted in (topic.word, *topic.words)]
    if not topics:
        return Answer(views.page(command, groups, request.say))
    theirs = [topic for topic in topics if topic.audience in groups]
    return Answer(views.topic_page(theirs or topics, command, request.say))


def unknown(word: str, rest: str) -> Handler:
    """Return the handler for a word that is no command."""

    def offer(request: Request) -> Reply:
        with request.reading() as session:
            who = directory(session)
            require_reader(who, request.actor)
            typed = readable(f"{word} {rest}".strip(), who)
            found = find_area(who, typed, actor=request.actor)
            area = found if isinstance(found, Area) else None
            return Answer(views.unknown(typed, nearest_command(word), area, who.task_force.command, request.say))

    return offer


def nearest_command(word: str) -> str | None:
    """Return the command that a word was probably meant to be."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - see services.areas

    found = process.extractOne(word.casefold(), WORDS, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None


def _groups(who: Directory, request: Request) -> set[For]:
    actor, now = request.actor, request.now
    groups = {For.ALL}
    if may_contribute(who, actor):
        groups.add(For.MEMBERS)
    if seats_spoken_for(who, actor, now=now) or is_secretariat(who, actor):
        groups.add(For.FOCAL_POINTS)
    if is_chair(who, actor, now=now):
        groups.add(For.CHAIR)
    if may_manage(who, actor, now=now):
        groups.add(For.MANAGERS)
    if may_read_journal(who, actor, now=now):
        groups.add(For.JOURNAL)
    return groups


COMMANDS: dict[str, Handler] = {"help": help_page, "?": help_page}
