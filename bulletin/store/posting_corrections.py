"""Corrections of postings: what each said before, what it says since, and why."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bulletin.store.base import Base
from bulletin.store.notices import Edition
from bulletin.store.people import Person
from bulletin.store.places import Board
from bulletin.store.postings import PostingRecord


class PostingCorrection(Base):
    """What a posting said before somebody corrected it, what it says since, and why."""

    __tablename__ = "posting_correction"
    __table_args__ = (
        CheckConstraint(
            "(after_board_id IS NULL) = (after_hung_on IS NULL)", name="after_is_one_fact"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    before_board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    before_hung_on: Mapped[date]
    before_down_on: Mapped[date | None]
    before_hung_photo: Mapped[str | None]  # SHA-256: evidence stays when the record lets go of it
    before_down_photo: Mapped[str | None]
    after_board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"), index=True)
    after_hung_on: Mapped[date | None]  # None: it never hung, the posting was withdrawn
    after_down_on: Mapped[date | None]
    after_hung_photo: Mapped[str | None]
    after_down_photo: Mapped[str | None]
    against_photo: Mapped[bool]  # although a photograph says otherwise
    reason: Mapped[str]
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    posting: Mapped[PostingRecord] = relationship()
    before_board: Mapped[Board] = relationship(foreign_keys=[before_board_id])
    after_board: Mapped[Board | None] = relationship(foreign_keys=[after_board_id])
    corrector: Mapped[Person | None] = relationship()

    @property
    def history_facts(self) -> dict[str, str | int]:
        """Before and after as the history has them; 0 and '' for what is not."""
        return {
            "posting": self.posting_id,
            "board": self.before_board_id,
            "hung_on": self.before_hung_on.isoformat(),
            "down_on": _iso(self.before_down_on),
            "photo": self.before_hung_photo or "",
            "down_photo": self.before_down_photo or "",
            "to_board": self.after_board_id or 0,
            "to_hung_on": _iso(self.after_hung_on),
            "to_down_on": _iso(self.after_down_on),
            "to_photo": self.after_hung_photo or "",
            "to_down_photo": self.after_down_photo or "",
            "against_photo": int(self.against_photo),
        }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def corrections_of_board(board_id: int) -> Select[PostingCorrection]:
    """The corrections that took a posting from a board or brought one there, the newest first."""
    return (
        select(PostingCorrection)
        .where(
            or_(
                PostingCorrection.before_board_id == board_id,
                PostingCorrection.after_board_id == board_id,
            )
        )
        .order_by(PostingCorrection.id.desc())
    )


def corrections_of_notice(notice_id: int) -> Select[PostingCorrection]:
    """The corrections of where the editions of a notice hung, the oldest first."""
    return (
        select(PostingCorrection)
        .join(PostingRecord, PostingRecord.id == PostingCorrection.posting_id)
        .join(Edition, Edition.id == PostingRecord.edition_id)
        .where(Edition.notice_id == notice_id)
        .order_by(PostingCorrection.id)
    )
