"""Counts what becomes of messages, for `/metrics`."""

from prometheus_client import CollectorRegistry, Counter

from models.delivery import NoticeKind

REGISTRY = CollectorRegistry()

_SENDS = Counter("focal_sends", "Messages by kind and outcome", ["kind", "outcome"], registry=REGISTRY)
_EDITS = Counter("focal_edits", "Edits of sent messages by outcome", ["outcome"], registry=REGISTRY)


def sends(kind: NoticeKind, outcome: str) -> None:
    """Count one attempt to send."""
    _SENDS.labels(kind.value, outcome).inc()


def edits(outcome: str) -> None:
    """Count one attempt to edit."""
    _EDITS.labels(outcome).inc()
