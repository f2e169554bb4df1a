"""Figures for whoever watches over the bot, in Prometheus' format."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import sqlalchemy as sa
from prometheus_client import Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry
from slack_bolt import App, BoltRequest, BoltResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col
from typing_extensions import override

from delivery.tally import REGISTRY
from foundation.clock import Clock
from models.delivery import Notice, NoticeState
from web.watched import Watched

# When each count began says nothing that its going back to zero does not say.
disable_created_metrics()  # type: ignore[no-untyped-call]

_ACKS = Histogram(
    "focal_ack_seconds", "From a request's arrival to its acknowledgement", ["kind"], registry=REGISTRY,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)  # fmt: skip


def time_requests(app: App, clock: Clock) -> None:
    """Have every request to a Bolt app timed."""
    dispatch = app.dispatch

    def timed(req: BoltRequest) -> BoltResponse:
        began = clock.steady()
        response = dispatch(req)
        kind = str(req.body.get("type") or ("command" if "command" in req.body else "other"))
        _ACKS.labels(kind).observe(clock.steady() - began)
        return response

    app.dispatch = timed  # type: ignore[method-assign]


def metrics_text(engine: Watched) -> bytes:
    """Return all figures as they are now."""
    queue = CollectorRegistry()
    queue.register(QueueFigures(engine))
    return generate_latest(REGISTRY) + generate_latest(queue)


class QueueFigures(Collector):
    """What waits, read from the records when asked."""

    def __init__(self, engine: Watched) -> None:
        self._engine = engine

    @override
    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the queue by state, the age of the oldest notice due, and of the last tick.

        Without the records the other figures stand: whoever watches sees most when something is wrong.
        """
        age = self._engine.tick_age()
        if age is not None:
            yield GaugeMetricFamily("focal_tick_age_seconds", "Since everything due was last done", age.total_seconds())
        with suppress(SQLAlchemyError):
            yield from self._queue()

    def _queue(self) -> Iterator[GaugeMetricFamily]:
        with self._engine.database.reading() as session:
            connection = session.connection()
            state, due_at = col(Notice.state), col(Notice.due_at)
            by_word = sa.select(state, sa.func.count()).group_by(state)
            counts: dict[NoticeState, int] = {row[0]: row[1] for row in connection.execute(by_word)}
            oldest: datetime | None = connection.scalar(
                sa.select(sa.func.min(due_at)).where(state == sa.literal(NoticeState.PENDING, literal_execute=True))
            )
        by_state = GaugeMetricFamily("focal_notices", "Notices by state", labels=["state"])
        for each in NoticeState:
            by_state.add_metric([each.value], counts.get(each, 0))
        yield by_state
        waited = (self._engine.clock.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily("focal_oldest_due_seconds", "How long the oldest notice due has waited", max(waited, 0))
