"""A database server that is down, knows no such role or database, or keeps no Chinese: each told apart."""

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from support.commands import bulletin

from bulletin.domain.errors import Misconfigured
from bulletin.services.operations.failures import MachineFailure, failure_of
from bulletin.settings import read_settings
from bulletin.store import schema
from bulletin.store.engine import make_engine

pytestmark = [pytest.mark.slow, pytest.mark.every_row]


@pytest.fixture
def server(settings, database):
    if database.name == "sqlite":
        pytest.skip("SQLite has no server")
    return make_url(settings.database_url)


def _revision(url):
    engine = make_engine(url.render_as_string(hide_password=False))
    try:
        return schema.current_revision(engine)
    finally:
        engine.dispose()


def _execute(server, *statements):
    url = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"port": 1}, MachineFailure.UNREACHABLE),
        ({"host": "nowhere.invalid"}, MachineFailure.UNREACHABLE),
        ({"database": "no_such_database"}, MachineFailure.NO_DATABASE),
        ({"username": "no_such_role"}, MachineFailure.TURNED_AWAY),
    ],
)
def test_each_fault_of_the_way_to_the_server_is_told_apart(server, changes, failure):
    with pytest.raises(DBAPIError) as told:
        _revision(server.set(**changes))
    assert failure_of(told.value) is failure


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        ('FATAL:  password authentication failed for user "x"', MachineFailure.TURNED_AWAY),
        ("fe_sendauth: no password supplied", MachineFailure.TURNED_AWAY),
        ('FATAL:  Peer authentication failed for user "x"', MachineFailure.TURNED_AWAY),
        ('致命错误:  用户 "x" Password 认证失败', MachineFailure.TURNED_AWAY),
        ('致命错误:  数据库 "x" 不存在', MachineFailure.NO_DATABASE),
        ("FATAL:  sorry, too many clients already", MachineFailure.CROWDED),
        ("permission denied for schema public", MachineFailure.NO_RIGHTS),
        ('relation "x" does not exist', None),
    ],
)
def test_what_a_server_says_is_understood(said, failure):
    error = DBAPIError("", {}, psycopg.OperationalError(said))
    assert failure_of(error) is failure


def test_a_database_that_keeps_no_chinese_is_refused_with_the_remedy(server):
    name = f"{server.database}_ascii"
    ascii_ = "ENCODING SQL_ASCII LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    _execute(server, f"CREATE DATABASE {name} {ascii_}")
    try:
        with pytest.raises(Misconfigured, match=r"SQL_ASCII, not UTF-8: .*--encoding=UTF8"):
            _revision(server.set(database=name))
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    "written", ["mysql://x/y", "nonsense", "postgresql://x:y@db:port/z", "bulletin.db"]
)
def test_an_address_that_is_none_is_refused_with_an_example(tmp_path, written):
    told = bulletin("check", data=tmp_path / "d", expect=1, BULLETIN_DATABASE_URL=written).stderr
    assert told.startswith(
        "bulletin: BULLETIN_DATABASE_URL: expected an address such as postgresql"
    )
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_driver_need_not_be_named(tmp_path, scheme):
    environ = {"BULLETIN_DATABASE_URL": f"{scheme}://b:s%40@db/bulletin"}
    assert read_settings(tmp_path, environ).database == "postgresql+psycopg://b:s%40@db/bulletin"
