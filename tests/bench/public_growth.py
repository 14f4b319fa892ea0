"""Each public page with a thousand notices and with a million: bytes, and processor time of drawing it anew."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from figures import say
from sqlalchemy import insert, select
from support.builders import a_notice, found_village
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import State
from bulletin.services.places.create import NewVillage, add_village
from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.store.notices import Edition, Notice
from bulletin.store.villages import villages_on
from bulletin.web.page_cache import PageCache
from bulletin.wiring import make_app, open_site

ZHANGJIA, TOWNSHIP = "/V/630223202214", "/T/630223202"
FEW, VILLAGES, YEARS = 1_000, 17, 10
AT_ONCE, ROUNDS = 20_000, 15
ON_BOARD = 15  # days
PAGES = {
    "front": "/",
    "township": TOWNSHIP,
    "villages compared": f"{TOWNSHIP}/coverage",
    "village": ZHANGJIA,
    "current, page 2": f"{ZHANGJIA}/current/2",
    "class": f"{ZHANGJIA}/finance",
    "year": f"{ZHANGJIA}/2026",
    "catalog": f"{ZHANGJIA}/catalog",
    "record": f"{ZHANGJIA}/coverage",
    "item": f"{ZHANGJIA}/catalog/finance.quarterly_accounts",
    "matters": f"{ZHANGJIA}/matters",
    "meetings": f"{ZHANGJIA}/meetings",
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
    few, lots = _site(folder / "few", FEW)[0], _site(folder / f"many-{many}", many)[0]
    for name, path in PAGES.items():
        before, after = _drawn(few, path), _drawn(lots, path)
        if before is None or after is None:
            say(name, "no such page", "")
            continue
        ratio = f"{after[0] / before[0]:.2f} × ({before[0]:.1f}, {after[0]:.1f} ms)"
        say(f"{name}: {many:,} notices over {FEW:,}", ratio, "≤ 1.2 ×")
        say(f"{name}: bytes", f"{after[1] / 1024:.1f} KB", "≤ 40 KB", f"{before[1] / 1024:.1f} KB")


def _drawn(app: Any, path: str) -> tuple[float, int] | None:
    """Processor time in ms and bytes of a page that is kept nowhere; None where there is none."""
    took, size = [], 0
    for _ in range(ROUNDS):
        app.extensions["page_cache"] = PageCache()
        began = time.process_time()
        answer = app.test_client().get(path)
        took.append((time.process_time() - began) * 1000)
        if answer.status_code != 200:
            return None
        size = len(answer.data)
    return min(took), size


def _site(data: Path, notices: int) -> tuple[Any, str]:
    """The application of a township with so many notices, filled once, and the code of one."""
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings(data=data, insecure_cookies=True)
    site = open_site(settings)
    if not (data / "code").exists():
        schema.upgrade(site.sessions.engine)
        village = found_village(site, NOON)
        for number in range(VILLAGES - 2):
            code = f"6302232023{number:02}"
            new = NewVillage(code, f"第{number}村", "0972-8320009")
            add_village(site, village.zheng, new, village_day(NOON), NOON)
        code = a_notice(village, NOON).approved().code
        _fill(site, code, notices)
        (data / "code").write_text(code)
    site.sessions.close()
    return application(data), (data / "code").read_text()


def application(data: Path) -> Any:
    """The application of a folder that is filled."""
    settings = Settings(data=data, insecure_cookies=True)
    return make_app(settings, open_site(settings), clock=lambda: NOON)


def _fill(site: Any, code: str, count: int) -> None:
    """Copies of one notice over ten years and all villages; as many hang as hang in a village of any age."""
    with site.sessions.writing() as session:
        notice = (
            session.execute(select(Notice.__table__).where(Notice.code == code)).one()._asdict()
        )
        found = select(Edition.__table__).where(Edition.notice_id == notice["id"])
        edition = session.execute(found).one()._asdict()
        places = [village.id for village in session.scalars(villages_on(1, village_day(NOON)))]
        connection = session.connection()
        for first in range(1, count, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, count))
            rows = list(_rows(notice, edition, places, numbers, count))
            connection.execute(insert(Notice.__table__), [row for row, _ in rows])
            connection.execute(insert(Edition.__table__), [row for _, row in rows])


def _rows(
    notice: Any, edition: Any, places: list[int], numbers: range, count: int
) -> Iterator[tuple[Any, Any]]:
    hanging = len(places) * 55  # in the last days, whatever the years before
    for number in numbers:
        key = notice["id"] + number
        back = number * ON_BOARD / hanging if number < hanging else 0
        if not back:
            back = ON_BOARD + 1 + (number - hanging) * YEARS * 365 / max(1, count - hanging)
        at, place = NOON - timedelta(days=back), places[number % len(places)]
        own = {"code": f"B{key:09}", "digits": f"{key:011}", "register_number": None}
        yield (
            notice | own | {"id": key, "village_id": place},
            edition
            | {"id": key, "notice_id": key, "village_id": place, "state": State.PUBLISHED}
            | {"publish_at": at, "closes_on": village_day(at) + timedelta(days=ON_BOARD)},
        )
