"""Slack in: payload -> service -> words. One file per subject, no rules of their own."""
