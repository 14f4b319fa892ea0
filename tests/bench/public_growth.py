"""Each public page with a thousand notices and with a million: bytes, and processor time of drawing it anew."""

import time
from pathlib import Path
from typing import Any

from figures import say
from public_filling import Filling
from support.builders import a_notice, found_village
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.services.places.create import NewVillage, add_village
from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.web.page_cache import PageCache
from bulletin.wiring import make_app, open_site

ZHANGJIA, TOWNSHIP = "/V/630223202214", "/T/630223202"
FEW, VILLAGES, ROUNDS = 1_000, 17, 15
PAGES = {
    "front": "/",
    "township": TOWNSHIP,
    "villages compared": f"{TOWNSHIP}/coverage",
    "village": ZHANGJIA,
    "current, page 2": f"{ZHANGJIA}/current/2",
    "class": f"{ZHANGJIA}/finance",
    "class of few notices": f"{ZHANGJIA}/party",
    "year": f"{ZHANGJIA}/2026",
    "notice": "/N/{code}.1",
    "catalog": f"{ZHANGJIA}/catalog",
    "record": f"{ZHANGJIA}/coverage",
    "item": f"{ZHANGJIA}/catalog/finance.quarterly_accounts",
    "matters": f"{ZHANGJIA}/matters",
    "meetings": f"{ZHANGJIA}/meetings",
    "search, in many titles": "/find?q=财务",
    "search, in many texts": "/find?q=路灯",
    "search, few of a village": f"/find?q=公开&class=party&in={ZHANGJIA.removeprefix('/V/')}",
    "search, in a class of few": "/find?q=公开&class=party",
    "search, in a year": "/find?q=路灯&year=2026",
    "search, in nothing": "/find?q=鲸鱼",
    "open data of the site": "/feed.jsonld",
    "feed of the township, Atom": f"{TOWNSHIP}/feed.atom",
    "feed of a class, JSON Feed": f"{ZHANGJIA}/party/feed.json",
    "feed of a class, RSS": f"{ZHANGJIA}/party/feed.rss",
    "closing days of the township": f"{TOWNSHIP}/feed.ics",
}


def small_site(data: Path) -> dict[str, str]:
    """A site with one approved notice, its pages as files beside it; where the three pages are."""
    app, code = _site(data, 60)
    paths = {"notice": f"/N/{code}.1", "front": "/", "village": ZHANGJIA}
    (data / "pages").mkdir(exist_ok=True)
    for name, path in paths.items():
        (data / "pages" / f"{name}.html").write_bytes(app.test_client().get(path).data)
    app.extensions["site"].sessions.close()
    return paths


def growth(folder: Path, many: int) -> None:
    few, lots = _site(folder / "few", FEW), _site(folder / f"many-{many}", many)
    for name, path in PAGES.items():
        # By turns: what else the machine does meets both.
        drawn = [
            [_drawn(app, path.format(code=code)) for app, code in (few, lots)]
            for _round in range(ROUNDS)
        ]
        before, after = (min(took for took, _ in site) for site in zip(*drawn, strict=True))
        small, large = (size / 1024 for _, size in drawn[0])
        ratio = f"{after / before:.2f} × ({before:.1f}, {after:.1f} ms)"
        say(f"{name}: {many:,} notices over {FEW:,}", ratio, "≤ 1.2 ×")
        say(f"{name}: KB that travel", f"{large:.1f}", "≤ 40", f"{small:.1f}")


def _drawn(app: Any, path: str) -> tuple[float, int]:
    """Processor time in ms of a page that is kept nowhere, and its bytes, packed."""
    app.extensions["page_cache"] = PageCache()
    began = time.process_time()
    answer = app.test_client().get(path, headers={"Accept-Encoding": "gzip"})
    took = (time.process_time() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return took, len(answer.data)


def _site(data: Path, notices: int) -> tuple[Any, str]:
    """The application of a township with so many notices, filled once, and the code of one."""
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings(data=data, insecure_cookies=True)
    site = open_site(settings)
    schema.upgrade(site.sessions.engine)  # what was made once may be older
    if not (data / "code").exists():
        village = found_village(site, NOON)
        for number in range(VILLAGES - 2):
            code = f"6302232023{number:02}"
            new = NewVillage(code, f"第{number}村", "0972-8320009")
            add_village(site, village.zheng, new, village_day(NOON), NOON)
        code = a_notice(village, NOON).approved().code
        Filling(site, code, notices).fill()
        (data / "code").write_text(code)
    site.sessions.close()
    return application(data), (data / "code").read_text()


def application(data: Path) -> Any:
    """The application of a folder that is filled."""
    settings = Settings(data=data, insecure_cookies=True)
    return make_app(settings, open_site(settings), clock=lambda: NOON)
