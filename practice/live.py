"""Tells the open pages and waiting tests at once what has changed, each person only what they may see."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable

from practice.refusals import Json


class Live:
    """Queues of events, one for each page that is open on a person."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[Json]]] = defaultdict(set)

    def listen(self, user: str) -> asyncio.Queue[Json]:
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._queues[user].add(queue)
        return queue

    def leave(self, user: str, queue: asyncio.Queue[Json]) -> None:
        self._queues[user].discard(queue)

    def tell(self, users: Iterable[str], event: Json) -> None:
        for user in set(users):
            for queue in self._queues.get(user, ()):
                queue.put_nowait(event)

    def tell_all(self, event: Json) -> None:
        self.tell(list(self._queues), event)
