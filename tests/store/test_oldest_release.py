"""Machines are upgraded one after the other: the release before goes on working on the database of the new one."""

import pytest
from sqlalchemy import JSON, Integer, String, inspect, update
from support.clock import NOON

from bulletin.domain.errors import Misconfigured
from bulletin.services.operations.check import ensure_migrated
from bulletin.services.operations.metrics import is_ready
from bulletin.store import schema
from bulletin.store.base import Base, UtcDateTime
from bulletin.store.engine import Sessions, make_engine
from bulletin.store.oldest_release import EMPTY_SINCE, OldestRelease, oldest_release

NEWER = "9999"  # a revision that this release does not know


@pytest.fixture
def engine(settings):
    engine = make_engine(settings.database)
    yield engine
    engine.dispose()


def _stands_at(engine, revision, *, oldest):
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
        connection.execute(update(OldestRelease).values(revision=oldest))


def test_a_release_works_beside_a_newer_one_that_only_added(site, engine):
    _stands_at(engine, NEWER, oldest=schema.newest_revision())
    assert is_ready(site)
    ensure_migrated(site)


def test_a_release_leaves_alone_what_a_newer_one_took_away(site, engine):
    _stands_at(engine, NEWER, oldest=NEWER)
    assert not is_ready(site)
    with pytest.raises(Misconfigured, match="install the release that last ran here"):
        ensure_migrated(site)


def test_a_release_waits_until_the_tables_are_its_own(site, engine):
    schema.downgrade(engine, "0060")  # from before the question was asked
    assert not is_ready(site)
    with pytest.raises(Misconfigured, match="bulletin migrate"):
        ensure_migrated(site)


def _columns(engine):
    tables = inspect(engine)
    return {
        (table, column["name"]): column
        for table in tables.get_table_names()
        for column in tables.get_columns(table)
    }


def test_all_that_the_oldest_release_uses_is_there_as_it_knows_it(settings, database, tmp_path):
    """A migration that fails here raises `oldest_release` in itself, and is best put off for a release."""
    folder = tmp_path / "old"
    folder.mkdir()
    of_old = database.settings(folder)
    database.copy_to("migrated", of_old)
    old, new = (Sessions(make_engine(each.database)) for each in (of_old, settings))
    with new.engine.connect() as connection:
        schema.downgrade(old.engine, oldest_release(connection))
    before, after = _columns(old.engine), _columns(new.engine)
    assert before.keys() <= after.keys()
    for column, of_before in before.items():
        assert str(after[column]["type"]) == str(of_before["type"]), column
        may_be_empty = column in EMPTY_SINCE or of_before["nullable"]
        assert after[column]["nullable"] == may_be_empty, column
    for column in after.keys() - before.keys():
        is_new_table = column[0] not in {table for table, _ in before}
        can_be_left_out = after[column]["nullable"] or after[column]["default"] is not None
        assert is_new_table or can_be_left_out, column
    for sessions in (old, new):
        sessions.close()
    database.drop(of_old)


def _a_row(table, column):
    """Of a table, empty in one column."""
    values = {Integer: 2026, String: "x", UtcDateTime: NOON, JSON: {}}
    needed = (each for each in table.columns if not each.nullable and not each.primary_key)
    return {each.name: values[type(each.type)] for each in needed} | {column: None}


@pytest.fixture(params=EMPTY_SINCE, ids=lambda named: named[0])
def marked(request):
    """Table, column, revision."""
    table, column = request.param
    return Base.metadata.tables[table], column, EMPTY_SINCE[request.param]


def test_the_first_row_that_older_releases_cannot_read_shuts_them_out(site, engine, marked):
    table, column, revision = marked
    model = next(each.class_ for each in Base.registry.mappers if each.local_table is table)
    with engine.connect() as connection:
        assert oldest_release(connection) < revision
    with site.sessions.writing() as session:
        session.add(model(**_a_row(table, column)))
    with engine.connect() as connection:
        assert oldest_release(connection) == revision


def test_so_does_one_that_came_past_the_models(site, engine, marked):
    table, column, revision = marked
    with site.sessions.writing() as session:
        session.connection().execute(table.insert().values(_a_row(table, column)))
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert oldest_release(connection) == revision
