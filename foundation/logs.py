"""The log: what happened, for whoever runs Focal; never a token, never the text of a message."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)|(?<=ticket=)[\w-]+")


def start_logging(*, level: str, form: Literal["text", "json"]) -> None:
    """Send the log to standard error, a line each; libraries speak only of what is wrong."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(where_it_happened),
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("focal").setLevel(level)
    threading.excepthook = _thread_failed


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    """Log what ends a thread as everything else is logged; Python itself would print the words of the error."""
    if failed.exc_value is not None and not issubclass(failed.exc_type, SystemExit):
        name = failed.thread.name if failed.thread is not None else None
        structlog.get_logger("focal").error("thread.failed", thread=name, exc_info=failed.exc_value)


def where_it_happened(exc_info: structlog.types.ExcInfo) -> str:
    """Return the way to an error, and its kind, down to what caused it.

    Neither its words nor any variables: both may quote what somebody typed, as databases do with what they refuse.
    """
    error: BaseException | None = exc_info[1]
    told: list[BaseException] = []
    while error is not None and error not in told:
        told.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\ncaused by\n".join("".join([*traceback.format_tb(e.__traceback__), type(e).__qualname__]) for e in told)


def hide_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out whatever looks like a token or a password, wherever it came from."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = SECRET.sub("…", value)
    return event
