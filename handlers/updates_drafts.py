"""What people write to the bot, in direct messages, by mention or answering a reminder; and the drafts made of it."""

from sqlmodel import Session

from foundation.language import N_, clean
from handlers.hints import number
from handlers.request import Answer, Handler, Reply, Request
from handlers.slack_text import readable, without_mention
from handlers.typing_forgiven import first_word, forgive
from handlers.update_acts import is_private, told
from handlers.update_forms import open_draft_form
from models.updates import Draft, Health
from services.directory import directory
from services.drafts import (
    answer_with_draft,
    complete_draft,
    discard_draft,
    keep_draft,
    post_draft,
    read_draft,
)
from services.folding import fold_name
from services.rights import require_reader
from services.speaking import areas_to_report, require_some_area
from services.typed_updates import TypedUpdate, read_update
from views import drafts, ids

GREETINGS = N_("hello, hi, hey, good morning, good afternoon, good evening, thanks, thank you, ok")
"""Separated by commas: what people write to the bot that is no update."""
UPDATE = "update"


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
    if word.casefold() == UPDATE:
        text = rest
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        shown = clean(readable(text, who))
        typed = read_update(who, shown, actor=request.actor, say=request.say, prose=True)
        reports = areas_to_report(who, request.actor, now=request.now)
        no_update = drafts.no_draft([request.say.of(a.name) for a in reports], who.task_force.command, request.say)
    recognised = typed.area is not None or typed.health is not None or bool(typed.named)
    command = None if recognised or thread_ts or word.casefold() == UPDATE else _command(word)
    if command is not None:
        request.text = rest
        return command(request)
    if not recognised and (not shown or _is_greeting(request, shown)):
        return Answer(no_update)
    return _keep(request, typed, thread_ts)


def _keep(request: Request, typed: TypedUpdate, thread_ts: str | None) -> Reply:
    with request.transaction() as session:
        require_some_area(directory(session), request.actor, typed.area, now=request.now)
        kept = keep_draft(
            session, typed, actor=request.actor, now=request.now, channel_id=request.channel_id, thread_ts=thread_ts
        )
        answer_with_draft(session, kept, to=request.actor, now=request.now)
    return None


def _command(word: str) -> Handler | None:
    from handlers.routes import COMMANDS  # noqa: PLC0415 - the table that this module is itself a part of

    return COMMANDS.get(word.casefold()) if word else None


def _is_greeting(request: Request, text: str) -> bool:
    known = {fold_name(word) for list_ in (GREETINGS, request.say.t(GREETINGS)) for word in list_.split(",")}
    return fold_name(text.rstrip("!.?")) in known or len(text.split()) == 1


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
