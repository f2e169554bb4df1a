"""Health as people say it: the words of all six languages, in any case, with spaces or underscores, and emoji."""

import re
from functools import cache

from foundation.language import LANGUAGES, N_, language
from models.updates import Health
from services.folding import fold_name

WORDS = {
    Health.ON_TRACK: N_("on track"),
    Health.AT_RISK: N_("at risk"),
    Health.OFF_TRACK: N_("off track"),
    Health.DONE: N_("done"),
}
SIGNS = {Health.ON_TRACK: "🟢", Health.AT_RISK: "🟡", Health.OFF_TRACK: "🔴", Health.DONE: "✅"}
_BY_SIGN = {sign: health for health, sign in SIGNS.items()} | {"✔": Health.DONE}
_LONGEST = 5
"""Words that one language needs for a health."""
_TOKEN = re.compile(r"[^\s:：|,;，、；،؛]+")
_BETWEEN = " \t\n:：-–—,;，、；،؛|.\ufe0f"


def split_health(text: str) -> tuple[Health | None, str]:
    """Take a health off the front of a text. Returns (health or None, the rest); it is read, never guessed."""
    lead = text.lstrip()
    for sign, health in _BY_SIGN.items():
        if lead.startswith(sign):
            rest = lead[len(sign) :].lstrip(_BETWEEN)
            also, after = split_health(rest)  # "🟡 at risk: …" says it twice
            return health, after if also is health else rest
    ends = [match.end() for match in _TOKEN.finditer(lead)][:_LONGEST]
    for end in reversed(ends):
        found = _by_words().get(fold_name(lead[:end]))
        if found is not None:
            return found, lead[end:].lstrip(_BETWEEN)
    return None, text


def find_health(text: str, *, within: int) -> int | None:
    """Return where, among the first words of a text, a health begins; None where there is none."""
    starts = [match.start() for match in re.finditer(r"\S+", text)][: within + 1]
    return next((start for start in starts if split_health(text[start:])[0] is not None), None)


@cache
def _by_words() -> dict[str, Health]:
    known = {fold_name(language(code).t(msgid)): health for code in LANGUAGES for health, msgid in WORDS.items()}
    return known | {fold_name(health.value): health for health in Health}
