"""Plain answers: a sentence as a page, and a refusal that hands back what was typed."""

from foundation.language import Language
from views.blocks import Block, Message, context, modal, plain, section

READ = "answer.read"
"""A page that is only read."""

TYPED_SHOWN = 2800


def page(say: Language, message: Message) -> Block:
    """Show an answer as a page of its own, where no message can be answered."""
    return modal(READ, title=say.t("Focal"), say=say, blocks=message.blocks or [section(message.text)])


def refusal(say: Language, sentence: str, typed: str) -> list[Block]:
    """Say why not, and give back what was typed so that nothing is lost."""
    text = {"type": "section", "text": plain(typed, TYPED_SHOWN)}
    return [section(sentence), context(say.m("You typed:")), text]
