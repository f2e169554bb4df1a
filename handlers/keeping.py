"""Answers that many ask for are kept while nothing is written, and made anew as soon as something is."""

from collections.abc import Callable, Hashable

from sqlmodel import Session

from views.blocks import Message

MOST = 256


def kept(session: Session, asked: Hashable, make: Callable[[], Message]) -> Message:
    """Return the answer to what was `asked`: everything it depends on besides the records.

    Where it cannot be known that nothing was written (several replicas), it is made every time.
    """
    as_of = session.info.get("as_of")
    if as_of is None:
        return make()
    answers: dict[Hashable, tuple[object, Message]] = session.info["memory"].setdefault("answers", {})
    known = answers.get(asked)
    if known is not None and known[0] is as_of:
        return known[1]
    if len(answers) >= MOST:
        answers.clear()
    message = make()
    answers[asked] = (as_of, message)
    return message
