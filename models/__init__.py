"""The records of the task force, one file per subject. What is true of one record is its method.

Importing this package registers every table.
"""

from models import (
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
