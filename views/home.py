"""App Home: my desk and the board on one page, always as things stand."""

from foundation.language import Reader
from services.desk import Home
from services.directory import Directory
from views import ids
from views.blocks import MODAL_BLOCKS, Block, actions, button, context, divider, header, section
from views.board import area_section, board_line, counts
from views.desk import desk_blocks

AREAS_SHOWN = 30
"""With the fullest desk this stays within the hundred blocks and the size of a page."""


def home(shown: Home, who: Directory, reader: Reader) -> Block:
    """Show the desk first, then the board."""
    say = reader.language
    board = shown.board
    blocks = [*desk_blocks(shown.desk, who, reader), _ways(shown, reader)]
    if board.areas:
        blocks += [divider(), header(say.t("How the areas stand")), section("\n".join(counts(board, reader)))]
        blocks += [area_section(area, board_line(area, shown.now, say), say) for area in board.areas[:AREAS_SHOWN]]
    left_out = len(board.areas) - AREAS_SHOWN
    if left_out > 0:
        blocks.append(context(say.mn("and {n} more area", "and {n} more areas", left_out)))
        blocks.append(actions([button(say.t("See the whole board"), ids.BOARD_OPEN)]))
    blocks.append(context(say.m("As of {when}.", when=reader.when(shown.now))))
    return {"type": "home", "blocks": blocks[:MODAL_BLOCKS]}


def refused(sentence: str) -> Block:
    """Show why there is nothing to see."""
    return {"type": "home", "blocks": [section(sentence)]}


def _ways(shown: Home, reader: Reader) -> Block:
    """Offer what this person may do."""
    say = reader.language
    offered = [
        *([button(say.t("Post update"), ids.UPDATE_OPEN)] if shown.posts else []),
        *([button(say.t("Raise an issue"), ids.ISSUE_OPEN)] if shown.raises else []),
        button(say.t("Settings"), ids.SETTINGS_OPEN),
    ]
    return actions(offered)
