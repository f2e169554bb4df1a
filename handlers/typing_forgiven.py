"""What phones do to typing is forgiven: long dashes before options, curly quotes, capitals, odd spaces, emoji."""

import re

from foundation.language import clean

OPTIONS = ("at", "as", "unit", "for", "overwrite", "area", "decision")
"""Every `--option` that a command takes."""

_DASHED = re.compile(
    rf"(?<!\S)[\u2010-\u2015\u2212-]{{1,2}}(?=(?:{'|'.join(OPTIONS)})\b)(?!(?:for|as)\b(?![ =]+[@<\"“„«]))",
    re.IGNORECASE,
)
"""Of `—for` and `—as` only what names somebody: a sentence may say "—for now—"."""
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")
_SIGNS = {
    ":large_green_circle:": "🟢", ":large_yellow_circle:": "🟡", ":red_circle:": "🔴", ":large_red_circle:": "🔴",
    ":white_check_mark:": "✅", ":heavy_check_mark:": "✅",
}  # fmt: skip
"""Slack sends the emoji that people choose by their names."""
_SPELT = re.compile("|".join(_SIGNS))


def forgive(text: str) -> str:
    """Return a typed text cleaned, with options, spaces and signs as the commands know them; prose stays as it is."""
    signs = _SPELT.sub(lambda found: _SIGNS[found[0]], clean(text))
    return _DASHED.sub("--", _SPACES.sub(" ", signs)).strip()


def take_option(text: str, name: str) -> tuple[str | None, str]:
    """Take `--name value` out of a text. The value is one word, or several in quotes. Returns (value or None, rest)."""
    found = re.search(rf'(?<!\S)--{name}(?:[ =]+("[^"]*"|\S+))?', text.translate(_QUOTES), re.IGNORECASE)
    if not found:
        return None, text
    rest = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
    return (found.group(1) or "").strip('"'), rest


def first_word(text: str) -> tuple[str, str]:
    """Split off the first word. Returns (word, the rest)."""
    word, *rest = text.split(maxsplit=1) or [""]
    return word, "".join(rest).strip()
