"""Which meeting is meant, where its name begins what was typed."""

from handlers.typing_forgiven import first_word


def meeting_named(text: str) -> tuple[str, str]:
    """Split a meeting's name off, if the text begins with one."""
    word, rest = first_word(text)
    named = word.casefold().removeprefix("mtg").removeprefix("-")
    is_name = named.isdecimal() and (word.casefold().startswith("mtg") or not rest[:1].isdigit())
    return (word, rest) if is_name else ("", text)
