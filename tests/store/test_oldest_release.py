"""Machines are upgraded one after the other: the release before goes on working on the database of the new one."""

import pytest
from sqlalchemy import inspect, update

from bulletin.domain.errors import Misconfigured
from bulletin.services.operations.check import ensure_migrated
from bulletin.services.operations.metrics import is_ready
from bulletin.store import schema
from bulletin.store.engine import Sessions, make_engine
from bulletin.store.oldest_release import OldestRelease, oldest_release

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
        assert after[column]["nullable"] == of_before["nullable"], column
    for column in after.keys() - before.keys():
        is_new_table = column[0] not in {table for table, _ in before}
        can_be_left_out = after[column]["nullable"] or after[column]["default"] is not None
        assert is_new_table or can_be_left_out, column
    for sessions in (old, new):
        sessions.close()
    database.drop(of_old)
