"""Processor time of a request, its database's included: what a busy machine beside it does not change."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

Measured = Callable[..., float]  # an act and how often; the median in ms
NANO = 1_000_000  # nanoseconds in a millisecond


def processor_time(server: int | None) -> Measured:
    """Measures ours, and that of all processes of a database server on this machine.

    Args:
        server: the number of its first process; None for SQLite, which works within ours.
    """

    def spent(act: Callable[[], Any], rounds: int = 3) -> float:
        took = []
        for _ in range(rounds):
            began = time.process_time_ns() + _of_children(server)
            act()
            took.append((time.process_time_ns() + _of_children(server) - began) / NANO)
        return median(took)

    return spent


def waited(act: Callable[[], Any], rounds: int = 3) -> float:
    """Measures by the clock, for what works elsewhere."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter_ns()
        act()
        took.append((time.perf_counter_ns() - began) / NANO)
    return median(took)


def processor_of_all() -> float:
    """The seconds that this process has used and all that it began, with what those began themselves."""
    return sum(map(_seconds, _with_all_below(os.getpid())))


def _seconds(process: int) -> float:
    """Its own, and those of its children that ended (proc(5): utime, stime, cutime and cstime)."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    spent = stat.rpartition(")")[2].split()[11:15]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def _with_all_below(process: int) -> Iterator[int]:
    yield process
    for thread in Path(f"/proc/{process}/task").iterdir():
        for child in (thread / "children").read_text(encoding="ascii").split():
            yield from _with_all_below(int(child))


def _of_children(parent: int | None) -> int:
    """The nanoseconds that the processes below one have used; Linux keeps them."""
    if parent is None:
        return 0
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    spent = (Path(f"/proc/{child}/schedstat") for child in children)
    return sum(int(path.read_text(encoding="ascii").split()[0]) for path in spent if path.exists())
