"""Long minutes in pages: what stands on each is known from the texts, and only the page that is read is laid out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from foundation.language import Language, escape
from views.blocks import Block, plain, section
from views.meeting_words import language_name

PAGE_TEXT, PAGE_BLOCKS = 8000, 36
LABEL, SHORT = 120, 2400
"""Characters of a label at most, its names apart; and of mrkdwn that fits into one paragraph with it."""


@dataclass(frozen=True)
class Part:
    """Blocks that stay together: at most how many characters and blocks they are, and how they are laid out."""

    size: int
    blocks: int
    lay: Callable[[], list[Block]]


def laid(block: Block) -> Part:
    """Return a block that is there already as a part."""
    return Part(len(str(block)), 1, lambda: [block])


def worded(say: Language, text: str, written_in: str, label: Callable[[], str], *names: str) -> Part:
    """Return a text whole beneath its label, in which these names stand, and in which language it is."""
    long = len(escape(text)) > SHORT
    size = LABEL + sum(len(escape(name)) for name in names) + len(text if long else escape(text))
    return Part(size, 2 if long else 1, partial(_lay_words, say, text, written_in, label))


def in_pages(parts: Sequence[Part]) -> list[list[Part]]:
    """Distribute parts over as few pages as fit into messages."""
    pages: list[list[Part]] = [[]]
    room, left = PAGE_TEXT, PAGE_BLOCKS
    for part in parts:
        if pages[-1] and (part.size > room or part.blocks > left):
            pages.append([])
            room, left = PAGE_TEXT, PAGE_BLOCKS
        pages[-1].append(part)
        room, left = room - part.size, left - part.blocks
    return pages


def _lay_words(say: Language, text: str, written_in: str, label: Callable[[], str]) -> list[Block]:
    if not text:
        return [section(label())]
    head = " · ".join(part for part in (label(), language_name(say, written_in)) if part)
    if len(escape(text)) <= SHORT:
        return [section(f"{head}\n{escape(text)}" if head else escape(text))]
    # Unformatted, a paragraph holds whatever a text may have.
    return [*([section(head)] if head else []), {"type": "section", "text": plain(text)}]
