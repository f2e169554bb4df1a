"""The workspace's clock: real time, moved by the offset that a player chose."""

from datetime import UTC, datetime, timedelta


def real() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the practice workspace has a clock of its own


def moved(offset: float) -> datetime:
    """The workspace's time, `offset` seconds ahead of real time."""
    return real() + timedelta(seconds=offset)


def iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
