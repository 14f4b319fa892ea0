"""What long work waits for: it goes on when the database or the object store is there again, and has not failed."""

from sqlalchemy.exc import InterfaceError, OperationalError

from bulletin.store.bucket import BucketFailure

DATABASE_AWAY = (OperationalError, InterfaceError)
AWAY = (*DATABASE_AWAY, BucketFailure)
