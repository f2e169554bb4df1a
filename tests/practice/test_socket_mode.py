"""Socket Mode as Slack has it: envelopes, acknowledgements, events that come again, connections that come and go."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from practice.workspace import Settings
from tests.slack_world import SlackWorld, wait_for

Json = dict[str, Any]
HASTY = Settings(ack_seconds=0.05, event_retries=(0.0, 0.0, 0.0))


@pytest.fixture
def hasty() -> Iterator[SlackWorld]:
    """A workspace that waits for no acknowledgement."""
    with SlackWorld(settings=HASTY) as slack:
        yield slack


def address(slack: SlackWorld) -> str:
    return str(WebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)["url"])


@asynccontextmanager
async def connected(slack: SlackWorld) -> AsyncIterator[tuple[ClientWebSocketResponse, Json]]:
    """A connection, and the hello that it was greeted with."""
    async with ClientSession() as session, session.ws_connect(address(slack)) as socket:
        yield socket, await socket.receive_json(timeout=30)


async def received(socket: ClientWebSocketResponse) -> Json:
    envelope: Json = await socket.receive_json(timeout=30)
    return envelope


async def acknowledge(socket: ClientWebSocketResponse, envelope: Json, **payload: Any) -> None:
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": payload})


def test_a_command_comes_in_an_envelope_and_is_answered_by_its_acknowledgement(slack: SlackWorld) -> None:
    async def answer() -> Any:
        async with connected(slack) as (socket, hello):
            assert (hello["type"], hello["num_connections"]) == ("hello", 1)
            command = asyncio.create_task(asyncio.to_thread(slack.player("U0AMA").command, "status"))
            envelope = await received(socket)
            assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
            assert (envelope["payload"]["command"], envelope["payload"]["text"]) == ("/isctf", "status")
            for garbage in ("[", "5", '{"envelope_id": []}', '{"envelope_id": "another"}', "[" * 5000):
                await socket.send_str(garbage)
            await acknowledge(socket, envelope, text="all is well")
            return await command

    assert asyncio.run(answer()).text == "all is well"


def test_an_event_that_nobody_acknowledges_comes_three_times_more(hasty: SlackWorld) -> None:
    async def listen() -> list[Json]:
        async with connected(hasty) as (socket, _):
            await asyncio.to_thread(hasty.player("U0AMA").say, "hello")
            events = [await received(socket) for _ in range(4)]
            await asyncio.to_thread(hasty.player("U0AMA").command, "the last")
            assert (await received(socket))["type"] == "slash_commands"
            return events

    events = asyncio.run(listen())
    assert [each["retry_attempt"] for each in events] == [0, 1, 2, 3]
    assert [each["retry_reason"] for each in events] == ["", "timeout", "timeout", "timeout"]
    assert len({each["payload"]["event_id"] for each in events}) == 1
    assert len({each["envelope_id"] for each in events}) == 4


def test_an_event_whose_connection_broke_comes_again_over_the_next(slack: SlackWorld) -> None:
    slack.workspace.settings.event_retries = (5.0, 5.0, 5.0)  # at most: it does not wait where a connection comes

    async def listen() -> tuple[Json, Json]:
        async with connected(slack) as (socket, _):
            await asyncio.to_thread(slack.player("U0AMA").say, "hello")
            first = await received(socket)
        async with connected(slack) as (socket, _):
            second = await received(socket)
            await acknowledge(socket, second)
            return first, second

    first, second = asyncio.run(listen())
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert second["retry_attempt"] >= 1


def test_a_command_that_nobody_acknowledges_is_told_to_its_sender_and_comes_no_more(hasty: SlackWorld) -> None:
    async def listen() -> tuple[str, Json]:
        async with connected(hasty) as (socket, _):
            refused = await asyncio.to_thread(hasty.player("U0AMA").command, "once")
            assert (await received(socket))["payload"]["text"] == "once"
            await asyncio.to_thread(hasty.player("U0AMA").command, "twice")
            return refused.error, await received(socket)

    sentence, after = asyncio.run(listen())
    assert "/isctf" in sentence
    assert "operation_timeout" in sentence
    assert after["payload"]["text"] == "twice"


def test_ten_connections_share_the_work_and_an_eleventh_is_refused(slack: SlackWorld) -> None:
    async def crowd() -> list[int]:
        async with AsyncExitStack() as stack:
            sockets = []
            for number in range(10):
                socket, hello = await stack.enter_async_context(connected(slack))
                assert hello["num_connections"] == number + 1
                sockets.append(socket)
            with pytest.raises(SlackApiError, match="too_many_websockets"):
                address(slack)
            counts = [0] * 10
            servants = [asyncio.create_task(serve(socket, counts, place)) for place, socket in enumerate(sockets)]
            for number in range(100):
                await asyncio.to_thread(slack.player("U0AMA").command, f"{number}")
            await asyncio.to_thread(slack.server.hang_up)
            await asyncio.gather(*servants)
            return counts

    async def serve(socket: ClientWebSocketResponse, counts: list[int], place: int) -> None:
        async for message in socket:
            counts[place] += 1
            await acknowledge(socket, message.json(), text="done")

    counts = asyncio.run(crowd())
    assert sum(counts) == 100
    assert sum(bool(count) for count in counts) > 5


def test_an_address_is_good_for_one_connection(slack: SlackWorld) -> None:
    async def twice() -> int:
        used = address(slack)
        async with ClientSession() as session:
            async with session.ws_connect(used):
                pass
            with pytest.raises(WSServerHandshakeError) as caught:
                await session.ws_connect(used)
            return caught.value.status

    assert asyncio.run(twice()) == 403


def test_a_connection_told_to_leave_gets_nothing_new_once_another_is_there(slack: SlackWorld) -> None:
    async def change() -> Json:
        async with connected(slack) as (old, _):
            await asyncio.to_thread(slack.server.disconnect)
            farewell = await received(old)
            async with connected(slack) as (new, hello):
                assert hello["num_connections"] == 2
                for number in range(20):
                    command = asyncio.create_task(asyncio.to_thread(slack.player("U0AMA").command, f"{number}"))
                    await acknowledge(new, await received(new), text="done")
                    assert (await command).text == "done"
            return farewell

    farewell = asyncio.run(change())
    assert (farewell["type"], farewell["reason"]) == ("disconnect", "refresh_requested")
    wait_for(lambda: not slack.workspace.socket_mode.connections)
