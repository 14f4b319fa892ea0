"""The people, the site and fixed time. No test reaches the network."""

import gc
import os
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser
from support.browser import a_browser
from support.builders import ANotice, Village, a_notice, found_village, with_few_items
from support.clock import NOON
from support.databases import (
    GIVEN_SERVER,
    MEMORY_DISK,
    Cluster,
    Database,
    PostgresDatabase,
    SqliteDatabase,
    find_binaries,
    migrate,
    skip_without_postgresql,
)
from support.demo import begin_demo, built_demo
from support.files_apart import let_no_writer_wait_for_files
from support.migrations import share_migrations
from support.object_store import ObjectStore
from support.paths import TESTS
from support.quick_hashes import hash_quickly
from support.redis_server import RedisServer, skip_without_redis
from support.resident_pages import ReadingClient
from support.statements import share_compiled_statements
from support.templates import share_compiled_templates

from bulletin.domain.feedback.forms import MAX_SENT, SENT_SPAN
from bulletin.memory import settle
from bulletin.services.site import Site
from bulletin.settings import Settings
from bulletin.store import bucket
from bulletin.store.key_folder import KeyFolder
from bulletin.web.page_cache import PageCache
from bulletin.web.public.reading_counter import ReadingCounter
from bulletin.web.rate_limits import MissCounter, limiter
from bulletin.wiring import make_app, open_site
from bulletin.workers.in_process import LONG_WORK

# Every commit of a site waits for the disk; most of a test's time would be waiting.
if MEMORY_DISK:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_DISK))

# No test reaches the network: to read who may vouch for others there takes longer than to send a letter here.
os.environ.setdefault("SSL_CERT_FILE", os.devnull)

share_compiled_statements()
share_compiled_templates()
share_migrations()
hash_quickly()
let_no_writer_wait_for_files()

# How long an example takes says how busy the machine is, and nothing of the code.
# The same examples every time: what fails here fails for everybody, and what is green stays green.
settings.register_profile(
    "bulletin", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("bulletin")

ON_POSTGRESQL = pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.slow])


# Pages ask services, and those run on both databases. What people send there reaches the database as it is.
JOURNEYS = TESTS / "journeys"
PAGES, PAGES_ON_BOTH = TESTS / "web", {"test_bad_input", "test_fuzz", "test_sign_in"}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """As the server does: what is loaded and fourteen thousand tests are no garbage, and nobody looks there for it."""
    gc.disable()
    try:
        return (yield)
    finally:
        settle()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Long work ends before its database is taken away: one that was stopped finishes the sheet it holds."""
    for thread in threading.enumerate():
        if thread.name.startswith(LONG_WORK):
            thread.join(10)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None]:
    """What is `sqlite_only`, and most pages, have no second run on PostgreSQL.

    Of a table of cases its first row has one: a rule is the same on both, and the way to the database too.
    Where the database itself answers, `every_row` has all of them run. The first row is chosen before they are
    shuffled, and so is always the same.

    Journeys come first, so that none is left alone at the end; what needs the demo comes last.
    """
    begun: set[tuple[Path, str]] = set()
    items[:] = [
        item
        for item in items
        if not (item.get_closest_marker("postgresql") and _is_left_out(item, begun))
    ]
    yield
    items.sort(key=lambda item: (_needs_demo(item), JOURNEYS not in item.path.parents))
    if items and _needs_demo(items[-1]) and not config.option.collectonly:
        begin_demo(config._tmp_path_factory)


def _needs_demo(item: pytest.Item) -> bool:
    return "demo" in item.fixturenames


def _is_left_out(item: pytest.Item, begun: set[tuple[Path, str]]) -> bool:
    test = item.path, item.nodeid.partition("[")[0]
    is_further_row = test in begun and item.get_closest_marker("every_row") is None
    begun.add(test)
    return is_further_row or _is_sqlite_only(item)


def _is_sqlite_only(item: pytest.Item) -> bool:
    is_page = PAGES in item.path.parents and item.path.stem not in PAGES_ON_BOTH
    return is_page or item.get_closest_marker("sqlite_only") is not None


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL server where databases may be created."""
    skip_without_postgresql()
    binaries = find_binaries()
    if GIVEN_SERVER or binaries is None:
        yield GIVEN_SERVER
        return
    cluster = Cluster(binaries)
    try:
        yield cluster.start()
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return SqliteDatabase(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = PostgresDatabase(cluster, tmp_path_factory.mktemp("postgresql"))
    yield database
    database.close()


@pytest.fixture(scope="session", params=["sqlite", ON_POSTGRESQL])
def database(request: pytest.FixtureRequest) -> Database:
    """Every test that opens a site runs on both databases.

    Two workers that share out the tests may go to and fro between them: each is made once.
    """
    database: Database = request.getfixturevalue(request.param)
    database.prepare("empty", lambda _settings: None)
    database.prepare("migrated", migrate)
    return database


@pytest.fixture(scope="session")
def founded(database: Database) -> Village:
    """The village, founded once; every test works on a copy of its database."""
    return database.prepare("founded", _found, after="migrated")


@pytest.fixture(scope="session")
def founded_with_few_items(database: Database) -> Village:
    """The same with a small catalog; see `few_items`."""
    return database.prepare("few_items", partial(_found, shape=with_few_items), after="migrated")


def _found(settings: Settings, shape: Callable[[Site], Site] = lambda site: site) -> Village:
    site = open_site(settings)
    village = found_village(shape(site), NOON)
    site.sessions.close()
    return village


# What a test begins with, the furthest first: (a fixture of the test, what prepares the stage, its name).
STAGES = (
    ("few_items", "founded_with_few_items", "few_items"),
    ("approved", "approved_code", "approved"),
    ("zhangjia", "founded", "founded"),
)


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, database: Database, tmp_path: Path
) -> Iterator[Settings]:
    """A site of its own, empty or as far as the test's other fixtures have it. It is copied once."""
    settings = replace(
        database.settings(tmp_path), public_url="https://gk.huzhu.example.cn", insecure_cookies=True
    )
    database.copy_to(_stage_of(request), settings)
    yield settings
    database.drop(settings)


