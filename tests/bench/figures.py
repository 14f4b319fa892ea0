"""The figures that the site promises, each beside a peer or a floor of the same run.

    python tests/bench/figures.py [publish sweep page sheets serve growth]

Prints one line a figure: what was measured, the aim, what the peer needed, and the ratio. Asserts nothing.
"""

import http.client
import os
import resource
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import desk_growth
import growth as bench_growth
import waitress
from flask import Flask, Response
from sqlalchemy import insert, select
from support.builders import a_notice, found_village
from support.clock import NOON

from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import State
from bulletin.services.notices.publish import publish_due
from bulletin.services.printing.print import sheet_facts
from bulletin.services.site import Site
from bulletin.settings import Settings
from bulletin.sheets.compose import Composer
from bulletin.sheets.qr import decode
from bulletin.store import schema
from bulletin.store.notices import Edition, EditionContent, Notice
from bulletin.wiring import folder, make_app, open_site

DUE = 5_000
PUBLISHED = 1_000_000
ROWS = 139
SHEETS = 1_000
REQUESTS = 400
IDLE_SECONDS = 20
KILO = 1024


def say(what: str, measured: str, aim: str, peer: str = "") -> None:
    sys.stdout.write(f"{what:<52} {measured:<22} aim {aim:<14} {peer}\n")
    sys.stdout.flush()


@contextmanager
def a_village() -> Iterator[Any]:
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as data:
        settings = Settings(
            data=Path(data), public_url="https://gk.huzhu.example.cn", insecure_cookies=True
        )
        site = open_site(settings)
        schema.upgrade(site.sessions.engine)
        village = found_village(site, NOON)
        village.settings = settings
        yield village
        site.sessions.close()


def multiply(site: Site, pattern: int, count: int, **columns: Any) -> None:
    """Copies of one notice and its edition, written straight into the tables."""
    with site.sessions.writing() as session:
        notice = (
            session.execute(select(Notice.__table__).where(Notice.id == pattern)).one()._asdict()
        )
        edition = (
            session.execute(select(Edition.__table__).where(Edition.notice_id == pattern))
            .one()
            ._asdict()
        )
        content = session.get_one(EditionContent, edition["id"]).document
        first = session.scalars(select(Notice.id).order_by(Notice.id.desc())).first() + 1
        for start in range(first, first + count, 20_000):
            numbers = range(start, min(start + 20_000, first + count))
            session.execute(
                insert(Notice.__table__),
                [
                    notice
                    | {"id": n, "code": f"B{n:09}", "digits": f"{n:011}", "register_number": n}
                    for n in numbers
                ],
            )
            session.execute(
                insert(Edition.__table__),
                [edition | {"id": n, "notice_id": n} | columns for n in numbers],
            )
        if columns.get("state") is State.SCHEDULED:
            rows = [
                {"edition_id": n, "township_id": 1, "document": content}
                for n in range(first, first + count)
            ]
            session.execute(insert(EditionContent.__table__), rows)


def pattern_of(site: Site, code: str) -> int:
    with site.sessions.reading() as session:
        return session.scalars(select(Notice.id).where(Notice.code == code)).one()


def publish() -> None:
    with a_village() as village:
        due = NOON + timedelta(hours=1)
        code = a_notice(village, NOON, publish_at=due).approved().code
        multiply(village.site, pattern_of(village.site, code), DUE - 1, state=State.SCHEDULED)
        began = time.perf_counter()
        done = publish_due(village.site, due)
        ours = (time.perf_counter() - began) * 1000 / len(done)
        floor = _bare_transactions(village.settings.data / "floor.db")
        say(
            f"publish {len(done)} due at one moment, a transaction each",
            f"{ours:.2f} ms a notice",
            "≤ 2 ms",
            f"bare SQLite commit, FULL sync: {floor:.2f} ms, ratio {ours / floor:.1f}",
        )


def _bare_transactions(file: Path) -> float:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (n)"
        )
        began = time.perf_counter()
        for n in range(DUE):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO t VALUES (?)", (n,))
            database.execute("COMMIT")
        return (time.perf_counter() - began) * 1000 / DUE


def sweep() -> None:
    with a_village() as village:
        code = a_notice(village, NOON).approved().code
        multiply(village.site, pattern_of(village.site, code), PUBLISHED, state=State.PUBLISHED)
        many = median_ms(lambda: publish_due(village.site, NOON))
    with a_village() as village:
        few = median_ms(lambda: publish_due(village.site, NOON))
    say(
        f"sweep with nothing to do among {PUBLISHED:,} published",
        f"{many:.2f} ms",
        "≤ 5 ms",
        f"among none: {few:.2f} ms, ratio {many / few:.1f}",
    )


