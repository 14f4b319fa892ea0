"""Disk full, read-only, locked, unreachable, no font: said as it is, and it goes on when mended."""

import resource
import signal
import sqlite3
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import event, make_url
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.clock.scheduler import Scheduler
from bulletin.domain.errors import Misconfigured
from bulletin.services.notices.drafts import draft
from bulletin.services.notices.overview import edition_rows
from bulletin.services.operations.failures import MachineFailure, failure_of
from bulletin.store import engine as engines
from bulletin.store.heartbeat import last_beat
from bulletin.wiring import make_app, open_site

LONG = [{"type": "paragraph", "text": "路灯维修。" * 4000} for _ in range(12)]


ON_SQLITE = pytest.mark.sqlite_only(reason="a fault of the disk beneath SQLite")


def _save(browser, notice, version, title, blocks=LEDGER["blocks"]):
    said = {"version": version, "title": title, "document": {"blocks": blocks}}
    return browser.post(f"/desk/notices/{notice.code}/save", json=said)


def _title(zhangjia, notice):
    return edition_rows(zhangjia.site, zhangjia.operator, notice.code, NOON)[0].title


@contextmanager
def _pragma(site, setting):
    """Every connection of the site gets a pragma, as a full or write-protected disk would act."""

    def habit(connection, _record):
        connection.execute(f"PRAGMA {setting}")

    site.sessions.engine.dispose()
    event.listen(site.sessions.engine, "connect", habit)
    try:
        yield
    finally:
        event.remove(site.sessions.engine, "connect", habit)
        site.sessions.engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "sentence"),
    [("max_page_count = 1", "磁盘满了"), ("query_only = ON", "不能写入")],
)
@ON_SQLITE
def test_what_could_not_be_saved_is_said_and_is_saved_when_the_disk_is_mended(
    signed_in, zhangjia, setting, sentence
):
    notice = a_notice(zhangjia, NOON, title="路灯维修")
    browser = signed_in("li")
    with _pragma(zhangjia.site, setting):
        answer = _save(browser, notice, 2, "改过的", LONG)
        assert answer.status_code == 503
        assert sentence in answer.get_json()["sentences"][0]
        assert answer.headers["Retry-After"]
        assert browser.get(f"/desk/notices/{notice.code}").status_code == 200, "reading goes on"
        assert _title(zhangjia, notice) == "路灯维修"
    assert _save(browser, notice, 2, "改过的", LONG).status_code == 200
    assert _title(zhangjia, notice) == "改过的"


@contextmanager
def _largest_file(size):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_file_that_does_not_fit_leaves_nothing_behind(zhangjia):
    notice = a_notice(zhangjia, NOON)
    upload = (
        zhangjia.site,
        zhangjia.li,
        notice.code,
        "账.txt",
        "一行字\n".encode() * 400_000,
        NOON,
    )
    with _largest_file(2_000_000), pytest.raises(OSError, match="too large") as refused:
        draft.attach(*upload)
    assert failure_of(refused.value) is MachineFailure.DISK_FULL
    assert not [path for path in zhangjia.site.files.folder.rglob("*") if path.is_file()]
    assert zhangjia.site.files.get(draft.attach(*upload).file) == upload[4]


