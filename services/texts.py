"""What people type into fields: cleaned, measured, refused in one sentence at the field."""

from foundation.errors import FieldRefusal
from foundation.language import N_, clean

LONG, SHORT = 3000, 150
"""Characters that Slack's fields and headers take."""


def checked(text: str, field: str, *, limit: int = LONG, required: bool = True) -> str:
    """Return a typed text cleaned. Raises `FieldRefusal` when it is missing or too long."""
    cleaned = clean(text)
    if required and not cleaned:
        raise FieldRefusal(field, N_("Please write something here."))
    if len(cleaned) > limit:
        raise FieldRefusal(
            field,
            N_("This is {length} characters long; {limit} fit. Please shorten it by {excess}."),
            length=len(cleaned),
            limit=limit,
            excess=len(cleaned) - limit,
        )
    return cleaned
