"""Waiting for what another thread or process does."""

import time
from collections.abc import Callable

PATIENCE = 240.0  # seconds; a busy machine


def wait_for(holds: Callable[[], bool]) -> None:
    """Until something holds; a test fails that waits for ever."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
