"""How a running bot takes memory from the machine."""

from contextlib import suppress
from ctypes import CDLL

M_ARENA_MAX = -8
"""glibc's number for it, in malloc.h."""


def share_memory() -> None:
    """Have all threads take memory from one place; to be said before there are any.

    glibc would give each a place of its own, up to eight for a processor; ours mostly wait, and 2 MiB would too.
    """
    with suppress(AttributeError):  # another C library than glibc
        CDLL(None).mallopt(M_ARENA_MAX, 1)
