"""People typing slash commands, one after the other or at a pace; each is timed from sending to acknowledgement."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bench.light_http import LightHttp
from practice.refusals import Json
from practice.server import PracticeServer
from practice.world import APP_ID, TEAM_ID

BREATH = 0.01
"""Seconds between two commands of one after the other: whatever an app still does after its answer is not counted."""

PATIENCE = 3
"""Seconds that Slack waits."""

Send = Callable[[Json], Awaitable[object]]


@dataclass
class Crowd:
    """Members who type in the task force's channel of a practice workspace."""

    slack: PracticeServer
    people: tuple[str, ...] = ("U0AMA", "U0BO", "U0CY", "U0DI")
    address: str | None = None
    """Where the app takes signed requests; None: over Socket Mode."""
    _count: "itertools.count[int]" = field(default_factory=itertools.count)

    def one_by_one(self, line: str, times: int) -> list[float]:
        """Return the seconds that each acknowledgement took, the next being typed when the last was answered."""

        async def typing(send: Send) -> list[float]:
            taken = []
            for _ in range(times):
                taken.append(await _timed(send, self._payload(line)))
                await asyncio.sleep(BREATH)
            return taken

        return self._with_line(typing)

    def at_pace(self, line: str, *, per_second: float, seconds: float) -> list[float]:
        """Return the seconds that each acknowledgement took; nobody waits for the answer to another's command."""

        async def typing(send: Send) -> list[float]:
            loop, begun = asyncio.get_running_loop(), time.perf_counter()
            under_way = []
            for turn in range(int(per_second * seconds)):
                await asyncio.sleep(max(0.0, begun + turn / per_second - time.perf_counter()))
                under_way.append(loop.create_task(_timed(send, self._payload(line))))
            return await asyncio.gather(*under_way)

        return self._with_line(typing)

    def _with_line(self, typing: Callable[[Send], Awaitable[list[float]]]) -> list[float]:
        async def over_socket(payload: Json) -> object:
            answer: object = await self.slack.workspace.socket_mode.send("slash_commands", payload, seconds=PATIENCE)
            return answer

        async def over_http() -> list[float]:
            http = LightHttp(str(self.address), self.slack.signing_secret)
            try:
                return await typing(lambda payload: http.send("slash_commands", payload))
            finally:
                http.close()

        async def over_either() -> list[float]:
            return await (over_http() if self.address else typing(over_socket))

        return self.slack.run(over_either(), seconds=600)

    def _payload(self, line: str) -> Json:
        workspace, number = self.slack.workspace, next(self._count)
        user = self.people[number % len(self.people)]
        word, _, text = line.partition(" ")
        return {
            "token": "practice-verification-token",
            "team_id": TEAM_ID,
            "team_domain": workspace.world.team_domain,
            "channel_id": "C0TASKFORCE",
            "channel_name": "isc-tf",
            "user_id": user,
            "user_name": user.lower(),
            "command": word,
            "text": text.replace("{n}", str(number)),
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": workspace.response_url(user, "C0TASKFORCE"),
            "trigger_id": workspace.triggers.issue(user),
        }


async def _timed(send: Send, payload: Json) -> float:
    begun = time.perf_counter()
    await send(payload)
    return time.perf_counter() - begun
