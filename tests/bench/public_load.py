"""The first look of a cheap phone: how much travels in how many requests, and how long until it can be read.

Every kind of residents' page of a village in which everything happened once, by the site and from its copy.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from figures import say
from playwright.sync_api import Browser
from support.browser import a_browser, served
from support.builders import found_village
from support.clock import NOON
from support.databases import migrate
from support.full_village import LOOKED_AT, FullVillage, fill_village
from support.nginx import NGINX, behind_nginx
from support.page_addresses import PAGES, RESIDENT

from bulletin.copy_reader import copy_site
from bulletin.settings import Settings
from bulletin.wiring import make_app, open_site

KILOBIT, ROUND_TRIP = 50, 500  # kbit/s, ms
SLOW = {
    "offline": False,
    "latency": ROUND_TRIP,
    "downloadThroughput": KILOBIT * 1000 / 8,
    "uploadThroughput": KILOBIT * 1000 / 8,
}
QUIET = 1_500  # ms after which nothing more comes; the icon comes last
KILO = 1024
LEAD_ON = {"/find"}  # without words it is no page
AIM = "≤ 40 KB, 3, 3 s"


def load() -> None:
    """Each kind of page with nothing kept, over a line as slow as a village's."""
    with (
        TemporaryDirectory(prefix="bulletin-bench-") as scratch,
        a_browser() as browser,
        _village(Path(scratch)) as (full, address, copied_at),
    ):
        for what, path in _kinds(full):
            _say(f"live: {what}", browser, f"{address}{path}")
            if copied_at and (Path(scratch) / "copy" / path[1:] / "index.html").exists():
                _say(f"copy: {what}", browser, f"{copied_at}{path.rstrip('/')}/")


@contextmanager
def _village(scratch: Path) -> Iterator[tuple[FullVillage, str, str]]:
    """The village, where the site serves it, and where nginx its copy ('' where there is none)."""
    settings = Settings(
        data=scratch / "data", public_url="https://gk.huzhu.example.cn", insecure_cookies=True
    )
    settings.data.mkdir()
    migrate(settings)
    site = open_site(settings)
    full = fill_village(found_village(site, NOON))
    copy_site(settings, site, scratch / "copy", site.public_url, LOOKED_AT)
    with served(make_app(settings, site, lambda: LOOKED_AT)) as address:
        if NGINX is None:
            yield full, address, ""
        else:
            with behind_nginx(scratch / "copy", scratch / "nginx") as copied_at:
                yield full, address, copied_at
    site.sessions.close()


def _kinds(full: FullVillage) -> Iterator[tuple[str, str]]:
    """One address of each kind of residents' page."""
    names = {**full.codes, **full.ids, **full.tokens}
    for what, pages in PAGES.items():
        of_residents = (
            address for login, address in pages if login == RESIDENT and address not in LEAD_ON
        )
        if (address := next(of_residents, None)) is not None and not address.startswith("/sign-"):
            yield what, address.format(**names)


def _say(what: str, browser: Browser, url: str) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
    line = page.context.new_cdp_session(page)
    travelled: list[float] = []
    line.send("Network.enable")
    line.on("Network.loadingFinished", _noted(travelled))
    line.send("Network.emulateNetworkConditions", SLOW)
    began = time.perf_counter()
    page.goto(url, wait_until="load")
    seconds = time.perf_counter() - began
    count = -1
    while len(travelled) > count:
        count = len(travelled)
        page.wait_for_timeout(QUIET)
    shown = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    weight = f"{sum(travelled) / KILO:.1f} KB, {count}, {shown / 1000:.1f} s"
    say(what, weight, AIM, f"whole {seconds:.1f} s")
    page.context.close()


def _noted(travelled: list[float]) -> Any:
    return lambda event: travelled.append(event["encodedDataLength"])
