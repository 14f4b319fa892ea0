"""备案: what villages published, for their township to note."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.store.base import Base
from bulletin.store.notices import Edition


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


def filings_of(township_id: int, most: int = 200) -> Select[Filing]:
    """The newest filings of a township."""
    return (
        select(Filing)
        .where(Filing.township_id == township_id)
        .order_by(Filing.id.desc())
        .limit(most)
    )
