"""备案: what villages published, for their township to note."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, insert, select, update
from sqlalchemy.orm import Mapped, Session, contains_eager, mapped_column, relationship

from bulletin.store.base import Base
from bulletin.store.notices import Edition, Notice


class Filing(Base):
    """备案: one line of what a village published, corrected or took down, for its township."""

    __tablename__ = "filing"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    act: Mapped[str]  # publish | correct | take_down | cancel | force
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    edition: Mapped[Edition] = relationship()


_WRITE_FILING = insert(Filing)  # built once: every publication pays for it


def file(session: Session, township_id: int, edition_id: int, act: str, at: datetime) -> None:
    """File an act with the township, past the unit of work."""
    row = {"township_id": township_id, "edition_id": edition_id, "act": act, "at": at}
    session.connection().execute(_WRITE_FILING, row)


def filings_of(township_id: int) -> Select[Filing]:
    """The filings of a township, the newest first."""
    return (
        select(Filing)
        .join(Filing.edition)
        .where(Filing.township_id == township_id)
        .options(
            contains_eager(Filing.edition).joinedload(Edition.notice).joinedload(Notice.village)
        )
        .order_by(Filing.id.desc())
    )


def note_all(session: Session, township_id: int, person_id: int | None, now: datetime) -> None:
    """What was filed until now has been seen."""
    session.execute(
        update(Filing)
        .where(Filing.township_id == township_id, Filing.seen_at.is_(None))
        .values(seen_at=now, seen_by=person_id)
    )
