"""The language in which somebody wrote: by its script, or by the small words that a language cannot do without."""

import re

_SCRIPTS = (
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
_SMALL_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the and of to in is for not on with by at from this that are was were be will has have it we our",
        "fr": "le la les des du de et un une est pas pour dans sur avec par au aux ce cette sont nous notre en que",
        "es": "el la los las del de y un una es no para en con por al este esta son nos nuestro que se lo",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")


def written_in(text: str, *, by_default: str) -> str:
    """Return the code of the language that a text is plainly in; `by_default`, the writer's own, if that is unclear.

    It is English, the common one, where the text cannot be in the writer's own.
    """
    letters = len(re.findall(r"[^\W\d_]", text))
    for code, letter in _SCRIPTS:
        if letters and len(letter.findall(text)) * 2 > letters:
            return code
    words = [word.casefold() for word in _WORD.findall(text)]
    found = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    best = max(found.values())
    plainly = [code for code, count in found.items() if count == best]
    if best and len(plainly) == 1:
        return plainly[0]
    script = dict(_SCRIPTS).get(by_default)
    # Words in Latin letters are no Russian, Chinese or Arabic, whatever the writer's own language.
    return "en" if letters and script is not None and not script.search(text) else by_default
