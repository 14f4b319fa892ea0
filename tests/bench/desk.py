"""Every page of the desk for every role, and the search, in a township of 300 villages and three years.

    python tests/bench/desk.py [--scale 1] [--keep FOLDER] [--pages WORD] [--acted] [sqlite] [postgresql]

At scale 1 (some minutes to build): 300 villages, 200,000 notices, 100,000 open overdue duties. The median processor
time of the server in ms, PostgreSQL's processes included: page by role, beside a bare Flask view that sets fifty rows
from memory; searches beside a LIKE over the same texts. Counts hold until somebody acts: with --acted, somebody acts
on a notice of some village before each opening. Asserts nothing.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import county_township as county
from desk_pages import ROLES, addresses
from flask.testing import FlaskClient
from growth import bare_view
from processor import Measured, processor_time, waited
from sqlalchemy import create_engine, select, text
from support.builders import PASSWORD, Village, found_village
from support.clock import NOON
from support.databases import Cluster, find_binaries

from bulletin.domain.people import Role
from bulletin.services.access import operator_of
from bulletin.services.desk.search import search
from bulletin.services.history import record
from bulletin.services.people.manage_accounts import NewPerson, add_person
from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.store.notices import Notice
from bulletin.store.people import Person, actor_of
from bulletin.web.rate_limits import limiter
from bulletin.wiring import make_app, open_site

AIM_PAGE, AIM_SEARCH = 150, 100  # ms
SEARCHERS = ("wu", "li", f"p{county.FIRST * 3}")
PEER = text(
    "SELECT edition.id FROM edition JOIN edition_content ON edition_id = edition.id "
    "WHERE title LIKE :w OR CAST(document AS text) LIKE :w ORDER BY edition.id DESC LIMIT 50"
)
WORDS = (
    "财务",
    "财务收支 2025年",
    "收支 村级",
    "道路硬化工程",
    "24000",
    "24,000.00",
    "3480",
    "低保 路灯",
    "路灯 水泥 2024年 收支",
    "没有这样的字",
    "10月10日",
    "2025年3月1日",
    "B000001000",
    "第150000批",
    "150000",
    "东山村 道路",
    "东山村道路",
    "公",
    "金",
    "1",
    "公 1",
    "2025",
    "路灯水泥",
)


def say(what: str, ms: float, aim: float, peer: str = "") -> None:
    late = " <<<" if ms > aim else ""
    sys.stdout.write(f"{what:<44} {ms:8.1f} ms   aim <= {aim} ms   {peer}{late}\n")
    sys.stdout.flush()


# --- the township ------------------------------------------------------------------------------


@contextmanager
def a_county(folder: Path, url: str, scale: float) -> Iterator[Any]:
    """The township in a folder and a database; it is built when the folder has none."""
    data = folder / "site"
    is_new = not data.exists()
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        data=data,
        database_url=url,
        public_url="https://gk.huzhu.example.cn",
        insecure_cookies=True,
    )
    site = open_site(settings)
    schema.upgrade(site.sessions.engine)
    began = time.perf_counter()
    if is_new:
        village = found_village(site, NOON)
        county.build(village, scale)
        overseer = NewPerson("xian", "县示例", Role.COUNTY_OVERSEER, None, NOON.date())
        add_person(site, village.operator, overseer, PASSWORD, NOON, must_change=False)
    else:
        village = Village(site, operator_of(site), {}, {})
    took = f"built in {time.perf_counter() - began:.0f} s at scale {scale}" if is_new else "kept"
    sys.stdout.write(f"{site.sessions.engine.dialect.name}: {took}\n")
    village.settings = settings
    yield village
    site.sessions.close()


@contextmanager
def a_server(folder: Path | None) -> Iterator[tuple[str, int]]:
    """The address of a database of PostgreSQL, and the number of the server's first process."""
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL here")
    cluster = Cluster(binaries, folder)
    try:
        server = cluster.start().replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(server)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            known = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = 'county'"))
            if known.first() is None:
                connection.exec_driver_sql("CREATE DATABASE county")
        engine.dispose()
        yield server.removesuffix("postgres") + "county", cluster.process_id
    finally:
        cluster.stop(keep=folder is not None)


# --- pages -------------------------------------------------------------------------------------


