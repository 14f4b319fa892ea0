"""Real databases for the tests: SQLite files, and PostgreSQL in a cluster of the tests' own.

Every test gets a database of its own, copied from one that was migrated or founded once.
"""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest
from sqlalchemy import make_url

from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.wiring import open_site

GIVEN_SERVER = os.environ.get(
    "BULLETIN_TEST_POSTGRES", ""
)  # a server where databases may be created
IN_CI = bool(os.environ.get("BULLETIN_CI"))
START_TIMEOUT = 30  # seconds for a cluster to come up
# No test cuts the power: what a real cluster does for durability would only slow them down.
FAST_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")

MIN_FREE = (
    4 * 1024**3
)  # bytes; a container may have a disk of memory that is too small for anything


def _memory_disk() -> Path | None:
    memory = Path("/dev/shm")  # noqa: S108
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > MIN_FREE else None


MEMORY_DISK = _memory_disk()  # None: this machine has none, and the tests take longer

Prepare = Callable[[Settings], Any]


def migrate(settings: Settings) -> None:
    site = open_site(settings)
    schema.upgrade(site.sessions.engine)
    site.sessions.close()


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment of a process that works in the same site."""
    return os.environ | {
        "BULLETIN_DATA": str(settings.data),
        "BULLETIN_DATABASE_URL": settings.database_url,
        "BULLETIN_PUBLIC_URL": settings.public_url,
    }


class Database(ABC):
    """One of the two database systems. A stage is a database that is prepared once and then copied."""

    name: ClassVar[str]
    guards: ClassVar[tuple[str, ...]]  # the triggers that keep the history from being changed

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._results: dict[str, Any] = {}  # of the stages that stand

    def prepare(self, stage: str, prepare: Prepare, after: str | None = None) -> Any:
        """Make a stage, from nothing or after another one; returns what `prepare` returned.

        Once a session: a worker that comes back to this database finds the stage as it was.
        """
        if stage not in self._results:
            self._results[stage] = self._prepared(stage, prepare, after)
        return self._results[stage]

    @abstractmethod
    def settings(self, folder: Path) -> Settings:
        """Settings of a site in a folder, with a database of its own that does not exist yet."""

    @abstractmethod
    def copy_to(self, stage: str, settings: Settings) -> None:
        """Put a copy of a stage where the settings expect the database; nobody is connected."""

    @abstractmethod
    def drop(self, settings: Settings) -> None:
        """The database of a test that is over."""

    @abstractmethod
    def _prepared(self, stage: str, prepare: Prepare, after: str | None) -> Any: ...


class SqliteDatabase(Database):
    name = "sqlite"
    guards = ("history_entry_no_update", "history_entry_no_delete")

    def settings(self, folder: Path) -> Settings:
        return Settings(data=folder)

    def copy_to(self, stage: str, settings: Settings) -> None:
        shutil.copyfile(self._folder / stage / "bulletin.db", settings.data / "bulletin.db")

    def drop(self, settings: Settings) -> None:
        """Its folder goes with the test."""

    def _prepared(self, stage: str, prepare: Prepare, after: str | None) -> Any:
        settings = Settings(data=self._folder / stage)
        settings.data.mkdir()
        if after:
            self.copy_to(after, settings)
        result = prepare(settings)
        site = open_site(settings)
        with site.sessions.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        site.sessions.close()
        return result


class PostgresDatabase(Database):
    name = "postgresql"
    guards = ("history_entry_guard ON history_entry",)

    def __init__(self, server: str, folder: Path) -> None:
        super().__init__(folder)
        self._server = make_url(server)
        self._connection: psycopg.Connection | None = None  # that creates and drops the others
        self._prefix = f"bulletin_test_{os.getpid()}"
        self._numbers = itertools.count(1)

    def settings(self, folder: Path) -> Settings:
        return self._settings(folder, f"{self._prefix}_{next(self._numbers)}")

    def _settings(self, folder: Path, database: str) -> Settings:
        url = self._server.set(drivername="postgresql+psycopg", database=database)
        return Settings(data=folder, database_url=url.render_as_string(hide_password=False))

    def copy_to(self, stage: str, settings: Settings) -> None:
        name = make_url(settings.database_url).database
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._execute(f"CREATE DATABASE {name} TEMPLATE {self._prefix}_{stage} STRATEGY FILE_COPY")

    def drop(self, settings: Settings) -> None:
        self._execute(
            f"DROP DATABASE IF EXISTS {make_url(settings.database_url).database} WITH (FORCE)"
        )

    def _prepared(self, stage: str, prepare: Prepare, after: str | None) -> Any:
        folder = self._folder / stage
        folder.mkdir()
        settings = self._settings(folder, f"{self._prefix}_{stage}")
        if after:
            self.copy_to(after, settings)
        else:
            self._execute(f"CREATE DATABASE {self._prefix}_{stage}")
        return prepare(settings)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _execute(self, sql: str) -> None:
        if self._connection is None:
            server = self._server.set(drivername="postgresql")
            address = server.render_as_string(hide_password=False)
            self._connection = psycopg.connect(address, autocommit=True)
        self._connection.execute(sql)  # type: ignore[arg-type]  # (names of our own making)


class Cluster:
    """A PostgreSQL cluster on a free port, run by an ordinary user even when we are root.

    In a folder that is given, it goes on with what is there.
    """

    def __init__(self, binaries: Path, folder: Path | None = None, host: str = "127.0.0.1") -> None:
        self._binaries, self._host = binaries, host
        self._folder = folder or Path(
            tempfile.mkdtemp(prefix="bulletin-postgresql-", dir=MEMORY_DISK)
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        self._port = free_port()
        self._server: subprocess.Popen[bytes] | None = None

    def start(self, follows: str | None = None) -> str:
        """Bring it up; returns the address of its server.

        Args:
            follows: the address of another cluster, of which this one is a replica.
        """
        owner = _give_to_ordinary_user(self._folder)
        if not (self._folder / "data").exists():
            if follows:
                self._copy(owner, follows)
            else:
                self._make(owner)
        options = (
            f"listen_addresses={self._host}",
            f"port={self._port}",
            "unix_socket_directories=",
            "max_connections=60",
            *FAST_OPTIONS,
        )
        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [
                    self._binaries / "postgres",
                    "-D",
                    self._folder / "data",
                    *(part for option in options for part in ("-c", option)),
                ],
                user=owner,
                stdout=log,
                stderr=log,
                cwd="/",
            )
        url = f"postgresql://bulletin@{self._host}:{self._port}/postgres"
        self._wait_for(url)
        return url

    def _make(self, owner: str | None) -> None:
        self._run(
            owner,
            "initdb",
            "-D",
            str(self._folder / "data"),
            "-U",
            "bulletin",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )

    def _copy(self, owner: str | None, follows: str) -> None:
        folder = str(self._folder / "data")
        options = ("--write-recovery-conf", "--no-sync", "--checkpoint=fast", "--wal-method=stream")
        self._run(owner, "pg_basebackup", "-D", folder, "-d", follows, *options)

    def _run(self, owner: str | None, program: str, *args: str) -> None:
        process = subprocess.run(
            [self._binaries / program, *args], user=owner, capture_output=True, cwd="/", check=False
        )
        if process.returncode:
            raise RuntimeError(f"{program}: {process.stderr.decode()}")

    def _wait_for(self, url: str) -> None:
        end = time.monotonic() + START_TIMEOUT
        while True:
            try:
                psycopg.connect(url).close()
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise RuntimeError((self._folder / "log").read_text()) from None
                time.sleep(0.1)
            else:
                return

    @property
    def process_id(self) -> int:
        """Of the process whose children do the work."""
        if self._server is None:
            raise RuntimeError("the cluster is not up")
        return self._server.pid

    def stop(self, *, keep: bool = False) -> None:
        """Bring it down; its folder stays only when it is wanted again."""
        if self._server is not None:
            # SIGINT writes everything down; SIGQUIT ends at once, for nothing of it is kept.
            self._server.send_signal(signal.SIGINT if keep else signal.SIGQUIT)
            self._server.wait()
        if not keep:
            shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def a_migrated_cluster(
    folder: Path, host: str = "127.0.0.1"
) -> Iterator[tuple[Cluster, str, Settings]]:
    """A cluster that one test may stop: it, the address of its server, and a site in the folder on a migrated database."""
    skip_without_postgresql()
    binaries = find_binaries()
    if GIVEN_SERVER or binaries is None:
        pytest.skip("nobody else's server is stopped: it needs a cluster of the test's own")
    cluster = Cluster(binaries, host=host)
    try:
        address = cluster.start()
        stages = folder / "stages"
        stages.mkdir()
        database = PostgresDatabase(address, stages)
        database.prepare("migrated", migrate)
        data = folder / "data"
        data.mkdir()
        settings = database.settings(data)
        database.copy_to("migrated", settings)
        database.close()
        yield cluster, address, settings
    finally:
        cluster.stop()


def find_binaries() -> Path | None:
    """Where PostgreSQL's programs lie: on the path, or where Debian puts them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in installed), default=None)


def _give_to_ordinary_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: the folder gets an ordinary owner, who is returned.

    None: we are an ordinary user already.
    """
    if os.geteuid():
        return None
    try:
        shutil.chown(folder, "postgres")
    except LookupError:
        shutil.chown(folder, "nobody")
        return "nobody"
    return "postgres"


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def skip_without_postgresql() -> None:
    if find_binaries() is None and not GIVEN_SERVER:
        if IN_CI:
            pytest.fail("PostgreSQL is missing: install Debian's package `postgresql`")
        pytest.skip("no PostgreSQL here: install Debian's package `postgresql`")
