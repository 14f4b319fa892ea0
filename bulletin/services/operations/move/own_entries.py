"""Which entries of a house's history are a township's: the others it takes along by number and hash alone."""

from collections.abc import Callable, Iterator

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bulletin.domain.history import ChainEntry, WithheldEntry
from bulletin.store import history
from bulletin.store.duties import Duty
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village

OF_SOME_TOWNSHIP = "duties township"


def entries_brought(
    session: Session, township: Township, farewell: ChainEntry
) -> Iterator[ChainEntry | WithheldEntry]:
    """The whole chain up to the farewell; from a house where nobody else ever lived, word for word."""
    lived_alone = session.scalar(select(func.count()).select_from(Township)) == 1
    is_own = _is_own(session, township.id)
    for owner, entry in history.owned_entries(session):
        if lived_alone or owner == township.id or (owner is None and is_own(entry)):
            yield entry
        else:
            yield WithheldEntry(entry.number, entry.hash)
    yield farewell


def _is_own(session: Session, township_id: int) -> Callable[[ChainEntry], bool]:
    """What the clock did is nobody's by itself: its subject says whose it is.

    `duties township` was written without saying whose, by releases of before: it tells a moment and a number, and goes
    along with everybody.
    """
    ids = {
        "notice": set(
            session.scalars(select(Notice.code).where(Notice.township_id == township_id))
        ),
        "duty": _texts(session, select(Duty.id).where(Duty.township_id == township_id)),
        "duties": _texts(session, select(Village.id).where(Village.township_id == township_id)),
    }

    def is_own(entry: ChainEntry) -> bool:
        kind, _, key = entry.subject.partition(" ")
        if entry.subject == OF_SOME_TOWNSHIP:
            return True
        return key.partition(".")[0] in ids.get(kind, ())

    return is_own


def _texts(session: Session, ids: Select[int]) -> set[str]:
    return {str(each) for each in session.scalars(ids)}
