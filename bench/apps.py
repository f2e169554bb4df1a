"""The apps to compare with, as programs: `python -m bench.apps bare|default socket|http`.

Both answer every slash command with two letters. `bare` has Focal's settings of Bolt and does nothing else: what is
slower in Focal is Focal's. `default` is Bolt as its documentation begins: `App()`, `ack()`, then `respond()`.
"""

import os
import re
import sys
import threading

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from waitress import serve  # type: ignore[import-untyped]

ANY = re.compile(".*")
THREADS = 30


def bare_app(client: WebClient, *, transport: str) -> App:
    """Bolt with Focal's settings and one listener."""
    app = App(
        client=client,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        token_verification_enabled=False,
        request_verification_enabled=transport == "http",
        ssl_check_enabled=False,
    )

    @app.command(ANY)
    def answer(ack: Ack) -> None:
        ack("ok")

    return app


def default_app(client: WebClient) -> App:
    """Bolt as its documentation begins."""
    app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])

    @app.command(ANY)
    def answer(ack: Ack, respond: Respond) -> None:
        ack()
        respond("ok")

    return app


def main(kind: str, transport: str) -> None:
    """Serve until the process is ended. Both transports are those of Focal."""
    client = WebClient(token=os.environ.pop("SLACK_BOT_TOKEN"), base_url=os.environ["SLACK_API_URL"])
    app = default_app(client) if kind == "default" else bare_app(client, transport=transport)
    if transport == "http":
        port = int(os.environ["HTTP_PORT"])
        serve(SlackRequestHandler(app), host="127.0.0.1", port=port, threads=THREADS)
    else:
        SocketModeHandler(app, app_token=os.environ["SLACK_APP_TOKEN"], concurrency=THREADS).connect()
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
