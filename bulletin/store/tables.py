"""Every table, so that migrations see the whole of the models."""

from bulletin.store import (
    catalogs,
    clockwork,
    duties,
    history,
    notices,
    packs,
    people,
    places,
    postings,
    receipts,
    register,
    reminders,
    screening,
    uploads,
)
from bulletin.store.base import Base

ROOMS = (
    catalogs,
    clockwork,
    duties,
    history,
    notices,
    packs,
    people,
    places,
    postings,
    receipts,
    register,
    reminders,
    screening,
    uploads,
)
metadata = Base.metadata
