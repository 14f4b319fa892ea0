"""A county set up as docs/county/setup.md has it, on addresses of its own, whose parts are killed one after the other.

Residents read on, nothing acknowledged is lost, all is said: in words, and by the alerts.
"""

import re
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import psycopg
import pytest
from sqlalchemy import make_url, select
from support.builders import PASSWORD, a_notice, found_village
from support.clock import NOON
from support.county import CLOCK, DOOR, NAME, WEB, WEBS, WORKER, County
from support.databases import Cluster, a_migrated_cluster, find_binaries
from support.loopback import machine, skip_without_addresses
from support.nginx import needs_nginx
from support.object_store import ObjectStore, needs_object_store
from support.prometheus import alarms, ask, panels
from support.redis_server import RedisServer, skip_without_redis

from bulletin.domain.codes import new_code
from bulletin.services.boards.packs import order_pack, pack_orders, work_on_pack
from bulletin.services.operations import verify
from bulletin.services.operations.check import check, migrate
from bulletin.services.transparency.checkpoint import verifier_key
from bulletin.store.history import HistoryEntry
from bulletin.store.key_folder import KeyFolder
from bulletin.store.notices import Notice
from bulletin.store.packs import PackState
from bulletin.store.print_runs import PrintRun
from bulletin.wiring import open_site
from bulletin.workers.queue_tables import OPTIONS

pytestmark = [pytest.mark.slow, needs_nginx, needs_object_store]
VILLAGE, NEXT_VILLAGE = "/V/630223202214", "/V/630223202215"
SHEETS = 9
PATIENCE = 240  # seconds; a busy machine
MOST_SECONDS = (
    5.0  # that a resident waits for an answer while a part is dead; and some for this machine
)


class Readers:
    """Phones that scan one paper all the time; what they did not get is kept."""

    def __init__(self, county, path):
        self._county, self._path = county, path
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(3)]
        self.pages, self.failed = 0, []

    def _read(self):
        while not self._over.is_set():
            try:
                status, text = self._county.get(self._path)
            except OSError as error:
                self.failed.append(str(error))
                continue
            self.pages += 1
            if status != 200 or "上级拨付村级组织运转经费" not in text:
                self.failed.append(f"{status}: {text[:200]}")
            time.sleep(0.05)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_raised):
        self._over.set()
        for thread in self._threads:
            thread.join()


@pytest.fixture(scope="module")
def s3_server():
    """On a machine of its own; `object_store` takes it."""
    skip_without_addresses()
    server = ObjectStore(machine(5))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis():
    skip_without_redis()
    server = RedisServer(machine(4))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def postgresql_servers(tmp_path):
    """A cluster that this test alone stops, another that follows it, and a migrated database in them."""
    skip_without_addresses()
    with a_migrated_cluster(tmp_path, machine(2)) as (first, address, settings):
        second = Cluster(find_binaries(), host=machine(3))
        try:
            there = make_url(second.start(follows=address))
            of_second = make_url(settings.database_url).set(host=there.host, port=there.port)
            read_url = of_second.render_as_string(hide_password=False)
            yield first, second, replace(settings, read_url=read_url)
        finally:
            second.stop()


@pytest.fixture
def county_site(postgresql_servers, redis, object_store):
    """The site of the county, which this process acts in, and its settings."""
    settings = replace(
        postgresql_servers[-1],
        public_url="https://gk.example.gov.cn",
        shared_store=redis.address,
        files=f"s3://{object_store.new_bucket()}/files",
        behind_proxy=True,
        queue=True,
    )
    site = open_site(settings)
    migrate(site)
    yield site, settings
    site.sessions.close()


