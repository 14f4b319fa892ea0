"""The cast, the house and fixed time. Nobody in these tests reaches the network."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import Village, found_village
from flask import Flask
from flask.testing import FlaskClient

from bulletin.services.house import House
from bulletin.settings import Settings
from bulletin.store import migrating
from bulletin.web.limits import limiter
from bulletin.wiring import make_app, open_house

NOON = datetime(2026, 10, 9, 4, 0, tzinfo=UTC)  # 12:00 in the village, a Friday


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty house, migrated once and copied for every test that wants one of its own."""
    folder = tmp_path_factory.mktemp("migrated")
    house = open_house(Settings(data=folder))
    migrating.upgrade(house.sessions.engine)
    with house.sessions.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    house.sessions.close()
    return folder / "bulletin.db"


@pytest.fixture
def settings(tmp_path: Path, migrated_database: Path) -> Settings:
    (tmp_path / "bulletin.db").write_bytes(migrated_database.read_bytes())
    return Settings(
        data=tmp_path,
        public_url="https://gk.huzhu.example.cn",
        insecure_cookies=True,
    )


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    """A real house on real SQLite, empty."""
    house = open_house(settings)
    yield house
    house.sessions.close()


@pytest.fixture(scope="session")
def founded(
    tmp_path_factory: pytest.TempPathFactory, migrated_database: Path
) -> tuple[bytes, Village]:
    """The village, founded once; every test works on a copy of its database."""
    folder = tmp_path_factory.mktemp("founded")
    (folder / "bulletin.db").write_bytes(migrated_database.read_bytes())
    house = open_house(Settings(data=folder))
    village = found_village(house, NOON)
    with house.sessions.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    house.sessions.close()
    return (folder / "bulletin.db").read_bytes(), village


@pytest.fixture
def zhangjia(settings: Settings, house: House, founded: tuple[bytes, Village]) -> Village:
    """张家村 with its people, two boards and the adopted catalog, on 2026-10-09."""
    database, village = founded
    (settings.data / "bulletin.db").write_bytes(database)  # nothing is connected to it yet
    return replace(village, house=house)


@pytest.fixture
def app(settings: Settings, house: House) -> Flask:
    """The web door at noon of 9 October; a test that needs another time sets the clock."""
    app = make_app(settings, house)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    limiter.enabled = False  # one phone may ask as often as a test needs; see test_limits
    app.extensions["clock"] = lambda: NOON
    return app


@pytest.fixture
def resident(app: Flask) -> FlaskClient:
    """Auntie Qian: a phone, no login."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, zhangjia: Village) -> Callable[[str], FlaskClient]:
    """The browser of somebody of the cast, signed in: signed_in("li")."""

    def browser(login: str) -> FlaskClient:
        client = app.test_client()
        client.post("/sign-in", data={"login": login, "password": zhangjia.password})
        return client

    return browser
