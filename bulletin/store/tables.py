"""Every table, so that migrations see the whole of the models."""

from bulletin.store import (
    catalogs,
    clockwork,
    duties,
    history,
    notices,
    people,
    places,
    postings,
    register,
    reminders,
    screening,
)
from bulletin.store.base import Base

ROOMS = (
    catalogs,
    clockwork,
    duties,
    history,
    notices,
    people,
    places,
    postings,
    register,
    reminders,
    screening,
)
metadata = Base.metadata