@contextmanager
def _another_writer(settings):
    """Another program that begins to write and does not end."""
    if settings.database_url:
        url = make_url(settings.database_url).set(drivername="postgresql")
        with psycopg.connect(url.render_as_string(hide_password=False)) as holder:
            holder.execute(f"SELECT pg_advisory_xact_lock({engines.ONE_WRITER})")
            yield
            holder.rollback()
        return
    holder = sqlite3.connect(settings.data / "bulletin.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield
    holder.execute("ROLLBACK")
    holder.close()


@pytest.mark.slow
def test_a_database_that_another_program_holds_is_said_and_goes_on(settings, zhangjia, monkeypatch):
    notice = a_notice(zhangjia, NOON, title="路灯维修")
    monkeypatch.setattr(engines, "BUSY_SECONDS", 1)
    site = open_site(settings)
    app = make_app(settings, site)
    app.config.update(WTF_CSRF_ENABLED=False)
    app.extensions["clock"] = lambda: NOON
    browser = app.test_client()
    browser.post("/sign-in", data={"login": "li", "password": zhangjia.password})
    with _another_writer(settings):
        answer = _save(browser, notice, 2, "改过的")
        assert (answer.status_code, "被占用" in answer.text) == (503, True)
    assert _save(browser, notice, 2, "改过的").status_code == 200
    site.sessions.close()


def test_residents_are_told_when_the_database_server_does_not_answer(settings, database):
    if database.name == "sqlite":
        pytest.skip("SQLite has no server")
    nowhere = make_url(settings.database_url).set(port=1)
    site = open_site(replace(settings, database_url=nowhere.render_as_string(hide_password=False)))
    answer = make_app(settings, site).test_client().get("/")
    assert answer.status_code == 503
    assert "数据库现在连不上" in answer.text


@contextmanager
def _all_connections_in_use(engine):
    with ExitStack() as held:
        with suppress(PoolTimeoutError):
            while True:
                held.enter_context(engine.connect())
        yield


@pytest.mark.parametrize("minutes", [0, 2])
def test_residents_are_told_when_all_connections_are_in_use(
    settings, approved, monkeypatch, minutes
):
    """A page that is kept is shown; also while it is time to write down how often pages were opened."""
    site = open_site(settings)
    app = make_app(settings, site, lambda: NOON)
    phone, path = app.test_client(), f"/N/{approved.code}"
    assert phone.get(path).status_code == 200
    app.extensions["clock"] = lambda: NOON + timedelta(minutes=minutes)
    monkeypatch.setattr(site.sessions.engine.pool, "_timeout", 0)
    with _all_connections_in_use(site.sessions.engine):
        assert phone.get(path).status_code == 200
        answer = phone.get("/")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert "数据库的连接用完了" in answer.text
    assert phone.get("/").status_code == 200
    site.sessions.close()


def _beat(zhangjia):
    with zhangjia.site.sessions.reading() as session:
        return last_beat(session, "publish", datetime(2100, 1, 1, tzinfo=UTC))


@ON_SQLITE
def test_a_clock_that_starts_on_a_full_disk_ticks_on_when_there_is_room(zhangjia, caplog):
    clock = Scheduler(zhangjia.site)
    with _pragma(zhangjia.site, "query_only = ON"):
        clock.start()
        assert "the data folder cannot be written" in caplog.text
        assert _beat(zhangjia) is None
    clock.stop()
    Scheduler(zhangjia.site)._run("publish")
    assert _beat(zhangjia)


def test_a_font_that_is_nowhere_stops_the_start_with_its_name(settings):
    with pytest.raises(Misconfigured, match=r"仿宋.*BULLETIN_FONT_DIR.*Noto Serif SC"):
        open_site(replace(settings, body_font="仿宋"))


@pytest.mark.parametrize(
    "error", [ValueError("x"), OSError(2, "no such file"), KeyError("disk is full")]
)
def test_an_error_of_ours_is_no_fault_of_the_machine(error):
    assert failure_of(error) is None
    assert failure_of(OSError(28, "no space left")) is MachineFailure.DISK_FULL


@ON_SQLITE
def test_the_page_of_a_fault_shows_no_detail(signed_in, zhangjia):
    browser = signed_in("li")
    with _pragma(zhangjia.site, "query_only = ON"):
        answer = browser.post("/sign-in", data={"login": "li", "password": zhangjia.password})
    assert answer.status_code == 503
    for detail in ("sqlite", "readonly", "Traceback", str(zhangjia.site.files.folder)):
        assert detail not in answer.text
    assert "现在办不了" in answer.text
