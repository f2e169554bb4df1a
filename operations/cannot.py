"""Why a command cannot be carried out: a sentence for whoever gave it."""


class Cannot(Exception):  # noqa: N818 - said to a person
    """What stands in the way, and what to do about it."""
