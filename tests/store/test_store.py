"""What records rely on: migrations, the guarded history, numbers, time."""

import threading
from datetime import UTC, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, StatementError
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.catalog.items import PublisherKind
from bulletin.services.operations import verify
from bulletin.store import dump, history, register, schema
from bulletin.store.engine import Sessions, make_engine
from bulletin.store.heartbeat import Heartbeat
from bulletin.store.metadata import metadata
from bulletin.store.places import Publisher, Township

pytestmark = pytest.mark.every_row

WITHOUT_TOWNSHIP = {"township", "heartbeat", "outage", "chain_head", "history_subtree", "subscriber"} | {
    "notice_duty", "signature", "edition_editor", "register_counter", "lost_code", "subscription_sweep", "sign_in_try",
    "oldest_release",
}  # fmt: skip


@pytest.fixture
def sessions(settings):
    sessions = Sessions(make_engine(settings.database))
    yield sessions
    sessions.close()


@pytest.fixture
def publisher(sessions):
    with sessions.writing() as session:
        township = Township(code="1", name="甲乡", county="乙县")
        session.add(township)
        session.flush()
        publisher = Publisher(
            township_id=township.id,
            kind=PublisherKind.TOWNSHIP,
            name="甲乡",
            prefix="甲",
            first_number=12,
        )
        session.add(publisher)
        session.flush()
        return publisher.id


@pytest.mark.slow
def test_up_down_and_up_again_equals_the_models(sessions):
    assert schema.current_revision(sessions.engine) == schema.newest_revision()
    schema.downgrade(sessions.engine, "base")
    assert schema.current_revision(sessions.engine) is None
    schema.upgrade(sessions.engine)
    with sessions.engine.connect() as connection:
        # The index of the search is no model: it is made of them, and a database keeps it its own way.
        of_models = lambda _thing, name, *_about: "search_index" not in (name or "")  # noqa: E731
        opts = {"compare_type": True, "include_object": of_models}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


@pytest.mark.slow
def test_a_site_full_of_records_goes_up_and_down_between_releases(zhangjia):
    a_notice(zhangjia, NOON).approved().printed()
    engine = zhangjia.site.sessions.engine
    with engine.connect() as connection:
        before = connection.exec_driver_sql("SELECT id, title, state FROM edition").all()
    schema.downgrade(engine, "0001")
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id, title, state FROM edition").all() == before
    assert verify.verify(zhangjia.site).sound
    a_notice(zhangjia, NOON).approved()


def test_what_backups_hold_can_be_written_as_lines_of_json():
    """Bytes can't: a table that has them is passing, or a backup fails while a row is there."""
    kept = [metadata.tables[name] for name in dump.tables()]
    assert not {c.name for table in kept for c in table.columns if c.type.python_type is bytes}


def test_every_row_that_belongs_to_a_township_says_so():
    silent = {t.name for t in metadata.sorted_tables if "township_id" not in t.columns}
    assert silent == WITHOUT_TOWNSHIP


@pytest.mark.parametrize(
    "sql", ["UPDATE history_entry SET actor = 'x'", "DELETE FROM history_entry"]
)
def test_the_database_refuses_to_change_history(sessions, sql):
    with sessions.writing() as session:
        session.add(
            history.HistoryEntry(
                number=1,
                at=NOON,
                actor="甲",
                act="x",
                subject="y",
                facts={},
                previous="0",
                hash="1",
            )
        )
    with pytest.raises(DatabaseError, match="append-only"), sessions.writing() as session:
        session.execute(text(sql))


@pytest.mark.sqlite_only(reason="a server's durability is set on the server")
def test_a_power_cut_finds_the_database_ready(sessions):
    with sessions.engine.connect() as connection:
        ask = lambda pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()  # noqa: E731
        assert (ask("journal_mode"), ask("foreign_keys"), ask("synchronous")) == ("wal", 1, 2)


def test_an_instant_without_a_zone_is_refused_and_one_with_it_comes_back_in_utc(sessions):
    there = NOON.astimezone(timezone(timedelta(hours=8)))
    with sessions.writing() as session:
        session.add(Heartbeat(tick="a", at=there))
    with sessions.reading() as session:
        assert session.get_one(Heartbeat, "a").at == NOON
        assert session.get_one(Heartbeat, "a").at.tzinfo is UTC
    with pytest.raises(StatementError, match="zone"), sessions.writing() as session:
        session.add(Heartbeat(tick="b", at=NOON.replace(tzinfo=None)))


def test_register_numbers_have_no_gap_and_no_double_however_many_hands_take_them(
    sessions, publisher
):
    taken = []

    def take():
        for _ in range(5):
            with sessions.writing() as session:
                taken.append(
                    register.next_number(session, session.get_one(Publisher, publisher), 2026)
                )

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(12, 32))


def take_a_number_and_fail(sessions, publisher):
    with sessions.writing() as session:
        register.next_number(session, session.get_one(Publisher, publisher), 2026)
        raise RuntimeError


def test_a_number_that_was_rolled_back_was_never_given(sessions, publisher):
    with pytest.raises(RuntimeError):
        take_a_number_and_fail(sessions, publisher)
    with sessions.writing() as session:
        assert register.next_number(session, session.get_one(Publisher, publisher), 2026) == 12


def test_the_next_year_begins_at_one(sessions, publisher):
    with sessions.writing() as session:
        mine = session.get_one(Publisher, publisher)
        assert [register.next_number(session, mine, year) for year in (2026, 2026, 2027)] == [
            12,
            13,
            1,
        ]
