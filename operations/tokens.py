"""The tokens, asked of Slack before anything starts: a wrong one is a sentence now, not a silence later."""

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from delivery.outcomes import LOCKED_OUT
from foundation.settings import Settings
from operations.cannot import Cannot
from operations.slack import slack_client

log = structlog.get_logger("focal.tokens")


def refuse_wrong_tokens(settings: Settings) -> None:
    """Ask Slack whether it knows the token; an outage is no reason not to start. Raises `Cannot`."""
    try:
        slack_client(settings).auth_test()
    except SlackApiError as error:
        if error.response["error"] in LOCKED_OUT:
            raise Cannot(
                f"Slack refuses SLACK_BOT_TOKEN ({error.response['error']}). Copy it again from the app's page, "
                "under OAuth & Permissions."
            ) from None
        log.warning("slack.unwell", reason=error.response["error"])
    except (SlackClientError, OSError) as error:
        log.warning("slack.unreachable", cause=type(error).__name__)
