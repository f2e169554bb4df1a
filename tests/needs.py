"""What a test does when this machine lacks something it needs: skip by name, or fail where all is required."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip the running test because of `what`; fail it under `FOCAL_REQUIRE_ALL=1`, as CI sets."""
    if os.environ.get("FOCAL_REQUIRE_ALL") == "1":
        pytest.fail(f"{what}, and FOCAL_REQUIRE_ALL=1", pytrace=False)
    pytest.skip(what)