def median_ms(act: Callable[[], Any], times: int = 41) -> float:
    act()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def page() -> None:
    with a_village() as village:
        code = a_notice(village, NOON, document=ledger()).approved().code
        app = make_app(village.settings, village.site)
        app.extensions["clock"] = lambda: NOON
        address = f"/N/{code}.1"
        bare = Flask("bare")
        text = app.test_client().get(address).data
        bare.add_url_rule("/<path:tail>", "view", lambda tail: Response(text))  # noqa: ARG005
        with served(app) as ours, served(bare) as theirs:
            spent = {ours: [], theirs: []}
            for _ in range(REQUESTS):
                for port, times in spent.items():
                    began = time.perf_counter()
                    _get(port, address)
                    times.append(time.perf_counter() - began)
        mine, floor = (statistics.median(spent[port]) * 1000 for port in (ours, theirs))
        say(
            f"resident's ledger page, {len(text) / KILO:.0f} KB",
            f"{1000 / mine:.0f} a second",
            "ratio ≥ 0.5",
            f"bare Flask, same bytes: {1000 / floor:.0f}, ratio {floor / mine:.2f}",
        )


@contextmanager
def served(app: Any) -> Iterator[int]:
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()


def _get(port: int, address: str) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")


def ledger() -> dict[str, Any]:
    rows = [
        [
            f"{n}",
            f"7月{n % 30 + 1}日",
            f"村道路灯维修材料费（第{n}笔）",
            "",
            f"{n * 37}.50",
            f"{900000 - n * 37}.50",
        ]
        for n in range(1, ROWS + 1)
    ]
    kinds = ("number", "text", "text", "money", "money", "money")
    titles = ("序号", "日期", "摘要", "收入（元）", "支出（元）", "结余（元）")
    columns = [{"title": title, "kind": kind} for title, kind in zip(titles, kinds, strict=True)]
    table = {"type": "table", "caption": "收支明细", "columns": columns, "rows": rows}
    return {"blocks": [{"type": "paragraph", "text": "现将财务收支情况公开如下。"}, table]}


def sheets() -> None:
    templates = folder("templates") / "sheets"
    composer = Composer(templates, [templates / "fonts"])
    with a_village() as village:
        one = a_notice(village, NOON).approved()
        with village.site.sessions.reading() as session:
            edition = session.scalars(select(Edition)).first()
            facts = sheet_facts(session, village.site, edition, NOON)
        long = facts.__class__(**{**vars(facts), "document": read_document(ledger())})
        short_ms = median_ms(lambda: composer.compose(facts))
        long_ms = median_ms(lambda: composer.compose(long), 9)
        bare = median_ms(
            lambda: composer.compose(facts.__class__(**{**vars(facts), "mark": "草稿"}))
        )
        say(
            "one sheet composed warm",
            f"{short_ms:.0f} ms",
            "≤ 25 ms",
            f"the same without code: {bare:.0f} ms, ratio {short_ms / bare:.1f}",
        )
        sheet = composer.compose(long)
        reading = median_ms(lambda: decode(sheet.pdf), 9)
        say(
            f"a ledger of {ROWS} rows, {sheet.pages} pages",
            f"{long_ms:.0f} ms",
            "≤ 80 ms",
            f"to read its codes back: {reading:.0f} ms; ratio to one page: {long_ms / short_ms:.1f}",
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for n in range(SHEETS):
            composer.compose(facts.__class__(**{**vars(facts), "title": f"{facts.title}（{n}）"}))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / KILO
        say(f"memory after {SHEETS} different sheets", f"+{grown:.0f} MB", "< 50 MB", one.code)


def serve() -> None:
    with a_village() as village:
        data = village.settings.data
        village.site.sessions.close()
        port = free_port()
        began = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "bulletin",
            "serve",
            "--port",
            str(port),
            "--data",
            str(data),
        ]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            wait_for(port)
            started = time.perf_counter() - began
            before, at = _cpu_seconds(server.pid), time.perf_counter()
            time.sleep(IDLE_SECONDS)
            busy = (_cpu_seconds(server.pid) - before) / (time.perf_counter() - at) * 100
            memory = _resident_mb(server.pid)
            server.terminate()
        floor = _bare_start()
        say(
            "start of the server",
            f"{started:.2f} s",
            "≤ 2 s",
            f"python importing flask, sqlalchemy, typst: {floor:.2f} s, ratio {started / floor:.1f}",
        )
        say("idle memory", f"{memory:.0f} MB", "≤ 200 MB")
        say("idle CPU", f"{busy:.2f} %", "≤ 1 %")


def _bare_start() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import flask, sqlalchemy.orm, typst"], check=True)
    return time.perf_counter() - began


def free_port() -> int:
    with socket.socket() as connection:
        connection.bind(("127.0.0.1", 0))
        return int(connection.getsockname()[1])


def wait_for(port: int) -> None:
    while True:
        try:
            _get(port, "/healthz")
        except OSError:
            time.sleep(0.02)
        else:
            return


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / KILO


def growth() -> None:
    bench_growth.residents(a_village, say)
    desk_growth.desks(a_village, say)


FIGURES = {
    "publish": publish,
    "sweep": sweep,
    "page": page,
    "sheets": sheets,
    "serve": serve,
    "growth": growth,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or FIGURES:
        FIGURES[name]()
