"""A store of files may be far away: whoever waits for it holds up nobody who writes."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bulletin.store.engine import Sessions
from bulletin.store.files.bucket import BucketFiles
from bulletin.store.files.folder import FolderFiles

ASKED = ("put", "get", "has", "destroy", "stored", "discard")
# In a house that is being filled, or left, nobody works.
ALONE = ("operations/move/", "operations/restore.py")

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def let_no_writer_wait_for_files() -> None:
    """From now on a store that is asked within a writing session is a failure of the test."""
    writing = Sessions.writing

    @contextmanager
    def known_to_write(sessions: Sessions) -> Iterator[Session]:
        token = _writing.set(True)
        try:
            with writing(sessions) as session:
                yield session
        finally:
            _writing.reset(token)

    Sessions.writing = known_to_write  # type: ignore[method-assign]
    for store in (FolderFiles, BucketFiles):
        for name in ASKED:
            setattr(store, name, _while_nobody_waits(getattr(store, name)))


def _while_nobody_waits(ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def asked(*args: Any) -> Any:
        assert not _writing.get() or _is_alone(), f"{ask.__name__} within a writing session"
        return ask(*args)

    return asked


def _is_alone() -> bool:
    frame = sys._getframe()
    while (caller := frame.f_back) is not None:
        frame = caller
        if any(part in Path(frame.f_code.co_filename).as_posix() for part in ALONE):
            return True
    return False