def _stage_of(request: pytest.FixtureRequest) -> str:
    for fixture, preparing, stage in STAGES:
        if fixture in request.fixturenames:
            request.getfixturevalue(preparing)
            return stage
    return "migrated"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[ObjectStore]:
    server = ObjectStore()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def object_store(s3_server: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """A real S3 server, which this test's process knows by its environment; see `needs_object_store`."""
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(bucket, "GIVEN_UP", 0.0)  # no test waits until it is asked again
    return s3_server


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A real Redis of the test's own, which it may kill and hold up."""
    skip_without_redis()
    server = RedisServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    """A real site on a real database; empty, where `STAGES` says nothing else."""
    site = open_site(settings)
    yield site
    site.sessions.close()


@pytest.fixture
def zhangjia(site: Site, founded: Village) -> Village:
    """张家村 with its people, two boards and the adopted catalog, on 2026-10-09; see `STAGES`."""
    return replace(founded, site=site)


@pytest.fixture
def few_items(site: Site, founded_with_few_items: Village) -> Village:
    """张家村 with a handful of items in its catalog, for tests that draw every page; see `STAGES`."""
    return replace(founded_with_few_items, site=with_few_items(site))


@pytest.fixture(scope="session")
def approved_code(database: Database, founded: Village) -> str:
    """The code of a notice that is written and approved once; see `approved`."""

    def approve(settings: Settings) -> str:
        site = open_site(settings)
        code = a_notice(replace(founded, site=site), NOON).approved().code
        site.sessions.close()
        return code

    return database.prepare("approved", approve, after="founded")


@pytest.fixture
def approved(zhangjia: Village, approved_code: str) -> ANotice:
    """What a_notice(zhangjia, NOON).approved() gives, without its steps; see `STAGES`."""
    return ANotice(zhangjia, approved_code, NOON)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's data folder and what its command said; each worker has a copy."""
    return built_demo(tmp_path_factory)


@pytest.fixture(scope="session")
def web_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The web application, made once: that takes longer than a test. It has no site yet."""
    settings = Settings(data=tmp_path_factory.mktemp("web_app"), insecure_cookies=True)
    return make_app(settings, open_site(settings))


@pytest.fixture
def app(web_app: Flask, settings: Settings, site: Site) -> Flask:
    """The web application at noon of 9 October; a test that needs another time sets the clock."""
    web_app.secret_key = KeyFolder(settings.data).secret()
    web_app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=None)
    web_app.test_client_class = ReadingClient
    web_app.extensions |= {"site": site, "clock": lambda: NOON}
    web_app.extensions |= {"page_cache": PageCache(), "miss_counter": MissCounter()}
    web_app.extensions |= {"reading_counter": ReadingCounter()}
    web_app.extensions["sent_counter"] = MissCounter("forms", MAX_SENT, SENT_SPAN)
    limiter.enabled = False  # one phone may ask as often as a test needs; see test_rate_limits
    return web_app


@pytest.fixture
def resident(app: Flask) -> FlaskClient:
    """Auntie Qian: a phone, no login."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, zhangjia: Village) -> Callable[[str], FlaskClient]:
    """The browser of somebody of the village, signed in: signed_in("li")."""

    def browser(login: str) -> FlaskClient:
        client = app.test_client()
        client.post("/sign-in", data={"login": login, "password": zhangjia.password})
        return client

    return browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Started once a worker: that takes a second."""
    with a_browser() as browser:
        yield browser


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """Chromium; the windows of a test are closed with it."""
    before = {*chromium.contexts}
    yield chromium
    for window in {*chromium.contexts} - before:
        window.close()
