"""Health: always a sign and a word, never colour alone."""

from foundation.language import Language
from models.updates import Health
from services.health_words import SIGNS, WORDS
from views.blocks import Element, option


def sign(health: Health) -> str:
    """Return the sign of a health."""
    return SIGNS[health]


def word(say: Language, health: Health) -> str:
    """Return the word for a health."""
    return say.t(WORDS[health])


def sign_and_word(say: Language, health: Health) -> str:
    """Return both, as health is always shown."""
    return f"{sign(health)} {word(say, health)}"


def health_options(say: Language, *, prefix: str = "") -> list[Element]:
    """Return the four to choose from; `prefix` says what the choice is about."""
    return [option(sign_and_word(say, health), f"{prefix}{health.value}") for health in Health]