def _until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_every_part_of_a_county_may_fall_over(  # noqa: C901 - one county falls part by part
    county_site, postgresql_servers, redis, object_store, tmp_path
):
    cluster, replica, _ = postgresql_servers
    site, settings = county_site
    village = found_village(site, NOON)
    notice = a_notice(village, NOON).approved()
    KeyFolder(settings.data).secret()
    verifier_key(site)  # as `init` makes them
    scratch = tmp_path / "county"
    scratch.mkdir()
    county = County(settings, scratch, object_store.environment, {"BULLETIN_REHEARSAL": "1"})
    for n in range(SHEETS):
        a_notice(village, NOON, title=f"路灯维修第{n + 1}次").approved()
    acknowledged = [notice.code]

    def moment():
        """No process is behind it: all of them began to count before."""
        return NOON + timedelta(seconds=time.monotonic() - began)

    def somebody_publishes():
        acknowledged.append(a_notice(village, moment()).approved().code)

    def now():
        return "--now", moment().isoformat()

    def alerts():
        return alarms(county.scraped())

    def told():
        return [each.what for each in check(site, NOON)]

    def pack_line():
        line = pack_orders.pack_line(site, village.li, pack, moment())
        if line.idle:  # as its page does
            work_on_pack.take_up(site, pack, moment)
        return line

    try:
        county.start(WORKER, WEBS[0], "--now", NOON.isoformat())
        county.open("--now", NOON.isoformat())
        began = time.monotonic()
        paper = f"/N/{notice.code}.1"
        _ensure_signed_in(county)
        samples = county.scraped()
        assert alarms(samples) == set()
        assert [query for query in panels() if not ask(query, samples)] == []
        for _ in range(8):  # each web process has shown it
            assert county.get(paper)[0] == 200
        pack = order_pack.order_pack(site, village.li, moment(), board_id=village.boards[0])
        work_on_pack.take_up(site, pack, moment)
        with Readers(county, paper) as readers:
            _until(lambda: pack_line().done)
            county.kill(WORKER, WEBS[0])  # what becomes of its pack is seen below
            _empty_queue(settings)
            assert pack_line().is_running

            replica.stop(keep=True)
            county.kill(WEB, WEBS[0])
            somebody_publishes()
            assert acknowledged[-1] in county.get(VILLAGE)[1], "the other machine shows it at once"
            assert {"ReplicaGone", "NoWeb"} <= alerts()
            county.start(WEB, WEBS[0], *now())
            county.wait_for_web(WEBS[0])
            for _ in range(4):
                county.get(paper)
            assert any("replica does not answer" in what for what in told())
            replica.start()

            redis.kill()
            somebody_publishes()
            assert county.get(VILLAGE)[0] == 200
            asked_at = time.monotonic()  # what is not found is counted
            assert county.get(f"/N/{new_code()}")[0] == 404
            assert time.monotonic() - asked_at < MOST_SECONDS
            assert any("shared store" in what for what in told())
            assert "SharedStoreGone" in alerts()
            redis.start()

            with object_store.cut_off():
                somebody_publishes()
                assert county.get(VILLAGE)[0] == 200
                assert any("object store" in what for what in told())

            county.kill(CLOCK, DOOR)
            due = moment() + timedelta(seconds=8)
            planned = a_notice(village, moment(), publish_at=due).approved().code
            _until(lambda: any("nobody does long work" in what for what in told()))
            _until(lambda: pack_line() and "NoWorkers" in alerts())  # its page has it called again
            county.start(WORKER, WEBS[1], *now())
            _until(lambda: "上级拨付村级组织运转经费" in county.get(f"/N/{planned}.1")[1])
            assert not _is_on_record(site, planned), (
                "residents read it, though nobody wrote it down"
            )
            _until(lambda: "PublicationLate" in alerts())  # processes began to count at their start
            for number in (DOOR, WEBS[0]):
                county.start(CLOCK, number, *now())
            _until(lambda: _is_on_record(site, planned))
            assert _publications(site, planned) == 1, "two clocks write it down once"
            acknowledged.append(planned)
            _until(lambda: not pack_line().is_running)
            assert pack_line().state is PackState.DONE
            assert set(_prints(site).values()) == {1}, "no sheet is printed twice"

            copied = county.copy_of(DOOR) / "N" / planned
            _until(copied.exists)  # by the clock beside nginx, though another one keeps a copy, too
            for number in (DOOR, WEBS[0]):
                county.kill(CLOCK, number)  # what they did last is on every page
            for _ in range(8):
                county.get(paper)
            cluster.stop(keep=True)
            assert "连不上" in county.get(paper)[1], "what was known is read on, and says so"
            assert "连不上" in county.get(f"{VILLAGE}/2026")[1], "the replica has the rest"
            assert {"DatabaseGone", "QueueGone"} <= alerts()
            replica.stop(keep=True)
            assert "副本" in county.get(f"{NEXT_VILLAGE}/catalog")[1], (
                "what nobody opened: the copy"
            )
            status, words = county.post(f"{VILLAGE}/apply")
            assert (status, "现在办不了" in words) == (503, True), "a form waits"
            cluster.start()
            replica.start()
            _until(lambda: "连不上" not in county.get(paper)[1])
            site.sessions.engine.dispose()
            assert site.queue.state().workers, "the worker outlives its database"
            somebody_publishes()
            _until(lambda: acknowledged[-1] in county.get(VILLAGE)[1])

            for number in WEBS:
                county.kill(WEB, number)
            assert "副本" in county.get(f"/N/{planned}.1")[1]
            status, words = county.get("/desk")
            assert (status, "现在办不了" in words) == (503, True), "the desk waits"
    finally:
        county.stop()
    assert readers.pages > 50
    assert readers.failed == []
    with site.sessions.reading() as session:
        kept = {each.code for each in session.query(Notice)}
    assert kept >= set(acknowledged)
    assert verify.verify(site).sound


def _empty_queue(settings):
    """All that it knew is gone; what is to be done stands in rows of ours."""
    address = make_url(settings.database_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(), options=OPTIONS, autocommit=True) as queue:
        queue.execute("TRUNCATE procrastinate_jobs CASCADE")


def _ensure_signed_in(county):
    """Through nginx with its certificate: the cookies are for TLS alone."""
    with closing(county.connect()) as browser:
        browser.request("GET", "/sign-in", headers={"Host": NAME})
        page = browser.getresponse()
        sent = {"Host": NAME, "Cookie": _cookies(page), "Referer": f"https://{NAME}/sign-in"}
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())
        form = urlencode({"login": "li", "password": PASSWORD, "csrf_token": token[1]})
        sent["Content-Type"] = "application/x-www-form-urlencoded"
        browser.request("POST", "/sign-in", form, sent)
        answer = browser.getresponse()
        answer.read()
        assert (answer.status, answer.headers["Location"]) == (302, "/desk")
        browser.request("GET", "/desk", headers={"Host": NAME, "Cookie": _cookies(answer)})
        desk = browser.getresponse()
        assert (desk.status, "李示例" in desk.read().decode()) == (200, True)


def _cookies(answer):
    """What a browser keeps of an answer and sends with the next request."""
    kept = answer.headers.get_all("Set-Cookie")
    assert all("Secure" in each for each in kept)
    return "; ".join(each.partition(";")[0] for each in kept)


def _publications(site, code):
    with site.sessions.reading() as session:
        entries = session.scalars(select(HistoryEntry).where(HistoryEntry.act == "publish"))
        return sum(code in each.subject for each in entries)


def _prints(site):
    with site.sessions.reading() as session:
        return Counter(session.scalars(select(PrintRun.edition_id)))


def _is_on_record(site, code):
    with site.sessions.reading() as session:
        (edition,) = session.query(Notice).filter_by(code=code).one().editions
        return edition.published_at is not None
