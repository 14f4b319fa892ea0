"""A county on several processes: market day, five thousand notices due at one minute, its pages beside a township's.

    python tests/bench/county.py [market publication pages] [--keep FOLDER] [--seconds 300]

All parts on this machine: PostgreSQL, two web processes (`bulletin serve`), two clocks. The county is that of
`desk.py --keep` (300 villages, 200,000 notices, 1,000 staff), built when FOLDER has none. Market day squeezes an
hour's ten thousand scans into --seconds, each asked at its moment whether the one before was answered or not.
Asserts nothing.
"""

import argparse
import http.client
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

import county_township as county
from desk import a_county, a_server, signed_in
from figures import free_port, multiply, pattern_of, say, wait_for
from processor import processor_time
from sqlalchemy import create_engine, func, select
from support.builders import PASSWORD, a_notice, found_village
from support.clock import NOON
from support.databases import environment_of

from bulletin.domain.notices.workflow import State
from bulletin.services.access import operator_of
from bulletin.services.history import record
from bulletin.services.oversight.supervision.county import count_townships
from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.store.notices import Edition, Notice
from bulletin.web.page_cache import PageCache
from bulletin.wiring import make_app, open_site

SCANS, STAFF, PAUSE = 10_000, 50, 30  # seconds between two pages of one person
READERS = 32  # that wait for an answer at a time
DUE, CLOCKS, WEBS = 5_000, 2, 2
BEFORE = timedelta(seconds=20)  # in which clocks start before the minute
VILLAGE = "/V/630223202214"
TOWNSHIPS, VILLAGES = 18, 17  # of a county; of a township
OF_VILLAGE = f"/V/6302239{county.FIRST:05}"
LEADERS = (
    ("leader's page", "/desk/county/supervision", "≤ 1,000 ms"),
    ("annual report", f"/desk/county/annual/{NOON.year}", "≤ 3,000 ms"),
)
PAGES = {
    "notice": "/N/{}.1",
    "front page": "/",
    "village": OF_VILLAGE,
    "record": f"{OF_VILLAGE}/coverage",
    "search": "/find?q=财务",
}
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


# --- market day --------------------------------------------------------------------------------


def market(site: Any, settings: Settings, seconds: int) -> None:
    """Most scan one paper, one in five walks on to its village or the front page; fifty people work at the desk."""
    with site.sessions.reading() as session:
        code = session.scalars(select(Notice.code).order_by(Notice.id)).first()
    with _processes(settings, WEBS) as ports:
        staff = [_signed_in(port, n) for n, port in zip(range(STAFF), ports * STAFF, strict=False)]
        over = threading.Event()
        desk: list[float] = []
        with ThreadPoolExecutor(READERS + STAFF + 1) as threads:
            working = [
                threads.submit(_work, *each, over, desk, n * PAUSE / STAFF)
                for n, each in enumerate(staff)
            ]
            acting = threads.submit(_act_each_second, site, over)
            waited = list(threads.map(_scan, *_scans(ports, code, seconds)))
            over.set()
            for each in (*working, acting):
                each.result()
    failed = sum(1 for each in waited if each is None)
    answered = [each * 1000 for each in waited if each is not None]
    p50, p99 = statistics.median(answered), statistics.quantiles(answered, n=100)[98]
    say(
        f"market day: {SCANS:,} scans in {seconds} s, {STAFF} at the desk",
        f"p99 {p99:.0f} ms",
        "≤ 200 ms",
        f"median {p50:.0f}, worst {max(answered):.0f} ms; {failed} failed (aim 0); {len(desk)} desk pages, "
        f"median {statistics.median(desk) * 1000:.0f} ms; load {os.getloadavg()[0]:.1f}",
    )


def _scans(ports: list[int], code: str | None, seconds: int) -> tuple[Any, ...]:
    begin = time.perf_counter() + 1
    pages = (f"/N/{code}.1", f"/N/{code}.1", f"/N/{code}.1", f"/N/{code}.1", VILLAGE)
    moments = [begin + n * seconds / SCANS for n in range(SCANS)]
    asked = [pages[n % len(pages)] if n % 25 else "/" for n in range(SCANS)]
    return moments, [ports[n % len(ports)] for n in range(SCANS)], asked


