"""When somebody who has work is thought to have stopped."""

from datetime import datetime, timedelta

from bulletin.domain.ticks import IN_FLIGHT

# A sheet takes well under one, a photograph a few; shorter than a dead worker's job waits to be put back.
SILENT_AFTER = timedelta(seconds=20)
BEAT_EVERY = SILENT_AFTER / 4  # while one step lasts
LONGEST_STEP = timedelta(minutes=10)  # what lasts longer is thought to hang, and another may try


def is_silent(beat_at: datetime, now: datetime) -> bool:
    """Whether the last beat is too long ago; one from the future is none."""
    return not now - SILENT_AFTER <= beat_at <= now + IN_FLIGHT
