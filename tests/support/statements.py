"""SQL that SQLAlchemy compiled for one test's database is ready for the next one's.

Every test has a database and so an engine of its own, and each engine compiled the same statements
anew: a fifth of what a test of a site costs. What is compiled depends on the dialect alone.
"""

from typing import Any

from sqlalchemy import Engine, create_engine

from bulletin.store import engine as store_engine

ENOUGH = 5000  # statements; the whole package has fewer
_first: dict[str, Engine] = {}  # by dialect; has connected, so that its dialect knows its server


def share_compiled_statements() -> None:
    """From now on the engines of this process compile each statement once."""
    store_engine.create_engine = _create_sharing


def _create_sharing(url: Any, **options: Any) -> Engine:
    engine = create_engine(url, query_cache_size=ENOUGH, **options)
    name = engine.dialect.name
    first = _first.get(name)
    if first is None or first.dialect.server_version_info is None:
        _first[name] = engine
    else:
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    return engine
