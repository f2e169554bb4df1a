"""What the doctor finds: a line each, with what to do."""

from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's."""

    sign: str
    subject: str
    finding: str
    advice: str = ""

    @override
    def __str__(self) -> str:
        """Return the line."""
        return f"{self.sign} {self.subject}: {self.finding}" + (f" → {self.advice}" if self.advice else "")


def fine(subject: str, finding: str) -> Finding:
    """All is well."""
    return Finding("✓", subject, finding)


def odd(subject: str, finding: str, advice: str) -> Finding:
    """Focal works, and somebody should know."""
    return Finding("!", subject, finding, advice)


def bad(subject: str, finding: str, advice: str) -> Finding:
    """Focal does not work as it should."""
    return Finding("✗", subject, finding, advice)
