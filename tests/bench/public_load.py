"""The first look of a cheap phone: how much travels in how many requests, and how long until it can be read."""

import time
from pathlib import Path
from typing import Any

from figures import say
from public_growth import application, small_site
from support.browser import a_browser, served

KILOBIT, ROUND_TRIP = 50, 500  # kbit/s, ms
SLOW = {
    "offline": False,
    "latency": ROUND_TRIP,
    "downloadThroughput": KILOBIT * 1000 / 8,
    "uploadThroughput": KILOBIT * 1000 / 8,
}


def load(folder: Path) -> None:
    """Each of the three pages with nothing kept, over a line as slow as a village's."""
    data = folder / "served"
    paths = small_site(data)
    with served(application(data)) as address, a_browser() as browser:
        for name, path in paths.items():
            page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
            line = page.context.new_cdp_session(page)
            travelled: list[float] = []
            line.send("Network.enable")
            line.on("Network.loadingFinished", _noted(travelled))
            line.send("Network.emulateNetworkConditions", SLOW)
            began = time.perf_counter()
            page.goto(f"{address}{path}", wait_until="load")
            seconds = time.perf_counter() - began
            page.wait_for_timeout(3_000)  # the icon comes last
            shown = page.evaluate(
                "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            )
            weight = f"{sum(travelled) / 1024:.1f} KB, {len(travelled)} requests"
            say(f"{name}: first load", weight, "≤ 40 KB, ≤ 3")
            words = f"{shown / 1000:.1f} s, whole {seconds:.1f} s"
            say(f"{name}: to be read at {KILOBIT} kbit/s, {ROUND_TRIP} ms", words, "≤ 3 s")
            page.context.close()


def _noted(travelled: list[float]) -> Any:
    return lambda event: travelled.append(event["encodedDataLength"])
