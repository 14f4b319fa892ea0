"""The figures of catalogs and duties: opening them, sweeping over them, the matrix, an import.

    python tests/bench/catalog.py [duties matrix import]

Prints one line a figure beside a floor of the same run. Asserts nothing.
"""

import io
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

import openpyxl
from figures import say
from sqlalchemy import func, select

from bulletin.clock.jobs import TICKS
from bulletin.domain.catalog.adaptation import Adaptation
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.people import Actor
from bulletin.services.catalog import import_file
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.duties.open import open_duties
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.places.create import NewVillage, add_village, found_township
from bulletin.services.site import Site
from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.store.duties import Duty
from bulletin.wiring import open_site

START = datetime(2026, 1, 1, 4, tzinfo=UTC)
ITEMS, TWO_YEARS = 60, 730
MONTHLY = TimeLimit("recur", Every.MONTH, day=10, by="before", of="next_period")
QUARTERLY = TimeLimit("recur", Every.QUARTER, month=1, day=15, by="before", of="next_period")


@dataclass
class Office:
    site: Site
    operator: Actor
    data: Path
    villages: list[int]


@contextmanager
def an_office(villages: int, limit: TimeLimit, horizon: int) -> Iterator[Office]:
    """A township whose villages owe sixty items each, by one rule."""
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as data:
        site = open_site(Settings(data=Path(data), insecure_cookies=True))
        schema.upgrade(site.sessions.engine)
        pattern = site.catalog.find("finance.quarterly_accounts")
        if pattern is None:
            raise LookupError("the standard catalog has no accounts")
        items = tuple(
            replace(
                pattern,
                code=f"finance.item{n}",
                title=f"第{n}项",
                time_limit=limit,
                busy_time_limit=None,
            )
            for n in range(ITEMS)
        )
        site = replace(site, catalog=replace(site.catalog, items=items), horizon_days=horizon)
        operator = found_township(site, "630223202", "红崖子沟乡", "互助县", "0972-8321111", START)
        ids = []
        for n in range(villages):
            new = NewVillage(f"630223202{n:03}", f"第{n}村", "0972-8320000")
            ids.append(add_village(site, operator, new, date(2026, 1, 1), START))
            adopt_catalog(site, operator, ids[-1], START.date(), Adaptation(), START)
        yield Office(site, operator, Path(data), ids)
        site.sessions.close()


def duties() -> None:
    with an_office(300, MONTHLY, TWO_YEARS) as office:
        began = time.perf_counter()
        open_duties(office.site, START)
        opened = time.perf_counter() - began
        with office.site.sessions.reading() as session:
            count = session.scalar(select(func.count()).select_from(Duty)) or 0
        floor = _bare_rows(office.data / "floor.db", count)
        say(
            f"open {count} duties of 300 villages from nothing",
            f"{opened:.1f} s",
            "30 s",
            f"bare rows {floor:.1f} s, ratio {opened / floor:.1f}",
        )
        began = time.perf_counter()
        TICKS["duties"](office.site, START + timedelta(hours=1))
        again = time.perf_counter() - began
        read = _bare_read(office.data / "floor.db")
        say(
            "the nightly run over them, nothing new",
            f"{again:.2f} s",
            "3 s",
            f"reading bare rows {read:.2f} s, ratio {again / read:.1f}",
        )


def _bare_rows(file: Path, count: int) -> float:
    """The same number of rows with the same unique key, straight into SQLite."""
    with closing(sqlite3.connect(file)) as base:
        base.execute(
            "CREATE TABLE duty (publisher INT, item TEXT, occasion TEXT, due TEXT, UNIQUE (publisher, item, occasion))"
        )
        rows = ((n // 1440, f"finance.item{n % 60}", f"{n}", "2026-01-01") for n in range(count))
        began = time.perf_counter()
        base.executemany("INSERT INTO duty VALUES (?, ?, ?, ?)", rows)
        base.commit()
        return time.perf_counter() - began


def _bare_read(file: Path) -> float:
    with closing(sqlite3.connect(file)) as base:
        began = time.perf_counter()
        base.execute("SELECT publisher, item, occasion FROM duty").fetchall()
        return time.perf_counter() - began


def matrix() -> None:
    with an_office(17, QUARTERLY, 365) as office:
        open_duties(office.site, START)
        began = time.perf_counter()
        table = coverage_table(
            office.site,
            office.operator,
            START,
            first_on=date(2026, 1, 1),
            last_on=date(2026, 12, 31),
        )
        took = time.perf_counter() - began
        say(
            f"the matrix of {len(table.rows)} × {len(table.items)} × 4, {len(table.cells)} cells",
            f"{took:.2f} s",
            "1 s",
        )


def importing_rows() -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体"])
    for n in range(500):
        book.active.append(
            [
                n + 1,
                f"第{n}项公开事项",
                "1.内容\n2.标准\n3.结果",
                "《中华人民共和国村民委员会组织法》第三十条",
                f"信息形成或者变更之日起{n % 30 + 1}个工作日内",
                "村民委员会",
            ]
        )
    buffer = io.BytesIO()
    book.save(buffer)
    with an_office(1, QUARTERLY, 60) as office:
        began = time.perf_counter()
        openpyxl.load_workbook(io.BytesIO(buffer.getvalue()))
        floor = time.perf_counter() - began
        began = time.perf_counter()
        import_file.import_catalog(
            office.site,
            office.operator,
            office.villages[0],
            import_file.read_upload(buffer.getvalue(), "目录.xlsx"),
            None,
            START,
        )
        took = time.perf_counter() - began
        say(
            "import a workbook of 500 rows",
            f"{took:.2f} s",
            "2 s",
            f"openpyxl alone {floor:.2f} s, ratio {took / floor:.1f}",
        )


FIGURES = {"duties": duties, "matrix": matrix, "import": importing_rows}

if __name__ == "__main__":
    for name in sys.argv[1:] or FIGURES:
        FIGURES[name]()
