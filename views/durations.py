"""How long something takes, in words."""

from foundation.durations import Duration
from foundation.language import Language


def duration_words(say: Language, lasts: Duration) -> str:
    """Say a duration as part of a sentence: *3 days*, *1 working day*."""
    n = lasts.amount
    return {
        "wd": say.tn("{n} working day", "{n} working days", n),
        "d": say.tn("{n} day", "{n} days", n),
        "h": say.tn("{n} hour", "{n} hours", n),
        "m": say.tn("{n} minute", "{n} minutes", n),
    }[lasts.unit]