def pages(village: Any, measured: Measured, only: str, *, acted: bool) -> None:
    limiter.enabled = False
    app = make_app(village.settings, village.site)
    app.extensions["clock"] = lambda: NOON
    browsers = {login: signed_in(app.test_client(), login) for login in ROLES}
    with village.site.sessions.reading() as session:
        asked = [row for row in addresses(session) if only in row[0]]
    sys.stdout.write(f"\n{'ms, aim <= ' + str(AIM_PAGE):<42}")
    sys.stdout.write("".join(f"{role[:11]:>13}" for role in ROLES.values()) + "\n")
    late, every = [], []
    for page, address in asked:
        sys.stdout.write(f"{page:<42}")
        for login, role in ROLES.items():
            ms = _opened(browsers[login], address, measured, village if acted else None)
            late += [(ms, page, role)] if isinstance(ms, float) and ms > AIM_PAGE else []
            every += [ms] if isinstance(ms, float) else []
            shown = ms if isinstance(ms, str) else f"{ms:.0f}{'<' if ms > AIM_PAGE else ' '}"
            sys.stdout.write(f"{shown:>13}")
            sys.stdout.flush()
        sys.stdout.write("\n")
    floor = measured(bare_view(50), 9)
    if every:
        typical = statistics.median(every)
        sys.stdout.write(f"bare Flask, 50 rows from memory: {floor:.1f} ms; ")
        sys.stdout.write(f"median page {typical:.0f} ms, ratio {typical / floor:.1f}\n")
    for ms, page, role in sorted(late, reverse=True):
        say(f"{page} · {role}", ms, AIM_PAGE)


def _opened(browser: FlaskClient, address: str, measured: Measured, acting: Any) -> float | str:
    """What a page costs, or why it is not shown: - where it is another role's, else the status.

    Args:
        acting: the township in which somebody acts on a notice before each opening; None: nobody does.
    """
    status = browser.get(address, buffered=True).status_code
    if status != 200:
        return "-" if status in (403, 404) else str(status)
    look = partial(browser.get, address, buffered=True)
    if acting is None:
        return measured(look)
    took = []
    for place in range(3):
        act_somewhere(acting, place)
        took.append(measured(look, 1))
    return statistics.median(took)


def act_somewhere(village: Any, place: int = 0) -> None:
    """Somebody prints a notice of some village."""
    with village.site.sessions.writing() as session:
        some = select(Notice.code).where(Notice.id % 997 == 1).offset(place).limit(1)
        code = session.scalars(some).one()
        record(session, village.operator, "print", f"notice {code}.1", NOON)


def signed_in(browser: FlaskClient, login: str) -> FlaskClient:
    page = browser.get("/sign-in").text.partition('name="csrf_token"')[2]
    token = page.partition('value="')[2].partition('"')[0]
    browser.post("/sign-in", data={"login": login, "password": PASSWORD, "csrf_token": token})
    return browser


# --- searches ----------------------------------------------------------------------------------


def searches(village: Any, measured: Measured) -> None:
    """For the one who sees all, and for two liaisons; the peer looks through every text."""
    with village.site.sessions.reading() as session:
        people = {
            person.login: actor_of(session, person, NOON.date())
            for person in session.scalars(select(Person).where(Person.login.in_(SEARCHERS)))
        }
    for words in WORDS:
        scanned = measured(partial(_scan, village, words), 1)
        for login, who in people.items():
            look: Callable[[], Any] = partial(search, village.site, who, words, NOON)
            found = look()
            took = measured(look)
            counts = "/".join(str(kind.count) for kind in found.kinds.values())
            ratio = f"LIKE {scanned:.0f} ms, ratio {took / scanned:.2f}; found {counts}"
            say(f"search {words} · {login}", took, AIM_SEARCH, ratio)


def _scan(village: Any, words: str) -> None:
    with village.site.sessions.reading() as session:
        session.execute(PEER, {"w": f"%{words}%"}).all()


def measure(village: Any, server: int | None, asked: argparse.Namespace) -> None:
    can_tell = Path("/proc/self/schedstat").exists()
    measured = processor_time(server) if can_tell or server is None else waited
    if not asked.pages:
        searches(village, measured)
    pages(village, measured, asked.pages, acted=asked.acted)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--keep", type=Path, help="where the township stays for the next run")
    parser.add_argument("--pages", default="", help="only addresses with this in them, no searches")
    parser.add_argument("--acted", action="store_true", help="somebody acts before each opening")
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    return parser.parse_args()


def main() -> None:
    asked = _arguments()
    kept: Path | None = asked.keep
    with (
        nullcontext(str(kept)) if kept else tempfile.TemporaryDirectory(prefix="bulletin-bench-")
    ) as place:
        if "sqlite" in asked.databases:
            with a_county(Path(place) / "sqlite", "", asked.scale) as village:
                measure(village, None, asked)
        if "postgresql" in asked.databases:
            folder = Path(place) / "postgresql"
            with (
                a_server(kept / "server" if kept else None) as (url, server),
                a_county(folder, url, asked.scale) as village,
            ):
                measure(village, server, asked)


if __name__ == "__main__":
    main()
