"""The hello world of Bolt's documentation for asyncio, as it stands there but for types and the client's address."""

import asyncio
import os
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

app = AsyncApp(
    client=AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
)


@app.message("hello")
async def message_hello(message: dict[str, Any], say: Any) -> None:
    await say(
        blocks=[
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": f"Hey there <@{message['user']}>!"},
                "accessory": {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "Click Me"},
                    "action_id": "button_click",
                },
            }
        ],
        text=f"Hey there <@{message['user']}>!",
    )


@app.action("button_click")
async def action_button_click(body: dict[str, Any], ack: Any, say: Any) -> None:
    await ack()
    await say(f"<@{body['user']['id']}> clicked the button")


async def main() -> None:
    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()


if __name__ == "__main__":
    if "SLACK_APP_TOKEN" in os.environ:
        asyncio.run(main())
    else:
        app.start(port=int(os.environ["PORT"]))
