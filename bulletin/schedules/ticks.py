"""schedules/ticks.yaml → the fixed ticks of the clock."""

from datetime import time
from pathlib import Path

from bulletin.domain.ticks import TICK_NAMES, Tick
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

MAX_SECONDS = 3600  # seconds; a clock that sleeps longer is no alarm clock


def load_ticks(file: Path) -> tuple[Tick, ...]:
    """Read and check the ticks.

    Raises:
        Misconfigured: an unknown tick, or one that says neither how often nor when.
    """
    root = read_yaml(file).mapping(set(TICK_NAMES))
    return tuple(_tick(name, entry.about(name)) for name, entry in root.items())


def _tick(name: str, entry: LocatedNode) -> Tick:
    keys = entry.mapping({"title"}, {"every_seconds", "at"})
    if ("every_seconds" in keys) == ("at" in keys):
        entry.fail("needs either `every_seconds` or `at`")
    title = keys["title"].text()
    if "every_seconds" in keys:
        seconds = keys["every_seconds"].value()
        if not isinstance(seconds, int) or not 1 <= seconds <= MAX_SECONDS:
            keys["every_seconds"].fail(f"expected a whole number from 1 to {MAX_SECONDS}")
        return Tick(name, title, every_seconds=seconds)
    try:
        return Tick(name, title, at=time.fromisoformat(keys["at"].text()))
    except ValueError:
        keys["at"].fail('expected a time such as "00:10"')