def _scan(moment: float, port: int, address: str) -> float | None:
    """Seconds from the moment of the scan to the whole page; None where it failed."""
    time.sleep(max(0.0, moment - time.perf_counter()))
    try:
        status = _get(port, address)
    except OSError:
        return None
    return time.perf_counter() - moment if status == http.client.OK else None


def _get(port: int, address: str, cookie: str = "") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address, headers={"Accept": "text/html", "Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _signed_in(port: int, number: int) -> tuple[int, str]:
    """A liaison's port and cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    login = {"login": f"p{(county.FIRST + number) * 3}", "password": PASSWORD}
    connection.request("GET", "/sign-in")
    page = connection.getresponse()
    form, cookie = page.read().decode(), (page.headers["Set-Cookie"] or "").partition(";")[0]
    token = TOKEN.search(form)[1]  # type: ignore[index]  # (the form has one)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request("POST", "/sign-in", urlencode(login | {"csrf_token": token}), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    cookies = [each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie", [])]
    if answer.status != http.client.FOUND:
        raise RuntimeError(f"{login['login']} can't sign in: {answer.status}")
    return port, "; ".join(cookies)


def _work(port: int, cookie: str, over: threading.Event, took: list[float], begins: float) -> None:
    """A page of the desk every half minute; not all of them in the same second."""
    over.wait(begins)
    pages = ("/desk", "/desk/duties", "/desk/notices", "/desk/boards")
    for number in range(10**6):
        began = time.perf_counter()
        status = _get(port, pages[number % len(pages)], cookie)
        if status != http.client.OK:
            raise RuntimeError(f"{pages[number % len(pages)]}: {status}")
        took.append(time.perf_counter() - began)
        if over.wait(PAUSE):
            return


def _act_each_second(site: Any, over: threading.Event) -> None:
    """What all of them do, as entries of the history about their notices: each makes every kept page one of the past."""
    with site.sessions.reading() as session:
        codes = itertools.cycle(session.scalars(select(Notice.code).limit(1_000)).all())
    while not over.wait(1):
        with site.sessions.writing() as session:
            record(session, operator_of(site), "edit", f"notice {next(codes)}.1", NOON)


# --- publication -------------------------------------------------------------------------------


def publication(server: str, scratch: Path) -> None:
    """From the first of those due at one minute to the last on record; residents read all of them at the moment itself."""
    settings, site, village = _a_township(server, "publication", scratch)
    due = NOON + timedelta(hours=1)
    code = a_notice(village, NOON, publish_at=due).approved().code
    multiply(site, pattern_of(site, code), DUE - 1, state=State.SCHEDULED)
    ahead = ("--now", (due - BEFORE).isoformat())
    with _running(settings, *(("clock", *ahead) for _ in range(CLOCKS))):
        while not _published(site):
            time.sleep(0.05)
        began = time.perf_counter()
        while _published(site) < DUE:
            time.sleep(0.05)
        took = time.perf_counter() - began
    say(f"{DUE:,} due at one minute, by {CLOCKS} clocks", f"{took:.1f} s", "≤ 15 s", _load())
    site.sessions.close()


def _published(site: Any) -> int:
    published = select(func.count(Edition.id)).where(Edition.state == State.PUBLISHED)
    with site.sessions.reading() as session:
        return session.scalar(published) or 0


# --- pages -------------------------------------------------------------------------------------


def pages(site: Any, settings: Settings, server: str, number: int, scratch: Path) -> None:
    """Residents' pages of a county of eighteen townships, and of a township of seventeen villages by itself."""
    large, divided = _divided(site, settings, server)
    small, its_site, village = _a_township(server, "township", scratch)
    county.build(village, VILLAGES / county.VILLAGES)
    measured = processor_time(number)
    for name, address in PAGES.items():
        draws = [_of_page(*each, address) for each in ((divided, large), (its_site, small))]
        took = _in_turn(measured, draws)
        say(f"public: {name}, of a township's", f"{took[0] / took[1]:.2f} ×", "≤ 1.2 ×", _ms(took))
    its_site.sessions.close()
    leader(measured, divided, large)
    divided.sessions.close()


def leader(measured: Any, site: Any, settings: Settings) -> None:
    """督查 and the annual report of all townships; what a server counts before its door opens, by itself."""
    browser = signed_in(make_app(settings, site, lambda: NOON).test_client(), "xian")

    def seen(address: str) -> None:
        if browser.get(address).status_code != http.client.OK:
            raise RuntimeError(address)

    took = measured(partial(count_townships, site, NOON), 1)
    say("leader's page, counted before the door opens", f"{took:.0f} ms", "", _load())
    for name, address, aim in LEADERS:
        for words, rounds in (("just started", 1), ("kept", 3)):
            took = measured(partial(seen, address), rounds)
            say(f"{name} of the county, {words}", f"{took:.0f} ms", aim)


def _divided(site: Any, settings: Settings, server: str) -> tuple[Settings, Any]:
    """The county once more, its villages among townships."""
    site.sessions.engine.dispose()  # a database that is copied has no other guests
    _autocommitted(
        server, "DROP DATABASE IF EXISTS divided", "CREATE DATABASE divided TEMPLATE county"
    )
    large = replace(settings, database_url=server.rpartition("/")[0] + "/divided")
    divided = open_site(large)
    with divided.sessions.engine.begin() as connection:
        county.divide(connection, TOWNSHIPS)
    # What the database would else do by itself counts as work of the pages.
    _autocommitted(server, "VACUUM ANALYZE", database="divided")
    return large, divided


def _of_page(site: Any, settings: Settings, address: str) -> Callable[[], None]:
    """Draws it anew each time, as after an act."""
    with site.sessions.reading() as session:
        code = session.scalars(select(Notice.code).order_by(Notice.id)).first()  # a real one
    app = make_app(settings, site)
    app.extensions["clock"] = lambda: NOON
    browser = app.test_client()

    def drawn() -> None:
        app.extensions["page_cache"] = PageCache()
        if browser.get(address.format(code), buffered=True).status_code != http.client.OK:
            raise RuntimeError(address)

    drawn()
    return drawn


def _in_turn(measured: Any, acts: list[Callable[[], None]]) -> list[float]:
    """The median of each; one after the other, for a machine is not equally quick all the time."""
    rounds = [[measured(act, 5) for act in acts] for _ in range(5)]
    return [statistics.median(took) for took in zip(*rounds, strict=True)]


def _ms(took: list[float]) -> str:
    return f"{took[0]:.1f} of {took[1]:.1f} ms of processors; {_load()}"


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


# --- processes ---------------------------------------------------------------------------------


def _a_township(server: str, name: str, scratch: Path) -> tuple[Settings, Any, Any]:
    _autocommitted(server, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    folder = scratch / name
    folder.mkdir()
    settings = Settings(
        data=folder,
        database_url=server.rpartition("/")[0] + f"/{name}",
        public_url="https://gk.huzhu.example.cn",
        insecure_cookies=True,
        rehearsal=True,
    )
    site = open_site(settings)
    schema.upgrade(site.sessions.engine)
    return settings, site, found_village(site, NOON)


def _autocommitted(server: str, *statements: str, database: str = "postgres") -> None:
    """In the database that every server has, or in another."""
    admin = create_engine(f"{server.rpartition('/')[0]}/{database}")
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    admin.dispose()


@contextmanager
def _processes(settings: Settings, count: int) -> Iterator[list[int]]:
    ports = [free_port() for _ in range(count)]
    serve = ("serve", "--no-clock", "--now", NOON.isoformat(), "--port")
    with _running(settings, *((*serve, str(port)) for port in ports)):
        for port in ports:
            wait_for(port)
        yield ports


@contextmanager
def _running(settings: Settings, *commands: tuple[str, ...]) -> Iterator[None]:
    environment = environment_of(settings) | {
        "BULLETIN_REHEARSAL": "1",
        "BULLETIN_INSECURE_COOKIES": "1",
    }
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "bulletin", *words],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for words in commands
    ]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help="market publication pages; all when none is named")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--seconds", type=int, default=300)
    given = parser.parse_args()
    wanted = given.what or ["publication", "pages", "market"]
    folder = given.keep / "postgresql" if given.keep else None
    with (
        tempfile.TemporaryDirectory(prefix="bulletin-bench-") as name,
        a_server(given.keep / "server" if given.keep else None) as (server, number),
    ):
        scratch = Path(name)
        if "publication" in wanted:
            publication(server, scratch)
        if {"market", "pages"} & set(wanted):
            with a_county(folder or scratch / "county", server, 1) as village:
                if "pages" in wanted:
                    pages(village.site, village.settings, server, number, scratch)
                if "market" in wanted:
                    market(village.site, village.settings, given.seconds)


if __name__ == "__main__":
    main()
