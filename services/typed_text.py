"""Reading what people type from left to right: accents, case, widths and invisible marks do not matter."""

import re
import unicodedata

_SAME = {"’": "'", "‘": "'", "ʼ": "'"}


class TypedText:
    """A typed text with a place in it: patterns are matched there, against its folded form, and move it on."""

    def __init__(self, text: str) -> None:
        self.typed = unicodedata.normalize("NFC", text)
        letters = [(letter, place) for place, char in enumerate(self.typed) for letter in fold(char)]
        self.folded = "".join(letter for letter, _ in letters)
        self._places = [place for _, place in letters]
        self.at = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern here and move past it; None, and no move, if it does not match."""
        match = pattern.match(self.folded, self.at)
        if match is not None:
            self.at = match.end()
        return match

    @property
    def read(self) -> str:
        """What has been read so far, as it was typed."""
        return self.typed[: self._place()].strip()

    @property
    def rest(self) -> str:
        """What follows, as it was typed."""
        return self.typed[self._place() :].strip(" ,;،\t\n\u200e\u200f")

    def _place(self) -> int:
        return self._places[self.at] if self.at < len(self._places) else len(self.typed)


def fold(text: str) -> str:
    """Return text without accents, case, invisible marks and foreign digits: `３ Août` becomes `3 aout`."""
    return "".join(_fold_letter(letter) for letter in unicodedata.normalize("NFKD", text).casefold())


def _fold_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in {"Mn", "Cf"}:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if category == "Pd":
        return "-"
    return " " if letter.isspace() else _SAME.get(letter, letter)
