"""Every page of the desk for every role, and the search, in a township of 300 villages and three years.

    python tests/bench/desk.py [scale] [sqlite] [postgresql]

At scale 1 (a few minutes to build): 300 villages, 200,000 notices, 100,000 open overdue duties. Each line is the
median of the server's time; searches stand beside a LIKE over the same texts in the same run. Asserts nothing.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import county
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from support.builders import PASSWORD, found_village
from support.clock import NOON
from support.databases import Cluster, find_binaries

from bulletin.domain.people import Role
from bulletin.services.desk.search import search
from bulletin.services.people.manage_accounts import NewPerson, add_person
from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.web.rate_limits import limiter
from bulletin.wiring import make_app, open_site

ROUNDS = 3
AIM_PAGE, AIM_SEARCH = 150, 100  # ms
ROLES = {  # login: who it is; those of the villages are of the bench's first village
    f"p{county.FIRST * 3}": "liaison",
    f"p{county.FIRST * 3 + 1}": "supervisor",
    f"p{county.FIRST * 3 + 2}": "village head",
    "tian": "liaison of the township",
    "wang": "screener",
    "chen": "approver",
    "wu": "overseer",
    "zheng": "administrator",
    "xian": "county overseer",
}
PAGES = [
    "/desk",
    "/desk/duties",
    "/desk/duties?show=overdue&page=99",
    "/desk/duties?show=all&page=999",
    f"/desk/duties?village={county.FIRST}",
    f"/desk/duties/{county.FIRST}",
    "/desk/matters",
    "/desk/notices",
    "/desk/notices?show=public&page=2000",
    "/desk/notices?show=all&page=99999",
    f"/desk/notices?village={county.FIRST}",
    "/desk/notices?q=财务",
    "/desk/notices?q=低保 24000",
    "/desk/reviews",
    "/desk/boards",
    "/desk/month",
    f"/desk/month?month=2026-09&village={county.FIRST}",
    "/desk/month/2026-10-09",
    f"/desk/boards/{county.FIRST}/ledger",
    "/desk/packs",
    "/desk/recalled-photos",
    "/desk/coverage",
    f"/desk/coverage?village={county.FIRST}",
    "/desk/filings",
    "/desk/people",
    "/desk/villages",
    "/desk/catalog",
    "/desk/forms",
    "/desk/search?q=财务",
    "/desk/search?q=路灯 3480",
    "/account/reminders",
]
COUNTY_PAGES = ["/desk/county"]
WORDS = [
    "财务",
    "财务收支 2025年",
    "24000",
    "24,000.00",
    "低保 路灯",
    "没有这样的字",
    "10月10日",
    "B000001",
    "东山村 道路",
    "公",
]


def say(what: str, ms: float, aim: float, peer: str = "") -> None:
    late = " <<<" if ms > aim else ""
    sys.stdout.write(f"{what:<62} {ms:8.1f} ms   aim <= {aim} ms {peer}{late}\n")
    sys.stdout.flush()


def spent(act: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """The median processor time of an act in ms; SQLite works within it."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        act()
        took.append((time.process_time() - began) * 1000)
    return median(took)


def waited(act: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """The median time by the clock in ms: PostgreSQL works in a process of its own."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


@contextmanager
def a_county(url: str, scale: float) -> Iterator[Any]:
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as data:
        settings = Settings(
            data=Path(data),
            database_url=url,
            public_url="https://gk.huzhu.example.cn",
            insecure_cookies=True,
        )
        site = open_site(settings)
        schema.upgrade(site.sessions.engine)
        village = found_village(site, NOON)
        village.settings = settings
        began = time.perf_counter()
        county.build(village, scale)
        sys.stdout.write(f"{site.sessions.engine.dialect.name}: built in ")
        sys.stdout.write(f"{time.perf_counter() - began:.0f} s at scale {scale}\n")
        yield village
        site.sessions.close()


def measure(village: Any) -> None:
    is_sqlite = village.site.sessions.engine.dialect.name == "sqlite"
    measured = spent if is_sqlite else waited
    searches(village, measured)
    pages(village, measured)


def pages(village: Any, measured: Callable[..., float]) -> None:
    overseer = NewPerson("xian", "县示例", Role.COUNTY_OVERSEER, None, NOON.date())
    add_person(village.site, village.operator, overseer, PASSWORD, NOON, must_change=False)
    limiter.enabled = False
    app = make_app(village.settings, village.site)
    app.extensions["clock"] = lambda: NOON
    for login, role in ROLES.items():
        browser = signed_in(app.test_client(), login)
        for page in [*PAGES, *(COUNTY_PAGES if login == "xian" else [])]:
            look = partial(browser.get, page, buffered=True)
            status = look().status_code
            if status == 200:
                say(f"{page} · {role}", measured(look), AIM_PAGE)
            elif status not in (403, 404):
                sys.stdout.write(f"{page} · {role}: status {status}\n")


def signed_in(browser: FlaskClient, login: str) -> FlaskClient:
    page = browser.get("/sign-in").text.partition('name="csrf_token"')[2]
    token = page.partition('value="')[2].partition('"')[0]
    browser.post("/sign-in", data={"login": login, "password": PASSWORD, "csrf_token": token})
    return browser


def searches(village: Any, measured: Callable[..., float]) -> None:
    """Each search for the one who sees all, and for a liaison; the peer looks through every text."""
    peer = text(
        "SELECT edition.id FROM edition JOIN edition_content ON edition_id = edition.id "
        "WHERE title LIKE :w OR CAST(document AS text) LIKE :w ORDER BY edition.id DESC LIMIT 50"
    )
    for words in WORDS:

        def scan(words: str = words) -> None:
            with village.site.sessions.reading() as session:
                session.execute(peer, {"w": f"%{words}%"}).all()

        scanned = measured(scan, 1)
        for login in ("wu", "li"):
            who = village.people[login]
            took = measured(lambda words=words, who=who: search(village.site, who, words, NOON))
            found = search(village.site, who, words, NOON)
            counts = "/".join(str(kind.count) for kind in found.kinds.values())
            ratio = f"LIKE {scanned:.0f} ms, ratio {took / scanned:.2f}; found {counts}"
            say(f"search {words} · {login}", took, AIM_SEARCH, ratio)


def main(scale: float, databases: list[str]) -> None:
    if "sqlite" in databases:
        with a_county("", scale) as village:
            measure(village)
    if "postgresql" in databases and (binaries := find_binaries()) is not None:
        cluster = Cluster(binaries)
        try:
            server = cluster.start()
            engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"))
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("CREATE DATABASE county")
            engine.dispose()
            url = server.replace("postgresql://", "postgresql+psycopg://")
            with a_county(url.removesuffix("postgres") + "county", scale) as village:
                measure(village)
        finally:
            cluster.stop()


if __name__ == "__main__":
    asked = sys.argv[1:]
    sizes = [float(word) for word in asked if word.replace(".", "").isdecimal()]
    named = [word for word in asked if word in ("sqlite", "postgresql")]
    main(sizes[0] if sizes else 1.0, named or ["sqlite", "postgresql"])
