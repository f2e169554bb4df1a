"""The records of the task force, one file per subject. What is true of one record is its method.

Importing this package registers every table.
"""

from models import (
    agenda,
    delivery,
    issues,
    journal,
    meetings,
    people,
    reminders,
    search,
    silences,
    structure,
    updates,
)

__all__ = [
    "agenda",
    "delivery",
    "issues",
    "journal",
    "meetings",
    "people",
    "reminders",
    "search",
    "silences",
    "structure",
    "updates",
]
