"""The practice workspace: a small, strict Slack on 127.0.0.1 that the bot serves unchanged."""
