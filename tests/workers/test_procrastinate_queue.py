"""Long work by `bulletin worker` processes on a real PostgreSQL: one is killed, and the work is done all the same, once."""

import asyncio
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException, UniqueViolation
from sqlalchemy import make_url, select
from support import pack_worker
from support.boards import close_up
from support.builders import a_notice
from support.clock import NOON
from support.databases import environment_of
from support.patience import PATIENCE, wait_for
from support.processes import PROCESSES, preload
from werkzeug.test import Client

from bulletin.domain.errors import Misconfigured
from bulletin.services.boards.packs import order_pack, pack_orders, work_on_pack
from bulletin.services.catalog import import_file, order_import, propose_import
from bulletin.services.long_jobs.silence import SILENT_AFTER
from bulletin.services.operations import check, verify
from bulletin.services.operations.metrics import metrics
from bulletin.sheets.pdfium import page_count
from bulletin.store import schema
from bulletin.store.catalogs import Adoption, CatalogImport
from bulletin.store.long_jobs import JobState
from bulletin.store.packs import PackState
from bulletin.store.print_runs import PrintRun
from bulletin.web.metrics import create_metrics
from bulletin.wiring import open_site
from bulletin.workers import procrastinate_queue as queue
from bulletin.workers import queue_tables

pytestmark = pytest.mark.slow

SHEETS = 9
CATALOG = "公开事项,公开时限\n水费收缴,每季度一次\n".encode("gb18030")


@pytest.fixture
def queued(settings, zhangjia, database):
    """The village, with a queue and nobody who works."""
    if database.name == "sqlite":
        pytest.skip("SQLite has no queue")
    site = open_site(replace(settings, queue=True))
    check.migrate(site)
    yield replace(zhangjia, site=site)
    site.sessions.close()


@pytest.fixture
def start_worker(settings, monkeypatch):
    """start_worker(): a process that does long work; it may be killed."""
    running, began = [], time.monotonic()
    preload(monkeypatch, pack_worker.__name__)

    def start(*amid_import):
        environment = environment_of(settings) | {"BULLETIN_QUEUE": "true"}
        given = environment, began, *amid_import
        running.append(PROCESSES.Process(target=pack_worker.run, args=given))
        running[-1].start()
        return running[-1]

    yield start
    for worker in running:
        worker.kill()
        worker.join()


def order(village, sheets=SHEETS):
    for n in range(sheets):
        a_notice(village, NOON, title=f"路灯维修第{n + 1}次").approved()
    pack = order_pack.order_pack(village.site, village.li, NOON, board_id=village.boards[0])
    work_on_pack.take_up(village.site, pack, lambda: NOON)
    return pack


def line_of(village, pack):
    return pack_orders.pack_line(village.site, village.li, pack, NOON)


def wait_until(village, pack, holds):
    end = time.monotonic() + PATIENCE
    while not holds(line := line_of(village, pack)):
        assert time.monotonic() < end, line
        time.sleep(0.05)
    return line


def printed(village):
    with village.site.sessions.reading() as session:
        return Counter(session.scalars(select(PrintRun.edition_id)))


def is_over(line):
    return line.state is not PackState.RUNNING


def test_a_killed_workers_pack_goes_on_elsewhere_and_no_sheet_is_printed_twice(
    queued, start_worker
):
    pack = order(queued)
    assert not printed(queued), "nobody works in the process that was asked"
    first = start_worker()
    wait_until(queued, pack, lambda line: line.done >= 2)
    first.kill()
    first.join()
    left = line_of(queued, pack)
    assert (left.state, left.done < SHEETS) == (PackState.RUNNING, True)
    start_worker()
    start_worker()
    done = wait_until(queued, pack, is_over)
    assert (done.state, done.done, done.total) == (PackState.DONE, SHEETS, SHEETS)
    runs = printed(queued)
    assert (len(runs), set(runs.values())) == (SHEETS, {1})
    assert page_count(pack_orders.pack_pdf(queued.site, queued.li, pack)[1]) == SHEETS + 1


