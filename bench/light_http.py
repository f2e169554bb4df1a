"""A client that costs little beside what it measures: HTTP/1.1 on kept connections, for signed requests."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from practice import clock
from practice.delivery import Kind
from practice.http_delivery import encode, sign
from practice.refusals import Json

OK = b"200"


class NotAcknowledged(Exception):  # noqa: N818
    """The app answered something else than 200."""


@dataclass
class LightHttp:
    """POSTs to one address. As many connections as requests are open at a time; each is used again."""

    address: str
    secret: str
    _idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def send(self, kind: Kind, payload: Json) -> bytes:
        """Send what a person did, signed; return the body of the acknowledgement."""
        parts = urlsplit(self.address)
        content_type, body = encode(kind, payload)
        headers = {
            "Host": parts.netloc,
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            **sign(body, secret=self.secret, timestamp=int(clock.real().timestamp())),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        request = f"POST {parts.path} HTTP/1.1\r\n{lines}\r\n".encode() + body
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        answer = await reader.readexactly(_length(head))
        if head.split(None, 2)[1] != OK:
            raise NotAcknowledged(head.decode() + answer.decode())
        self._idle.append((reader, writer))
        return answer

    def close(self) -> None:
        """Close what was kept."""
        for _, writer in self._idle:
            writer.close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0
