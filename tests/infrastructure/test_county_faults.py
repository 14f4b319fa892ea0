"""A county whose parts are killed one after the other: residents read on, nothing acknowledged is lost, all is said."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from support.builders import a_notice, found_village
from support.clock import NOON
from support.county import WEBS, County
from support.databases import a_migrated_cluster
from support.nginx import needs_nginx
from support.object_store import needs_object_store

from bulletin.copy_reader import copy_site
from bulletin.domain.codes import new_code
from bulletin.services.operations import verify
from bulletin.services.operations.check import check
from bulletin.store.notices import Notice
from bulletin.wiring import open_site

pytestmark = [pytest.mark.slow, needs_nginx, needs_object_store]
VILLAGE, NEXT_VILLAGE = "/V/630223202214", "/V/630223202215"
PATIENCE = 90  # seconds; a busy machine
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


@pytest.fixture
def postgresql_server(tmp_path):
    """A cluster that this test alone stops, and a migrated database in it."""
    with a_migrated_cluster(tmp_path) as (cluster, _address, settings):
        yield cluster, settings


@pytest.fixture
def county_site(postgresql_server, redis, object_store):
    """The site of the county, which this process acts in, and its settings."""
    _cluster, settings = postgresql_server
    settings = replace(
        settings,
        public_url="https://gk.example.gov.cn",
        shared_store=redis.address,
        files=f"s3://{object_store.new_bucket()}/files",
        insecure_cookies=True,
    )
    site = open_site(settings)
    yield site, settings
    site.sessions.close()


def _until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_every_part_of_a_county_may_fall_over(
    county_site, postgresql_server, redis, object_store, tmp_path
):
    cluster, _ = postgresql_server
    site, settings = county_site
    village = found_village(site, NOON)
    notice = a_notice(village, NOON).approved()
    copy, scratch = tmp_path / "copy", tmp_path / "county"
    scratch.mkdir()
    copy_site(settings, site, copy, settings.public_url, NOON)
    county = County(
        settings,
        scratch,
        copy,
        BULLETIN_SHARED_STORE=redis.address,
        BULLETIN_FILES=settings.files,
        BULLETIN_REHEARSAL="1",
        BULLETIN_INSECURE_COOKIES="1",
        **object_store.environment,
    )
    acknowledged = [notice.code]

    def moment():
        """No process is behind it: all of them began to count before."""
        return NOON + timedelta(seconds=time.monotonic() - began)

    def somebody_publishes():
        acknowledged.append(a_notice(village, moment()).approved().code)

    try:
        county.start("--now", NOON.isoformat())
        began = time.monotonic()
        paper = f"/N/{notice.code}.1"
        for _ in range(8):  # each web process has shown it
            assert county.get(paper)[0] == 200
        with Readers(county, paper) as readers:
            county.kill(WEBS[0])
            somebody_publishes()
            assert acknowledged[-1] in county.get(VILLAGE)[1], "the other machine shows it at once"
            county.start_web(WEBS[0], "--now", moment().isoformat())
            county.wait_for_web(WEBS[0])
            for _ in range(4):
                county.get(paper)

            redis.kill()
            somebody_publishes()
            assert county.get(VILLAGE)[0] == 200
            asked_at = time.monotonic()  # what is not found is counted
            assert county.get(f"/N/{new_code()}")[0] == 404
            assert time.monotonic() - asked_at < MOST_SECONDS
            assert any("shared store" in each.what for each in check(site, NOON))
            redis.start()

            with object_store.cut_off():
                somebody_publishes()
                assert county.get(VILLAGE)[0] == 200
                assert any("object store" in each.what for each in check(site, NOON))

            county.kill("clock")
            due = moment() + timedelta(seconds=20)
            planned = a_notice(village, moment(), publish_at=due).approved().code
            _until(lambda: "上级拨付村级组织运转经费" in county.get(f"/N/{planned}.1")[1])
            assert not _is_on_record(site, planned), (
                "residents read it, though nobody wrote it down"
            )
            county.run("clock", "clock", "--now", moment().isoformat())
            _until(lambda: _is_on_record(site, planned))
            acknowledged.append(planned)

            county.kill("clock")  # what it did last is on every page
            for _ in range(8):
                county.get(paper)
            cluster.stop(keep=True)
            assert "连不上" in county.get(paper)[1], "what was known is read on, and says so"
            assert "副本" in county.get(f"{NEXT_VILLAGE}/catalog")[1], (
                "what nobody opened: the copy"
            )
            assert county.post(f"{VILLAGE}/apply") == 503, "a form waits"
            cluster.start()
            _until(lambda: "连不上" not in county.get(paper)[1])
            site.sessions.engine.dispose()
            somebody_publishes()
            _until(lambda: acknowledged[-1] in county.get(VILLAGE)[1])
    finally:
        county.stop()
    assert readers.pages > 50
    assert readers.failed == []
    with site.sessions.reading() as session:
        kept = {each.code for each in session.query(Notice)}
    assert kept >= set(acknowledged)
    assert verify.verify(site).sound


def _is_on_record(site, code):
    with site.sessions.reading() as session:
        (edition,) = session.query(Notice).filter_by(code=code).one().editions
        return edition.published_at is not None