def test_a_worker_that_is_told_to_end_hands_back_what_it_had(queued, start_worker):
    pack = order(queued)
    worker = start_worker()
    wait_until(queued, pack, lambda line: line.done >= 2)
    worker.terminate()
    worker.join(PATIENCE)
    assert worker.exitcode == 0
    assert line_of(queued, pack).state is PackState.RUNNING
    assert queued.site.queue.state().waiting >= 1
    start_worker()
    assert wait_until(queued, pack, is_over).state is PackState.DONE
    assert set(printed(queued).values()) == {1}


def test_a_pack_that_is_cancelled_stops(queued, start_worker):
    pack = order(queued)
    start_worker()
    wait_until(queued, pack, lambda line: line.done >= 1)
    order_pack.cancel(queued.site, queued.li, pack)
    end = time.monotonic() + PATIENCE
    while (state := queued.site.queue.state()).waiting and time.monotonic() < end:
        time.sleep(0.1)
    assert state.waiting == 0
    assert line_of(queued, pack).state is PackState.CANCELLED
    assert len(printed(queued)) < SHEETS


def test_what_waits_for_a_worker_is_said_to_who_waits_and_to_the_administrator(
    queued, signed_in, app
):
    app.extensions["site"] = queued.site
    order(queued, 1)
    page = signed_in("li").get("/desk/packs").text
    assert "请告诉管理员" in page
    assert "bulletin worker" in signed_in("zheng").get("/desk").text
    assert any("nobody does long work" in each.what for each in check.check(queued.site, NOON))
    state = metrics(queued.site, NOON).queue
    assert (state.workers, state.waiting) == (0, 1), "asked again, it waits once"


def test_a_queue_that_cannot_be_asked_takes_no_other_figure_along(queued):
    cut_off = queue.ProcrastinateQueue("postgresql://bulletin@127.0.0.1:1/nowhere")
    figures = metrics(replace(queued.site, queue=cut_off), NOON)
    assert figures.queue is None
    assert figures.clock.due_unpublished == 0
    page = Client(create_metrics(replace(queued.site, queue=cut_off), lambda: NOON)).get("/metrics")
    assert "bulletin_queue_up 0.0" in page.text
    assert "bulletin_workers" not in page.text
    assert "bulletin_due_unpublished 0.0" in page.text


def test_the_queues_tables_of_an_older_release_are_upgraded_and_alembic_does_not_see_them(queued):
    assert schema.current_revision(queued.site.sessions.engine) == schema.newest_revision()
    url = make_url(str(queued.site.sessions.engine.url)).set(drivername="postgresql")
    address = url.render_as_string(hide_password=False)
    fresh = _shape(address)
    assert any("procrastinate_workers" in str(row) for row in fresh)
    with psycopg.connect(address, options=queue_tables.OPTIONS, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {queue_tables.SCHEMA} CASCADE")
        connection.execute(f"CREATE SCHEMA {queue_tables.SCHEMA}")
        connection.execute("CREATE TABLE applied_migration (name text PRIMARY KEY)")
        for file in sorted(queue_tables.migrations_path.glob("*.sql")):
            if file.name.startswith(("00.", "01.", "02.")):  # before workers had a heartbeat
                connection.execute(file.read_bytes())
                connection.execute("INSERT INTO applied_migration VALUES (%s)", [file.name])
    assert _shape(address) != fresh
    queued.site.queue.prepare()
    queued.site.queue.prepare()
    assert _shape(address) == fresh


def _shape(address):
    """Columns and functions of the queue's schema."""
    with psycopg.connect(address) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = %s",
            [queue_tables.SCHEMA],
        ).fetchall()
        functions = connection.execute(
            "SELECT proname, pg_get_function_arguments(oid) FROM pg_proc "
            "WHERE pronamespace = %s::regnamespace",
            [queue_tables.SCHEMA],
        ).fetchall()
    return {*columns, *functions}


