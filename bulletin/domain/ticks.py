"""The fixed ticks of the clock."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Tick:
    """A tick comes every so many seconds, or once a day at a time of the village."""

    name: str
    title: str
    every_seconds: int | None = None
    at: time | None = None
