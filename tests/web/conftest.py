"""The post office of the delivery tests."""

from tests.delivery.conftest import office, slack

__all__ = ["office", "slack"]
