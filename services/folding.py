"""Text as people mean it, whatever they type: accents, case and the forms of Arabic letters do not matter."""

import re
import unicodedata
from functools import lru_cache

_MARKS = {"Mn", "Me", "Cf"}
_SPACES = re.compile(r"\s+")
_JOINTS = re.compile(r"""[\s_\-\u2010-\u2015'’‘"“”„«».,;&/()]+""")
# Letters that NFKD leaves apart and readers do not: final forms of Arabic, the dotless i, and ligatures of names.
_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ـ": "", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a text for comparison and search: compatibility forms, no marks, casefolded, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if unicodedata.category(c) not in _MARKS)
    return _SPACES.sub(" ", bare.translate(_LETTERS)).strip()


def fold_name(text: str) -> str:
    """Return a name for comparison: folded, with hyphens, apostrophes and dots as spaces (`at_risk` is "at risk")."""
    return _JOINTS.sub(" ", fold(text)).strip()
