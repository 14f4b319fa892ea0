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
    screening,
)
metadata = Base.metadata