def test_a_queue_needs_postgresql(tmp_path, sqlite):
    with pytest.raises(Misconfigured, match="needs PostgreSQL"):
        open_site(replace(sqlite.settings(tmp_path), queue=True))


def test_a_pack_is_silent_for_less_long_than_its_worker_is_thought_alive():
    """Else a dead worker's job would be called again while its part still seems to be somebody's."""
    assert timedelta(seconds=queue.DEAD_AFTER - queue.HEARTBEAT) > SILENT_AFTER


def test_a_call_is_tried_again_when_what_its_worker_had_is_free():
    """Else it finds its own old claim, says that nothing is left, and nobody is called any more."""
    assert timedelta(seconds=queue.AGAIN.wait) > SILENT_AFTER


@pytest.mark.parametrize(
    ("failure", "given_up"),
    [
        (UniqueViolation(constraint_name=None, queueing_lock="pack 1 0"), True),
        (ConnectorException("server closed the connection"), False),
    ],
)
def test_a_dead_workers_call_is_given_up_only_where_another_stands_for_it(failure, given_up):
    finished = []

    class Jobs:
        async def retry_job(self, _job):
            raise failure

        async def finish_job(self, job, *_how, **_further):
            finished.append(job)

    job = SimpleNamespace(task_kwargs={"kind": "pack", "id": 1})
    app = SimpleNamespace(job_manager=Jobs())
    # In a thread of its own: a browser of this process keeps the first one's loop running.
    with (
        ThreadPoolExecutor(1) as other,
        nullcontext() if given_up else pytest.raises(ConnectorException),
    ):
        other.submit(lambda: asyncio.run(queue._put_back(app, job))).result()
    assert finished == ([job] if given_up else [])


def test_a_worker_killed_amid_an_import_leaves_nothing_and_another_imports_each_row_once(
    queued, start_worker, tmp_path
):
    before = catalog_rows(queued)
    upload = import_file.read_upload(CATALOG, "目录.csv")
    propose_import.propose(queued.site, queued.zheng, None, upload, NOON)
    waiting = propose_import.proposal(queued.site, queued.zheng)
    asked = (waiting, date(2027, 1, 1), {}, NOON)
    job = order_import.order_import(queued.site, queued.zheng, *asked)
    assert order_import.order_import(queued.site, queued.zheng, *asked) == job, "pressed twice"
    order_import.CATALOG.take_up(queued.site, job, lambda: NOON)
    amid = tmp_path / "amid"
    first = start_worker(amid)
    wait_for(amid.exists)
    first.kill()
    first.join()
    start_worker()
    wait_for(lambda: catalog_rows(queued) != before)
    after = catalog_rows(queued)
    assert after["imports"] == 1
    assert {
        place: after["adoptions"][place] - before["adoptions"][place]
        for place in after["adoptions"]
    } == dict.fromkeys([None, *queued.ids.values()], 1)
    line = order_import.CATALOG.line(queued.site, queued.zheng, job, NOON)
    assert (line.state, line.result) == (JobState.DONE, "1")
    assert verify.verify(queued.site).sound


def catalog_rows(village):
    with village.site.sessions.reading() as session:
        return {
            "imports": len(session.scalars(select(CatalogImport.id)).all()),
            "adoptions": Counter(session.scalars(select(Adoption.village_id))),
        }


def test_photographs_are_read_by_a_worker_and_lead_to_what_they_showed(
    queued, start_worker, signed_in, app
):
    app.extensions["site"] = queued.site
    paper = a_notice(queued, NOON).approved().printed().sheet.pdf
    browser = signed_in("li")
    form = {"photos": (BytesIO(close_up([paper])), "墙.jpg")}
    waiting = browser.post(f"/desk/boards/{queued.boards[0]}/photos", data=form).location
    assert "/photos/" in waiting
    assert "请告诉管理员" in browser.get(waiting).text
    start_worker()
    end = time.monotonic() + PATIENCE
    while (answer := browser.get(waiting)).status_code == 200:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "确认，登记1件已贴上" in browser.get(answer.location).text
