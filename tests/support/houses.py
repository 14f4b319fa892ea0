"""Other houses, and what stands in one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.services.site import Site
from bulletin.store import dump
from bulletin.wiring import open_site

from .databases import Database


@contextmanager
def other_house(
    request: pytest.FixtureRequest, database: Database, tmp_path: Path, name: str = "county"
) -> Iterator[Site]:
    """An empty site on the other kind of database: of a test on SQLite on PostgreSQL, and the other way round."""
    folder = tmp_path / name
    folder.mkdir()
    kind: Database = request.getfixturevalue(
        "sqlite" if database.name == "postgresql" else "postgresql"
    )
    kind.prepare("empty", lambda _settings: None)
    settings = replace(kind.settings(folder), public_url="https://gk.county.example.cn")
    kind.copy_to("empty", settings)
    site = open_site(settings)
    try:
        yield site
    finally:
        site.sessions.close()
        kind.drop(settings)


def everything(site: Site) -> dict[str, list[str]]:
    """Every row of every table that is worth keeping, as lines."""
    with site.sessions.reading() as session:
        return {name: list(dump.rows_of(session, name)) for name in dump.tables()}


@contextmanager
def cut_off_between_the_commits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A move that is done within has written the new house when the power goes, and the old one does not know."""

    def power_cut(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("bulletin.services.operations.move.close_old_house.mark_moved", power_cut)
        with pytest.raises(KeyboardInterrupt):
            yield
