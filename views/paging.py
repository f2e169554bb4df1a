"""Long lists in pages: the buttons that turn them."""

from collections.abc import Callable, Sequence

from foundation.language import Language, Listing, Names
from models.structure import Area
from views import ids
from views.blocks import Block, Message, actions, button, context, section
from views.texts import excerpt

TYPED = 80
"""Characters of what was typed that are repeated."""


def turns(say: Language, kind: str, about: str, page: int, pages: int) -> list[Block]:
    """Return what stands beneath a page: which it is, and the buttons to those before and after; nothing for one."""
    if pages <= 1:
        return []
    buttons = []
    if page > 1:
        buttons.append(button(say.t("Previous page"), ids.PAGE_BACK, value=turn(kind, about, page - 1)))
    if page < pages:
        buttons.append(button(say.t("Next page"), ids.PAGE_TURN, value=turn(kind, about, page + 1)))
    return [context(say.m("Page {page} of {pages}", page=page, pages=pages)), actions(buttons)]


def turn(kind: str, about: str, page: int = 1) -> str:
    """Return what a button carries that shows a page of something."""
    return f"{page}:{kind}:{about}"


def which_area(
    say: Language,
    typed: str,
    near: Sequence[Area],
    kind: str,
    *,
    name: Callable[[Area], str] = lambda area: str(area.id),
    after: str = "",
) -> Message:
    """Ask which area was meant, with a button for each of the nearest that shows it as `kind`.

    `name` is how that kind names an area, `after` what follows the name.
    """
    text = say.m("There is no area called “{typed}”. Which one do you mean?", typed=excerpt(typed, TYPED))
    # One row each: within a row of buttons each would need an id of its own.
    rows = [
        actions([button(say.of(area.name), ids.PAGE_TURN, value=turn(kind, f"{name(area)}{after}"))]) for area in near
    ]
    nearest = say.m("The nearest are {areas}.", areas=Listing(tuple(Names(area.name) for area in near)))
    return Message(f"{text} {nearest}", [section(text), *rows])
