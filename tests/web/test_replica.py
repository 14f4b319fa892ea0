"""A county reads residents' pages from a replica: never behind what was done, and on when a server falls over."""

import math
import time
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import event, make_url, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from support.builders import a_notice, found_village
from support.clock import NOON
from support.databases import Cluster, a_migrated_cluster, find_binaries

from bulletin.domain.errors import Misconfigured
from bulletin.services.history import record
from bulletin.services.notices import end
from bulletin.services.operations.check import check
from bulletin.services.site import Site
from bulletin.settings import read_settings
from bulletin.store.notices import Notice
from bulletin.web.page_cache import PageCache
from bulletin.web.public.reading_counter import ReadingCounter
from bulletin.wiring import make_app, open_site

pytestmark = pytest.mark.slow
CATCH_UP = 20  # seconds


class House:
    """A county's two servers, and a site that reads from the second."""

    def __init__(self, first, second, replica, settings):
        self.first, self.second = first, second
        of_replica = make_url(settings.database_url).set(port=make_url(replica).port)
        self.settings = replace(
            settings,
            public_url="https://gk.huzhu.example.cn",
            insecure_cookies=True,
            read_url=of_replica.render_as_string(hide_password=False),
        )
        self.site: Site = open_site(self.settings)
        self.site.sessions.replica.head._rest = 0.5  # seconds: no test waits for ten
        self.village = found_village(self.site, NOON)
        self.app = make_app(self.settings, self.site, lambda: NOON)
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.read = {"first": 0, "second": 0}
        for server, engine in (
            ("first", self.site.sessions.engine),
            ("second", self.site.sessions.replica.engine),
        ):
            event.listen(engine, "begin", lambda _connection, of=server: self._count(of))

    def _count(self, server):
        self.read[server] += 1

    def get(self, address):
        """The page, and which servers a session read for it."""
        self.read = dict.fromkeys(self.read, 0)
        answer = self.app.test_client().get(address)
        return answer, {server for server, times in self.read.items() if times}

    def start_anew(self):
        """As a process that just started: no page is kept, and no reading waits to be written down."""
        self.app.extensions["page_cache"] = PageCache()
        self.app.extensions["reading_counter"] = ReadingCounter()

    def catch_up(self):
        end_at = time.monotonic() + CATCH_UP
        while not self.site.sessions.replica.holds(self.site.sessions.head.number()):
            assert time.monotonic() < end_at
            time.sleep(0.05)

    def reach_first(self):
        """It is up again; who could not reach it tries again after a moment."""
        self.site.sessions.engine.dispose()
        end_at = time.monotonic() + CATCH_UP
        while True:
            try:
                self.site.sessions.head.number()
            except SQLAlchemyError:
                assert time.monotonic() < end_at
                time.sleep(0.1)
            else:
                return

    def on_second(self, sql):
        address = make_url(self.settings.read_url).set(drivername="postgresql")
        with psycopg.connect(
            address.render_as_string(hide_password=False), autocommit=True
        ) as connection:
            connection.execute(sql)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with a_migrated_cluster(tmp_path_factory.mktemp("replica")) as (first, address, settings):
        second = Cluster(find_binaries())
        house = House(first, second, second.start(follows=address), settings)
        yield house
        house.site.sessions.close()
        second.stop()


@pytest.fixture
def published(house):
    """The code of a notice that stands on both servers."""
    code = a_notice(house.village, NOON).approved().code
    house.catch_up()
    house.start_anew()
    return code


def test_a_page_is_read_from_the_replica_when_that_holds_all_that_was_done(house, published):
    answer, read = house.get(f"/N/{published}.1")
    assert answer.status_code == 200
    assert read == {"second"}


def test_a_page_never_lags_behind_an_act(house, published):
    house.on_second("SELECT pg_wal_replay_pause()")
    try:
        end.take_down(house.site, house.village.li, published, "金额有误", NOON)
        answer, read = house.get(f"/N/{published}.1")
        assert "金额有误" in answer.text
        assert "first" in read
    finally:
        house.on_second("SELECT pg_wal_replay_resume()")
    house.catch_up()
    house.start_anew()
    answer, read = house.get(f"/N/{published}.1")
    assert "金额有误" in answer.text
    assert read == {"second"}


def test_what_a_page_began_to_read_in_one_place_it_reads_on_there(house, published):
    sessions = house.site.sessions
    house.on_second("SELECT pg_wal_replay_pause()")
    try:
        end.take_down(house.site, house.village.li, published, "金额有误", NOON)
        house.read = dict.fromkeys(house.read, 0)
        with sessions.of_replica(sessions.head.number()), sessions.reading() as session:
            session.connection()
            house.on_second("SELECT pg_wal_replay_resume()")
            house.catch_up()
            with sessions.reading() as later:
                later.connection()
    finally:
        house.on_second("SELECT pg_wal_replay_resume()")
    assert (house.read["first"], house.read["second"]) == (2, 0)


