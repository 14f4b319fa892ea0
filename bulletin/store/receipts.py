"""Receipts: what photographs proved to hang on a board. Identifiers are copied; nothing here follows edits."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.domain.boards.sheet_verdicts import SheetVerdict
from bulletin.domain.codes import EditionKey
from bulletin.domain.days import village_day
from bulletin.store.base import Base, choice
from bulletin.store.places import Board


class BoardVisit(Base):
    """One visit to a board with its photographs, and what was missing there."""

    __tablename__ = "board_visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    village_code: Mapped[str]  # copied; '' for the township's own board
    board_name: Mapped[str]  # copied
    received_at: Mapped[datetime]  # by this machine's clock, whatever the photographs say
    received_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    missing: Mapped[list[dict[str, Any]]]  # code, edition, title of what should have hung there
    missing_pages: Mapped[list[dict[str, Any]]]  # code, edition, pages
    hint: Mapped[str]

    board: Mapped[Board] = relationship()
    photos: Mapped[list["BoardPhoto"]] = relationship(
        back_populates="visit", order_by="BoardPhoto.place"
    )
    receipts: Mapped[list["Receipt"]] = relationship(back_populates="visit", order_by="Receipt.id")

    @property
    def in_part(self) -> set[EditionKey]:
        """The sheets of which some pages were not seen."""
        return {(gap["code"], gap["edition"]) for gap in self.missing_pages}


class BoardPhoto(Base):
    """One photograph, for staff only."""

    __tablename__ = "board_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("board_visit.id"), index=True)
    place: Mapped[int]  # counted from 1
    digest: Mapped[str]  # SHA-256 of the JPEG kept, upright and without EXIF
    width: Mapped[int]  # px, upright, as it was taken
    height: Mapped[int]
    taken: Mapped[str]  # the moment that the camera wrote down; '' for none

    visit: Mapped[BoardVisit] = relationship(back_populates="photos")


class Receipt(Base):
    """One code that was read: which paper hung where, and what it was worth on that day."""

    __tablename__ = "receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("board_visit.id"), index=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("board_photo.id"))
    notice_code: Mapped[str] = mapped_column(index=True)
    edition_number: Mapped[int]
    page: Mapped[int | None]
    title: Mapped[str]
    fingerprint: Mapped[str]  # of the edition; '' when there is no such edition
    verdict: Mapped[SheetVerdict] = mapped_column(choice(SheetVerdict, "verdict"))
    box: Mapped[
        dict[str, Any]
    ]  # of its code, in px of the photograph: left, top, right, bottom, corners
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), index=True)

    photo: Mapped[BoardPhoto] = relationship()
    visit: Mapped[BoardVisit] = relationship(back_populates="receipts")

    @property
    def key(self) -> EditionKey:
        return self.notice_code, self.edition_number


def receipts_of_postings(session: Session, posting_ids: list[int]) -> dict[int, list[Receipt]]:
    """What confirmed photographs showed of some postings, the oldest first."""
    receipts: dict[int, list[Receipt]] = {}
    for receipt in session.scalars(
        select(Receipt).where(Receipt.posting_id.in_(posting_ids)).order_by(Receipt.id)
    ):
        receipts.setdefault(receipt.posting_id or 0, []).append(receipt)
    return receipts


def retitle(session: Session, township_id: int, code: str, title: str) -> None:
    """Redaction reaches the titles that were copied; code, edition and fingerprint stay."""
    session.execute(update(Receipt).where(Receipt.notice_code == code).values(title=title))
    for visit in session.scalars(select(BoardVisit).where(BoardVisit.township_id == township_id)):
        if any(sheet["code"] == code for sheet in visit.missing):
            visit.missing = [
                {**sheet, "title": title} if sheet["code"] == code else sheet
                for sheet in visit.missing
            ]


def visits_of(board_id: int) -> Select[BoardVisit]:
    """The visits to a board, the newest first."""
    return select(BoardVisit).where(BoardVisit.board_id == board_id).order_by(BoardVisit.id.desc())


def last_missed(session: Session, board_id: int) -> dict[EditionKey, date]:
    """The last day on which confirmed photographs of a board did not show what had to hang there."""
    confirmed = visits_of(board_id).where(BoardVisit.confirmed_at.is_not(None))
    days: dict[EditionKey, date] = {}
    for visit in session.scalars(confirmed):  # the newest first
        for sheet in visit.missing:
            days.setdefault((sheet["code"], sheet["edition"]), village_day(visit.received_at))
    return days


def last_seen(session: Session, board_id: int) -> dict[int, date]:
    """The last day on which a confirmed photograph showed each posting of a board."""
    rows = session.execute(
        select(Receipt.posting_id, func.max(BoardVisit.received_at).label("seen_at"))
        .join(BoardVisit, BoardVisit.id == Receipt.visit_id)
        .where(BoardVisit.board_id == board_id, BoardVisit.confirmed_at.is_not(None))
        .where(Receipt.posting_id.is_not(None))
        .group_by(Receipt.posting_id)
    )
    return {row.posting_id: village_day(row.seen_at) for row in rows}
