"""Photographs on which a recalled paper is to be seen, and what became of each."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, or_, select, update
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)

from bulletin.store.base import Base
from bulletin.store.notices import Edition, Notice
from bulletin.store.people import Person
from bulletin.store.posting_corrections import PostingCorrection
from bulletin.store.postings import PostingRecord
from bulletin.store.receipts import BoardPhoto, BoardVisit, Receipt

# Every place where a photograph of a board is named by its SHA-256.
PHOTOS: tuple[InstrumentedAttribute[str] | InstrumentedAttribute[str | None], ...] = (
    BoardPhoto.digest,
    PostingRecord.hung_photo,
    PostingRecord.down_photo,
    PostingCorrection.before_hung_photo,
    PostingCorrection.before_down_photo,
    PostingCorrection.after_hung_photo,
    PostingCorrection.after_down_photo,
)


class RecalledPhoto(Base):
    """One photograph settled: the paper on it painted over, or kept to be seen for a reason."""

    __tablename__ = "recalled_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    digest: Mapped[str]  # SHA-256 of the photograph as it is now
    destroyed: Mapped[str]  # SHA-256 of the one that is gone; '' when it was kept
    reason: Mapped[str]  # why it was kept; '' when it was painted over
    settled_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    notice: Mapped[Notice] = relationship()
    settler: Mapped[Person | None] = relationship()


def redacted_editions(township_id: int) -> Select[Edition]:
    """The editions whose words were removed."""
    return (
        select(Edition)
        .where(Edition.township_id == township_id, Edition.redacted_at.is_not(None))
        .order_by(Edition.id)
    )


def receipts_of_codes(codes: set[str]) -> Select[Receipt]:
    """Every reading of a paper of some notices."""
    return (
        select(Receipt)
        .where(Receipt.notice_code.in_(codes))
        .options(joinedload(Receipt.photo), joinedload(Receipt.visit).joinedload(BoardVisit.board))
        .order_by(Receipt.id)
    )


def records_of_editions(edition_ids: set[int]) -> Select[PostingRecord]:
    """Where some editions hang and hung, with what was withdrawn."""
    return (
        select(PostingRecord)
        .where(PostingRecord.edition_id.in_(edition_ids))
        .order_by(PostingRecord.id)
    )


def records_near(
    board_ids: set[int], since: datetime, until: datetime | None
) -> Select[PostingRecord]:
    """What was recorded on some boards within a span of time, as hung or as taken off."""
    recorded = [
        moment.between(since, until) if until else moment >= since
        for moment in (PostingRecord.hung_at, PostingRecord.down_at)
    ]
    return select(PostingRecord).where(PostingRecord.board_id.in_(board_ids), or_(*recorded))


def corrections_of_records(record_ids: set[int]) -> Select[PostingCorrection]:
    return select(PostingCorrection).where(PostingCorrection.posting_id.in_(record_ids))


def visits_near(board_ids: set[int], since: datetime, until: datetime | None) -> Select[BoardVisit]:
    """The visits to some boards within a span of time, with their photographs."""
    received = BoardVisit.received_at
    return (
        select(BoardVisit)
        .where(BoardVisit.board_id.in_(board_ids))
        .where(received.between(since, until) if until else received >= since)
        .options(selectinload(BoardVisit.photos))
        .order_by(BoardVisit.id)
    )


def settled(notice_ids: set[int]) -> Select[RecalledPhoto]:
    """What became of the photographs of some notices, the oldest first."""
    return (
        select(RecalledPhoto)
        .where(RecalledPhoto.notice_id.in_(notice_ids))
        .order_by(RecalledPhoto.id)
    )


def replace_photo(session: Session, before: str, after: str) -> None:
    """Wherever a photograph is named, another one stands from now on."""
    for column in (*PHOTOS, RecalledPhoto.digest):
        table = column.class_.__table__
        session.execute(
            update(table).where(table.c[column.key] == before).values({column.key: after})
        )
    session.expire_all()


def destroyed_photos(session: Session) -> set[str]:
    """The photographs that were painted over, unless somebody sent the very same one again."""
    gone = set(session.scalars(select(RecalledPhoto.destroyed)))
    named = {digest for column in PHOTOS for digest in session.scalars(select(column))}
    return gone - named - {""}
