"""What machines noted of their keys."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.store.heartbeat import Heartbeat


def keys_noted(session: Session) -> list[Any]:
    """A row for each data folder."""
    return list(session.scalars(select(Heartbeat).where(Heartbeat.tick.startswith("keys of "))))
