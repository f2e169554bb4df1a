"""Attempts at what is somebody else's, whatever a button or a form claimed: refused, and kept in the journal."""

import structlog
from sqlalchemy.exc import OperationalError

from foundation.errors import Denied
from foundation.language import clean, language
from handlers.request import Request
from handlers.slack_text import readable
from services.journal import record

log = structlog.get_logger("focal.denials")
GIVEN = 500
"""Characters of what was given that are kept: enough to see what was tried."""


def write_down(request: Request, denied: Denied, *, typed: str) -> None:
    """Note who tried what, with which command or control, and what they were told. Raises `Repeated` if it was."""
    view = request.payload.get("view") or {}
    used = request.action.get("action_id") or view.get("callback_id") or request.payload.get("command") or "message"
    given = clean(readable(typed or request.value or view.get("private_metadata") or ""))[:GIVEN]
    if request.actor.id is None:
        return
    try:
        with request.transaction() as session:
            record(session, act="refused", subject=str(used), actor=request.actor, now=request.now,
                   after={"given": given, "answer": denied.plain(language("en"))})  # fmt: skip
    except OperationalError:
        log.warning("denial.not_noted", used=used)
