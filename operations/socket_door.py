"""The door that Focal opens itself: a Socket Mode connection, kept up whatever the network does."""

import threading
from contextlib import suppress

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.errors import SlackApiError

from delivery.outcomes import LOCKED_OUT
from foundation.settings import Settings

log = structlog.get_logger("focal.socket")

AT_ONCE = 30
"""Requests carried out at the same time; Slack gives each three seconds."""

LOOK_EVERY, LONGEST_PAUSE = 5.0, 30.0
"""Seconds between looks at the connection, and between attempts to make a new one."""


class SocketDoor:
    """Receives Slack's requests over a connection that this side makes."""

    def __init__(self, app: App, settings: Settings) -> None:
        handler = SocketModeHandler(app, settings.app_token, proxy=settings.https_proxy or "", concurrency=AT_ONCE)
        self._client = handler.client
        self._client.proxy = settings.https_proxy
        # The client's own monitor ends with the first failed attempt to reconnect; `_watch` does not.
        self._client.current_app_monitor_started = True
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="socket", daemon=True)
        self.refused: str | None = None
        """Slack's word when it lets us in no more: the token is wrong or was revoked."""

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us."""
        return self._client.is_connected()

    def open(self) -> None:
        """Connect, and stay connected; an outage at the start is one like any other."""
        self._try()
        self._watcher.start()

    def close(self, *, within: float) -> None:
        """Take nothing more, answer what came in, and disconnect. `within` is in seconds."""
        self._closing.set()
        self._client.closed = True
        self._client.auto_reconnect_enabled = False
        draining = threading.Thread(target=self._drain, daemon=True)
        draining.start()
        draining.join(within)
        if not draining.is_alive():
            self._client.close()
        self._client.disconnect()

    def _drain(self) -> None:
        # Whoever hands out the work ends before those who do it, or what comes meanwhile finds nobody and is lost.
        self._client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        self._client.message_workers.shutdown()

    def _watch(self) -> None:
        failures = 0
        while not self._closing.wait(min(LOOK_EVERY * 2**failures / 4 if failures else LOOK_EVERY, LONGEST_PAUSE)):
            failures = 0 if self._try() else failures + 1

    def _try(self) -> bool:
        """Make sure of a living connection; return whether there is one."""
        try:
            if self._client.current_session is not None:
                with suppress(OSError):
                    self._client.current_session.check_state()
            if not self._client.is_connected():
                self._client.connect_to_new_endpoint()
                log.info("socket.connected")
            self.refused = None
        except SlackApiError as error:
            self.refused = error.response["error"] if error.response["error"] in LOCKED_OUT else None
            log.warning("socket.refused", reason=error.response["error"])
            return False
        except Exception as error:  # noqa: BLE001 - whatever keeps us from Slack, we try again
            log.warning("socket.unreachable", cause=type(error).__name__)
            return False
        return True
