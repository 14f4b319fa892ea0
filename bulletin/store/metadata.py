"""Every table, so that migrations see the whole of the models."""

from bulletin.store import (
    catalogs,
    clearances,
    duties,
    filings,
    heartbeat,
    history,
    notices,
    packs,
    people,
    places,
    postings,
    receipts,
    register,
    reminders,
    uploads,
)
from bulletin.store.base import Base

ROOMS = (
    catalogs,
    filings,
    heartbeat,
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
    clearances,
    uploads,
)
metadata = Base.metadata
