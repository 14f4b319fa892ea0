"""Print runs with the exact PDF kept, and what hung on which board from when to when."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    select,
    update,
)
from sqlalchemy.orm import (
    Mapped,
    Session,
    contains_eager,
    joinedload,
    mapped_column,
    relationship,
)

from bulletin.store.base import Base
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board


class PostingRecord(Base):
    """A row about one edition on one board; what was withdrawn stays, and is no posting."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("(down_at IS NULL) = (down_on IS NULL)", name="down_is_one_fact"),
        CheckConstraint("down_on IS NULL OR down_on >= hung_on", name="down_after_hung"),
        Index(None, "board_id", "down_on"),  # what hangs now among years of papers
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    print_run_id: Mapped[int | None] = mapped_column(ForeignKey("print_run.id"))
    hung_on: Mapped[date]  # the day that the person who hung it gave
    hung_at: Mapped[datetime]  # when that was recorded
    hung_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    hung_photo: Mapped[str | None]  # SHA-256 of a photograph, for staff only
    down_on: Mapped[date | None]
    down_at: Mapped[datetime | None]
    down_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    down_photo: Mapped[str | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)  # it never hung: a slip

    board: Mapped[Board] = relationship()
    edition: Mapped[Edition] = relationship()

    __mapper_args__ = {"polymorphic_on": "withdrawn"}  # noqa: RUF012 - SQLAlchemy reads it here


class Posting(PostingRecord):
    """One edition on one board, hung on a day and taken down on another.

    Every query for postings leaves out what was withdrawn; none has to remember it.
    """

    __mapper_args__ = {"polymorphic_identity": False}  # noqa: RUF012 - as above


class WithdrawnPosting(PostingRecord):
    """A paper that was recorded and never hung there."""

    __mapper_args__ = {"polymorphic_identity": True}  # noqa: RUF012 - as above


# A paper is judged by every edition of its notice: asked for at once, not one by one.
WITH_EDITIONS = joinedload(Posting.edition).joinedload(Edition.notice).selectinload(Notice.editions)


def hanging_on(board_id: int) -> Select[Posting]:
    """What hangs on a board now, as far as it was recorded."""
    return (
        select(Posting)
        .where(Posting.board_id == board_id, Posting.down_on.is_(None))
        .options(WITH_EDITIONS)
    )


def postings_of(board_id: int) -> Select[Posting]:
    """What hangs and hung on a board, the newest first."""
    of_board = select(Posting).where(Posting.board_id == board_id).options(WITH_EDITIONS)
    return of_board.order_by(Posting.id.desc())


def postings_of_notice(notice_id: int) -> Select[Posting]:
    """Where the editions of a notice hang and hung, the newest first."""
    return (
        select(Posting)
        .join(Edition, Edition.id == Posting.edition_id)
        .where(Edition.notice_id == notice_id)
        .order_by(Posting.id.desc())
    )


def postings_by_notice(session: Session, notice_ids: list[int]) -> dict[int, list[Posting]]:
    """Where the editions of some notices hang and hung, the oldest first, by the notice's id."""
    postings: dict[int, list[Posting]] = {}
    for posting in session.scalars(
        select(Posting)
        .join(Posting.edition)
        .where(Edition.notice_id.in_(notice_ids))
        .options(contains_eager(Posting.edition), joinedload(Posting.board))
        .order_by(Posting.id)
    ):
        postings.setdefault(posting.edition.notice_id, []).append(posting)
    return postings


def postings_of_editions(edition_ids: list[int]) -> Select[Posting]:
    """Where some editions hang and hung, the oldest first."""
    return select(Posting).where(Posting.edition_id.in_(edition_ids)).order_by(Posting.id)


def mark_withdrawn(session: Session, posting: Posting) -> None:
    """From now on the row is no posting; the session forgets that it was one."""
    session.flush()
    session.execute(
        update(PostingRecord).where(PostingRecord.id == posting.id).values(withdrawn=True)
    )
    session.expunge(posting)
