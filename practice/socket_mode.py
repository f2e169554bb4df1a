"""Socket Mode: the app's WebSocket connections, their envelopes and acknowledgements."""

import asyncio
import json
import random
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from practice.delivery import FIRST_TIME, Kind, Retry
from practice.json_text import parse
from practice.refusals import Json, NotDeliveredError, SlackError
from practice.world import APP_ID

MOST_CONNECTIONS = 10


@dataclass(eq=False)
class Connection:
    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    leaving: bool = False
    """It was told to make way for a new one."""

    def lost(self) -> None:
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(NotDeliveredError("operation_timeout", reason="connection_lost"))


class SocketMode:
    """Each payload goes to one connection, chosen at random."""

    def __init__(self, *, on_change: Callable[[], None]) -> None:
        self.connections: list[Connection] = []
        self.tickets: set[str] = set()
        self.connected = asyncio.Event()
        self._on_change = on_change

    def open_ticket(self, address: str) -> str:
        """The address that an app may connect to, once."""
        if len(self.connections) >= MOST_CONNECTIONS:
            raise SlackError("too_many_websockets")
        ticket = secrets.token_hex(16)
        self.tickets.add(ticket)
        return f"{address}/socket?ticket={ticket}&app_id={APP_ID}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            raise web.HTTPForbidden(text="unknown or used ticket")
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=20, max_msg_size=4 * 1024 * 1024)
        await socket.prepare(request)
        connection = Connection(socket)
        self.connections.append(connection)
        await socket.send_json(self._hello())
        self._changed()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(connection, message.data)
        finally:
            if connection in self.connections:
                self.connections.remove(connection)
            connection.lost()
            self._changed()
        return socket

    async def send(self, kind: Kind, payload: Json, *, seconds: float, retry: Retry = FIRST_TIME) -> Any:
        if not self.connections:
            raise NotDeliveredError("dispatch_failed", reason="no_connection")
        staying = [each for each in self.connections if not each.leaving]
        connection = random.choice(staying or self.connections)  # noqa: S311 - no secret hangs on it
        envelope_id = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope.update(retry_attempt=retry[0], retry_reason=retry[1])
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        try:
            await connection.socket.send_str(json.dumps(envelope, ensure_ascii=False))
            return await asyncio.wait_for(future, seconds)
        except TimeoutError:
            raise NotDeliveredError("operation_timeout", reason="timeout") from None
        except ConnectionError:
            raise NotDeliveredError("dispatch_failed", reason="connection_lost") from None
        finally:
            connection.waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to be replaced by a new one, as Slack does daily."""
        for connection in list(self.connections):
            frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}}
            connection.leaving = True
            await connection.socket.send_json(frame)

    async def close(self) -> None:
        """End every connection."""
        for connection in list(self.connections):
            await connection.socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": "practice", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _acknowledged(self, connection: Connection, text: str) -> None:
        try:
            frame = parse(text)
            future = connection.waiting.get(frame["envelope_id"])
        except (ValueError, KeyError, TypeError):
            return
        if future is not None and not future.done():
            future.set_result(frame.get("payload") or {})

    def _changed(self) -> None:
        if self.connections:
            self.connected.set()
        else:
            self.connected.clear()
        self._on_change()
