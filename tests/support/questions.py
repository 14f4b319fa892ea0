"""What a site asks its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bulletin.services.site import Site


@contextmanager
def questions(site: Site) -> Iterator[list[str]]:
    """The statements of all who ask meanwhile, as the database gets them."""
    asked: list[str] = []

    def note(*about: Any) -> None:
        asked.append(about[2])

    event.listen(site.sessions.engine, "before_cursor_execute", note)
    yield asked
    event.remove(site.sessions.engine, "before_cursor_execute", note)
