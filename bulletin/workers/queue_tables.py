"""Procrastinate's tables, in a schema of their own beside ours: Alembic sees ours alone."""

from pathlib import Path
from typing import Any

import psycopg
from procrastinate.schema import SchemaManager, migrations_path

SCHEMA = "procrastinate"
ONE_AT_A_TIME = 0x70726F63  # the advisory lock of who makes or upgrades them
OPTIONS = f"-c search_path={SCHEMA}"  # procrastinate names no schema itself


def prepare(address: str) -> None:
    """Make the tables, or carry out the migrations that this database has not seen."""
    with psycopg.connect(address, options=OPTIONS) as connection:
        connection.execute(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        connection.execute("CREATE TABLE IF NOT EXISTS applied_migration (name text PRIMARY KEY)")
        applied = {name for (name,) in connection.execute("SELECT name FROM applied_migration")}
        if not applied:
            connection.execute(SchemaManager.get_schema())
    files: list[Path] = sorted(Path(migrations_path).glob("*.sql"))
    for file in files:
        if file.name not in applied:
            _apply(address, file, known=bool(applied))


def _apply(address: str, file: Path, *, known: bool) -> None:
    """Each in a transaction of its own: a value that it adds to a type can be used by the next only.

    Args:
        known: False: the tables are new and have it already.
    """
    with psycopg.connect(address, options=OPTIONS) as connection:
        connection.execute(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        seen: Any = connection.execute(
            "SELECT 1 FROM applied_migration WHERE name = %s", [file.name]
        ).fetchone()
        if seen:  # by another `bulletin migrate`
            return
        if known:
            connection.execute(file.read_bytes())
        connection.execute("INSERT INTO applied_migration VALUES (%s)", [file.name])


def are_there(connection: "psycopg.Connection[Any]") -> bool:
    row = connection.execute(
        "SELECT to_regclass(%s) IS NOT NULL", [f"{SCHEMA}.procrastinate_workers"]
    ).fetchone()
    return bool(row and row[0])
