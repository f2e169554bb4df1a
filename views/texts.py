"""The three texts of an update as people read them, whole, whatever their length and language."""

from foundation.language import N_, Language, Words, escape
from models.updates import Update
from views.blocks import Block, fit, plain, section

WHOLE = 2800
"""Characters of mrkdwn that fit in one paragraph with their label."""


def labelled_text(say: Language, label: str, text: str) -> list[Block]:
    """Show a text under its label; one too long for the same paragraph follows it unformatted, so that all fits."""
    if len(escape(text)) <= WHOLE:
        return [section(say.m("*{label}*\n{text}", label=label, text=text))]
    return [section(say.m("*{label}*", label=label)), {"type": "section", "text": plain(text)}]


def update_texts(say: Language, changed: str, next_steps: str, help_needed: str) -> list[Block]:
    """Show what changed, the next steps and the help needed; empty ones are left out."""
    labelled = (
        (say.t("What changed"), changed), (say.t("Next steps"), next_steps), (say.t("Help needed"), help_needed),
    )  # fmt: skip
    return [block for label, text in labelled if text for block in labelled_text(say, label, text)]


def excerpt(text: str, most: int) -> str:
    """Return the beginning of a text on one line."""
    return fit(" ".join(text.split()), most)


def language_mark(say: Language, update: Update) -> str:
    """Name the language of a text where it is not the reader's; empty otherwise."""
    if update.language == say.code:
        return ""
    name = say.locale.languages.get(update.language, update.language)
    return say.m("in {language}", language=name)


def author(name: str, on_behalf_of: str | None) -> Words | str:
    """Name who wrote, and on whose behalf."""
    if on_behalf_of is None:
        return name
    return Words(N_("{author} on behalf of {person}"), {"author": name, "person": on_behalf_of})


def late(say: Language) -> str:
    """Tell the author of an update, or of "No change", that it came after the deadline."""
    return say.m("It counts as late: the deadline has passed.")
