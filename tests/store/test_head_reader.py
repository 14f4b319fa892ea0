"""The number of the newest entry: what every page that is kept asks first."""

import os
import threading

import pytest
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from support.clock import NOON

from bulletin.services.history import record
from bulletin.store import head_reader, history
from bulletin.store.engine import Sessions, make_engine

pytestmark = pytest.mark.every_row


@pytest.fixture
def sessions(zhangjia):
    return zhangjia.site.sessions


def act(village, sessions):
    with sessions.writing() as session:
        record(session, village.zheng, "look", "village 1", NOON)


def head(sessions):
    with sessions.reading() as session:
        return history.head(session).number


def test_an_act_of_another_process_is_read_at_once(zhangjia, sessions, settings):
    other = Sessions(make_engine(settings.database))
    for _act in range(3):
        before = sessions.head.number()
        act(zhangjia, other)
        assert sessions.head.number() == head(other) > before
    other.close()


def test_what_is_not_committed_is_not_read(zhangjia, sessions):
    before = sessions.head.number()
    with sessions.writing() as session:
        record(session, zhangjia.zheng, "look", "village 1", NOON)
        assert sessions.head.number() == before
    assert sessions.head.number() > before


def test_a_connection_that_broke_is_left_for_another(zhangjia, sessions):
    sessions.head.number()
    sessions.head._idle[0].close()
    assert sessions.head.number() == head(sessions)
    act(zhangjia, sessions)
    assert sessions.head.number() == head(sessions)


def test_as_many_as_ask_at_once_have_a_connection_each(sessions):
    found, right = [], head(sessions)
    readers = [
        threading.Thread(target=lambda: found.extend(sessions.head.number() for _ in range(50)))
        for _reader in range(8)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert set(found) == {right}
    assert len(found) == 8 * 50
    assert len(sessions.head._idle) <= 8


def test_a_child_has_connections_of_its_own(sessions, monkeypatch):
    sessions.head.number()
    (parents,) = sessions.head._idle
    monkeypatch.setattr(head_reader.os, "getpid", lambda: -os.getppid())
    sessions.head.number()
    assert parents not in sessions.head._idle
    parents.close()


def test_what_is_wrong_is_said_as_every_session_says_it(sessions):
    with sessions.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE chain_head RENAME TO gone")
        connection.commit()
    with pytest.raises(SQLAlchemyError):
        sessions.head.number()


def test_what_failed_for_a_moment_is_asked_again_at_once(sessions):
    """A rest is for servers: SQLite that was locked once would be said to be gone for two seconds."""
    right = sessions.head.number()
    for name, other in (("chain_head", "gone"), ("gone", "chain_head")):
        with sessions.engine.connect() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {other}")
            connection.commit()
        if other == "gone":
            with pytest.raises(SQLAlchemyError):
                sessions.head.number()
    assert sessions.head.number() == right


def test_a_server_that_can_t_be_reached_is_not_tried_by_every_reader(monkeypatch):
    tried = []
    engine = make_engine("postgresql+psycopg://bulletin@127.0.0.1:1/nowhere")
    reader = head_reader.HeadReader(engine)
    opened = head_reader.HeadReader._opened
    monkeypatch.setattr(
        head_reader.HeadReader, "_opened", lambda self: tried.append(1) or opened(self)
    )
    for _reader in range(5):
        with pytest.raises(OperationalError):
            reader.number()
    assert tried == [1]
    monkeypatch.setattr(head_reader, "REST", 0)
    reader._rests_until = 0
    with pytest.raises(OperationalError):
        reader.number()
    assert tried == [1, 1]
