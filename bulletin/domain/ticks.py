"""The fixed ticks of the clock."""

from dataclasses import dataclass
from datetime import time, timedelta

# The names under which each tick is stored, in schedules/ticks.yaml and with its last run.
PUBLISH_TICK = "publish"
DUTIES_TICK = "duties"
REMIND_TICK = "remind"
LETTERS_TICK = "letters"
HISTORY_COPY_TICK = "witness"
BACKUP_TICK = "backup"
COPY_TICK = "copy"
COPY_FAILED = "copy failed"  # no tick: when the copy could not be brought up to date
TICK_NAMES = (
    *(PUBLISH_TICK, DUTIES_TICK, REMIND_TICK, LETTERS_TICK),
    *(HISTORY_COPY_TICK, BACKUP_TICK, COPY_TICK),
)

IN_FLIGHT = timedelta(minutes=2)  # a request that waited for its turn is no clock that is ahead


@dataclass(frozen=True)
class Tick:
    """A tick comes every so many seconds, or once a day at a time of the village."""

    name: str
    title: str
    every_seconds: int | None = None
    at: time | None = None
