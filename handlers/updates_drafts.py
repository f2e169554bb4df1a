"""What people write to the bot, in direct messages, by mention or answering a reminder; and the drafts made of it."""

import re

from sqlmodel import Session

from foundation.language import N_
from handlers.hints import number
from handlers.request import Answer, Handler, Reply, Request
from handlers.slack_text import readable, without_mention
from handlers.typing_forgiven import first_word, forgive
from handlers.update_acts import is_private, told
from handlers.update_forms import open_draft_form
from handlers.updates_typed import take_options
from models.updates import Draft, Health
from services.areas import split_area
from services.directory import Directory, directory
from services.drafts import (
    answer_with_draft,
    complete_draft,
    discard_draft,
    keep_draft,
    post_draft,
    read_draft,
)
from services.folding import fold_name
from services.health_words import split_health
from services.rights import require_reader
from services.speaking import areas_to_report, require_some_area
from services.typed_updates import read_update
from views import drafts, ids

GREETINGS = N_("hello, hi, hey, good morning, good afternoon, good evening, thanks, thank you, ok")
"""Separated by commas: what people write to the bot that is no update."""
UPDATE = "update"
SENTENCE = 4
"""Chinese characters that may be a sentence: it is written without spaces."""
_HAN = re.compile("[\u3400-\u9fff]")


def written(request: Request) -> Reply:
    """Somebody wrote to the bot in direct messages, perhaps in the thread of a reminder."""
    event = request.payload["event"]
    if event.get("channel_type") != "im":
        return None
    return _understand(request, event.get("text") or "", thread_ts=event.get("thread_ts"))


def mentioned(request: Request) -> Reply:
    """Somebody mentioned the bot in a channel: the draft comes in their direct messages."""
    bot = (request.payload.get("authorizations") or [{}])[0].get("user_id") or ""
    text = without_mention(request.payload["event"].get("text") or "", bot)
    reply = _understand(request, text, thread_ts=None)
    return reply or Answer(drafts.sent_privately(request.say))


def _understand(request: Request, text: str, *, thread_ts: str | None) -> Reply:
    text = forgive(text)
    word, rest = first_word(text)
    reports = word.casefold() == UPDATE
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        command = None if reports or thread_ts or _begins_as_update(request, who, text) else _command(word)
        if command is not None:
            request.text = rest
            return command(request)
        shown, unit, on_behalf = take_options(rest if reports else text, who)
        typed = read_update(who, shown, actor=request.actor, prose=True)
        recognised = typed.area is not None or typed.health is not None or bool(typed.named)
        if not recognised and _says_nothing(request, shown, answering=bool(thread_ts)):
            areas = [request.say.of(area.name) for area in areas_to_report(who, request.actor, now=request.now)]
            return Answer(drafts.no_draft(areas, who.task_force.command, request.say))
        require_some_area(who, request.actor, typed.area, now=request.now)
    with request.transaction() as session:
        kept = keep_draft(
            session, typed, actor=request.actor, unit=unit, on_behalf=on_behalf, now=request.now,
            channel_id=request.channel_id, thread_ts=thread_ts,
        )  # fmt: skip
        answer_with_draft(session, kept, to=request.actor, now=request.now)
    return None


def _begins_as_update(request: Request, who: Directory, text: str) -> bool:
    """Return whether a text begins with the name of an area or with a health, and so with no command."""
    return split_area(who, readable(text, who), actor=request.actor)[0] is not None or split_health(text)[0] is not None


def _command(word: str) -> Handler | None:
    from handlers.routes import COMMANDS  # noqa: PLC0415 - the table that this module is itself a part of

    return COMMANDS.get(word.casefold()) if word else None


def _says_nothing(request: Request, text: str, *, answering: bool) -> bool:
    """Return whether a text is no update: a greeting, signs alone, or one word that does not answer a reminder."""
    known = {fold_name(word) for list_ in (GREETINGS, request.say.t(GREETINGS)) for word in list_.split(",")}
    if fold_name(text.rstrip("!.?")) in known or not any(char.isalnum() for char in text):
        return True
    return not answering and len(text.split()) == 1 and len(_HAN.findall(text)) < SENTENCE


# -- the buttons of a draft -------------------------------------------------------------------------------------------


def post(request: Request) -> Reply:
    """**Post** a draft."""
    with request.transaction() as session:
        filed = post_draft(session, actor=request.actor, draft_id=_about(request)[0], now=request.now)
        return Answer(told(session, filed, request), replace=True) if is_private(request) else None


def edit(request: Request) -> Reply:
    """**Edit** a draft in the form."""
    open_draft_form(request, _about(request)[0])
    return None


def discard(request: Request) -> Reply:
    """**Discard** a draft."""
    with request.transaction() as session:
        discard_draft(session, actor=request.actor, draft_id=_about(request)[0], now=request.now)
        message = drafts.settled(None, directory(session), request.say)
    return Answer(message, replace=True) if is_private(request) else None


def complete(request: Request) -> Reply:
    """Choose what was missing in a draft."""
    with request.transaction() as session:
        kept = _completed(request, session)
        shown = read_draft(session, kept, now=request.now)
    return Answer(drafts.draft(shown, request.say), replace=True) if is_private(request) else None


def send(request: Request) -> Reply:
    """Choose the area that a command meant: it posts, as the command would have, or shows what else is missing."""
    with request.transaction() as session:
        kept = _completed(request, session)
        if kept.unit_id and kept.health and kept.changed:
            filed = post_draft(session, actor=request.actor, draft_id=kept.id or 0, now=request.now)
            return Answer(told(session, filed, request), replace=True)
        return Answer(drafts.draft(read_draft(session, kept, now=request.now), request.say), replace=True)


def _completed(request: Request, session: Session) -> Draft:
    draft_id, choice = _about(request)
    who = directory(session)
    chosen = number(choice)
    action = request.action.get("action_id")
    return complete_draft(
        session, actor=request.actor, draft_id=draft_id, now=request.now,
        area=who.areas_by_id.get(chosen) if action in (ids.DRAFT_AREA, ids.DRAFT_SEND) else None,
        unit=who.units_by_id.get(chosen) if action == ids.DRAFT_UNIT else None,
        health=Health(choice) if action == ids.DRAFT_HEALTH and choice in set(Health) else None,
    )  # fmt: skip


def _about(request: Request) -> tuple[int, str]:
    draft_id, _, choice = request.value.partition(":")
    return number(draft_id), choice


ACTIONS = {
    ids.DRAFT_POST: post, ids.DRAFT_EDIT: edit, ids.DRAFT_DISCARD: discard, ids.DRAFT_SEND: send,
    ids.DRAFT_AREA: complete, ids.DRAFT_UNIT: complete, ids.DRAFT_HEALTH: complete,
}  # fmt: skip
EVENTS = {"message": written, "app_mention": mentioned}
