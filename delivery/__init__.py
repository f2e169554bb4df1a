"""Slack out: the only poster of notices. What is owed is claimed, rendered late, posted once and recorded."""
