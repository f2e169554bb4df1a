"""What is done once, at a first start, is done in a process of its own: it gives its memory back when it ends."""

from collections.abc import Callable
from multiprocessing import get_context

from operations.cannot import Cannot


def do_apart(work: Callable[[], object]) -> None:
    """Do something in a copy of this process. Raises `Cannot`, as the work did.

    Only before there are threads and open connections: neither can be shared with a copy.
    """
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    with ours, theirs:
        copy = context.Process(target=lambda: theirs.send(_reason(work)))
        copy.start()
        theirs.close()
        try:
            reason = ours.recv()
        except EOFError:
            reason = "The task-force file was not loaded; nothing was changed. The lines above say why."
        copy.join()
    if reason is not None:
        raise Cannot(reason)


def _reason(work: Callable[[], object]) -> str | None:
    try:
        work()
    except Cannot as reason:
        return str(reason)
    return None