def test_who_acts_at_the_desk_sees_it_in_what_the_replica_shows(house, published):
    client = house.app.test_client()
    client.post("/sign-in", data={"login": "li", "password": house.village.password})
    house.catch_up()
    house.read = dict.fromkeys(house.read, 0)
    assert client.get("/desk/coverage").status_code == 200
    assert house.read["second"]
    house.on_second("SELECT pg_wal_replay_pause()")
    try:
        a_notice(house.village, NOON).approved()
        house.read = dict.fromkeys(house.read, 0)
        assert client.get("/desk/coverage").status_code == 200
        assert not house.read["second"]
    finally:
        house.on_second("SELECT pg_wal_replay_resume()")


def test_without_the_replica_all_is_read_from_the_first_database_and_the_check_says_so(
    house, published
):
    house.second.stop(keep=True)
    house.site.sessions.replica.head.close()
    try:
        answer, read = house.get(f"/N/{published}.1")
        assert answer.status_code == 200
        assert read == {"first"}
        problems = [each.what for each in check(house.site, NOON)]
        assert any("replica does not answer" in what for what in problems)
    finally:
        house.second.start()
        house.site.sessions.replica.engine.dispose()
    house.catch_up()


def _broken():
    raise OperationalError("SELECT 1", {}, ConnectionError())


def test_while_the_first_database_is_gone_residents_read_on_and_are_told_as_of_when(
    house, published
):
    known, _ = house.get(f"/N/{published}.1")
    assert "连不上" not in known.text
    house.first.stop(keep=True)
    try:
        kept, _ = house.get(f"/N/{published}.1")
        new, read = house.get("/V/630223202214")
        for page in (kept, new):
            assert page.status_code == 200
            assert "网站的数据库现在连不上，这是2026年10月9日 12:00时的内容。" in page.text
            assert page.headers["Cache-Control"] == "no-store"
        assert read == {"second"}
        assert house.get("/V/630223202214")[1] == set(), "drawn once for all who read it"
        assert "cannot be reached" in house.get("/?lang=en")[0].text
    finally:
        house.first.start()
    house.reach_first()
    again, _ = house.get(f"/N/{published}.1")
    assert "连不上" not in again.text


def test_where_the_replica_fails_too_what_was_known_is_shown_on(house, published, monkeypatch):
    house.get(f"/N/{published}.1")
    house.first.stop(keep=True)
    replica = house.site.sessions.replica
    beyond = replica.head.number() + 1  # it came further than anybody here knew
    monkeypatch.setattr(replica, "number", lambda: beyond)
    monkeypatch.setattr(replica, "session", _broken)
    try:
        assert "连不上" in house.get(f"/N/{published}.1")[0].text
        assert house.get("/V/630223202215")[0].status_code == 503  # nobody had opened it
    finally:
        house.first.start()
    house.reach_first()


def test_without_any_database_what_was_shown_is_shown_until_it_would_change_by_itself(
    house, published, monkeypatch
):
    house.get(f"/N/{published}.1")
    house.first.stop(keep=True)
    second = house.site.sessions.replica.head
    monkeypatch.setattr(second, "_rests_until", math.inf)
    monkeypatch.setattr(second, "_failed", ConnectionError())
    try:
        assert "连不上" in house.get(f"/N/{published}.1")[0].text
        assert house.get("/V/630223202215")[0].status_code == 503  # nobody had opened it
        for later in (timedelta(minutes=15), timedelta(days=1)):
            house.app.extensions["clock"] = lambda later=later: NOON + later
            assert house.get(f"/N/{published}.1")[0].status_code == 503, later
    finally:
        house.app.extensions["clock"] = lambda: NOON
        house.first.start()
    house.reach_first()


def test_a_list_of_people_is_not_shown_by_whom_the_database_does_not_answer(house, published):
    with house.site.sessions.writing() as session:
        session.execute(update(Notice).where(Notice.code == published).values(personal=True))
        record(session, house.village.li, "look", f"notice {published}", NOON)
    house.catch_up()
    house.start_anew()
    assert house.get(f"/N/{published}.1")[0].status_code == 200
    house.first.stop(keep=True)
    try:
        assert house.get(f"/N/{published}.1")[0].status_code == 503
    finally:
        house.first.start()
    house.reach_first()


def test_only_postgresql_has_replicas(tmp_path):
    with pytest.raises(Misconfigured, match="only PostgreSQL"):
        read_settings(tmp_path, {"BULLETIN_READ_URL": "sqlite:///copy.db"})


def test_a_replica_that_failed_is_left_alone_for_a_while_and_then_asked_again(house, published):
    replica = house.site.sessions.replica
    assert replica.holds(1)
    replica.head.rest(ConnectionError())
    assert not replica.holds(1)
    house.catch_up()
