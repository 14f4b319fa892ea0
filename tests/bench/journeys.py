"""Each role's way from the invitation to the three ✓, in presses and seconds, on a phone and on a wide screen.

    python tests/bench/journeys.py

The ways are those of tests/support/journeys.py: a press is a click, a choice, a photograph or a typed character; who
signed in already begins at the desk. Seconds are the browser's, without reading and thinking. Asserts nothing.
"""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import ViewportSize
from rich.console import Console
from rich.table import Table
from support.browser import a_browser, served
from support.journeys import SIZES, Walk, Way, a_village


def walked(size: ViewportSize) -> list[Way]:
    with a_village() as (app, village), served(app) as address, a_browser() as browser:
        return list(Walk(app, village, browser, address, size).ways())


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for every request
    table = Table("who", "what", title="presses and seconds")
    for size in SIZES:
        for head in (f"{size['width']} px", "s"):
            table.add_column(head, justify="right", no_wrap=True)
    ways = [walked(size) for size in SIZES]
    for same in zip(*ways, strict=True):
        figures = [cell for way in same for cell in (str(way.presses), f"{way.seconds:.1f}")]
        table.add_row(same[0].who, same[0].what, *figures)
    sums = [(sum(w.presses for w in each), sum(w.seconds for w in each)) for each in ways]
    table.add_section()
    table.add_row("all", "", *(cell for n, s in sums for cell in (str(n), f"{s:.1f}")))
    Console().print(table)


main()
