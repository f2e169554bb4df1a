"""The catalogues beside the code: what the code says, and what each language has of it. `python -m tests.catalogues`.

The settings of the extraction are those of `make messages`, read from the Makefile and babel.cfg.
"""

import re
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from foundation.language import LANGUAGES, LOCALES

HOUSE = LOCALES.parent
COMPLETE = ("en", "fr")
"""The languages that say everything; the others fall back to English."""


@cache
def spoken() -> Catalog:
    """Collect every message of the code."""
    with (HOUSE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Catalog()
    for path, line, message, comments, context in extract_from_dir(
        HOUSE, methods, options, keywords=parse_keywords(_keywords()), comment_tags=("Translators:",)
    ):
        found.add(message, locations=[(path, line)], auto_comments=comments, context=context)
    return found


def catalogue(code: str) -> Catalog:
    """Read the catalogue of a language; an empty one where there is none yet."""
    path = written(code)
    if not path.exists():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def written(code: str) -> Path:
    """Return where the catalogue of a language is."""
    return LOCALES / code / "LC_MESSAGES" / "focal.po"


def messages(known: Catalog) -> Iterator[Message]:
    """Go through a catalogue without its header."""
    return (message for message in known if message.id)


def said(message: Message) -> list[str]:
    """Return what a translation says: one text, or one for each plural form."""
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string or ""]


def missing(code: str) -> list[Message]:
    """Return the messages that a language does not say. In English the id is the text, but for what is counted."""
    has = catalogue(code)
    lacking = []
    for message in messages(spoken()):
        own = has.get(message.id, message.context)
        if code == "en" and not message.pluralizable and own is not None:
            continue
        if own is None or not all(said(own)):
            lacking.append(message)
    return lacking


def report() -> tuple[list[str], bool]:
    """Return a line for each language, and whether all that should be complete are."""
    count = len(list(messages(spoken())))
    lines, complete = [], True
    for code in (code for code in LANGUAGES if written(code).exists()):
        lacking, fuzzy = missing(code), [m for m in messages(catalogue(code)) if m.fuzzy]
        lines.append(f"{code}: {count} messages, {len(lacking)} missing, {len(fuzzy)} fuzzy")
        lines += [f"  missing: {message.id}" for message in lacking if code in COMPLETE]
        complete = complete and not (code in COMPLETE and (lacking or fuzzy))
    return lines, complete


def _keywords() -> list[str]:
    [line] = re.findall(r"^KEYS\s*:=(.*)$", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE)
    return [word for word in shlex.split(line) if word != "-k"]


if __name__ == "__main__":
    told, fine = report()
    sys.stdout.write("\n".join([*told, ""]))
    raise SystemExit(not fine)
