"""Print runs with the exact PDF kept, and what hung on which board from when to when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Select,
    UniqueConstraint,
    exists,
    func,
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

from bulletin.domain.formats import Paper
from bulletin.store.base import Base
from bulletin.store.notices import Edition, Notice
from bulletin.store.period_extensions import PeriodExtension
from bulletin.store.places import Board


class PrintRun(Base):
    """One sheet as it left the printer. Identifiers are copied: evidence never follows edits."""

    __tablename__ = "print_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    notice_code: Mapped[str]
    edition_number: Mapped[int]
    fingerprint: Mapped[str]
    paper: Mapped[str]  # a4 | a3
    pages: Mapped[int]
    flipped: Mapped[bool | None]  # it lies, for a wide table; None: printed by an older release
    pdf: Mapped[str] = mapped_column(index=True)  # SHA-256 of the file kept in the store
    checkpoint: Mapped[int]  # number of the history entry that the sheet names
    printed_at: Mapped[datetime]
    printed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    edition: Mapped[Edition] = relationship()


class Preflight(Base):
    """What was found when an edition's sheet was looked over; kept while fonts and templates stay."""

    __tablename__ = "preflight"
    __table_args__ = (UniqueConstraint("edition_id", "paper", "look"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    paper: Mapped[str]  # a4 | a3
    look: Mapped[str]  # SHA-256 of templates, fonts and the public address
    looked_at: Mapped[datetime]
    findings: Mapped[list[dict[str, Any]]]  # code, sentence, stops


class PostingRecord(Base):
    """A row about one edition on one board; what was withdrawn stays, and is no posting."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("(down_at IS NULL) = (down_on IS NULL)", name="down_is_one_fact"),
        CheckConstraint("down_on IS NULL OR down_on >= hung_on", name="down_after_hung"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
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


def last_run(edition_id: int) -> Select[PrintRun]:
    """The newest print run of an edition."""
    return (
        select(PrintRun)
        .where(PrintRun.edition_id == edition_id)
        .order_by(PrintRun.id.desc())
        .limit(1)
    )


def last_run_on(edition_id: int, paper: Paper) -> Select[PrintRun]:
    """The newest print run of an edition on one size of paper."""
    return last_run(edition_id).where(PrintRun.paper == paper)


def preflight_of(edition_id: int, paper: str, look: str) -> Select[Preflight]:
    return select(Preflight).where(
        Preflight.edition_id == edition_id, Preflight.paper == paper, Preflight.look == look
    )


def pages_of(session: Session, edition_ids: list[int]) -> dict[int, int]:
    """How many pages the newest print run of each edition has, by the edition's id."""
    runs = session.execute(
        select(PrintRun.edition_id, PrintRun.pages)
        .where(PrintRun.edition_id.in_(edition_ids))
        .order_by(PrintRun.id)
    )
    return {run.edition_id: run.pages for run in runs}


def runs_of(session: Session, edition_ids: list[int]) -> dict[int, list[PrintRun]]:
    """The print runs of some editions, the oldest first, by the edition's id."""
    runs: dict[int, list[PrintRun]] = {}
    asked = select(PrintRun).where(PrintRun.edition_id.in_(edition_ids)).order_by(PrintRun.id)
    for run in session.scalars(asked):
        runs.setdefault(run.edition_id, []).append(run)
    return runs


def postings_of(board_id: int) -> Select[Posting]:
    """What hangs and hung on a board, the newest first."""
    of_board = select(Posting).where(Posting.board_id == board_id).options(WITH_EDITIONS)
    return of_board.order_by(Posting.id.desc())


def is_outdated(run: PrintRun, edition: Edition) -> bool:
    """Whether a paper says an earlier last day than the one in force."""
    return any(run.printed_at < extension.at for extension in edition.extensions)


def outdated_editions(township_id: int) -> Select[str, int]:
    """Code and number of every edition whose newest paper says an earlier last day than is in force."""
    printed_at, extended_at = func.max(PrintRun.printed_at), func.max(PeriodExtension.at)
    return (
        select(PrintRun.notice_code, PrintRun.edition_number)
        .join(PeriodExtension, PeriodExtension.edition_id == PrintRun.edition_id)
        .where(PrintRun.township_id == township_id)
        .group_by(PrintRun.notice_code, PrintRun.edition_number)
        .having(printed_at < extended_at)
    )


def printed_editions(codes: list[str]) -> Select[str, int]:
    """Number of every edition of some notices that was printed at least once, with the code."""
    return (
        select(Notice.code, Edition.number)
        .join(Edition, Edition.notice_id == Notice.id)
        .where(Notice.code.in_(codes), exists().where(PrintRun.edition_id == Edition.id))
    )


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


def runs_of_notice(notice_id: int) -> Select[PrintRun]:
    """The print runs of all editions of a notice, the newest first."""
    return (
        select(PrintRun)
        .join(Edition, Edition.id == PrintRun.edition_id)
        .where(Edition.notice_id == notice_id)
        .order_by(PrintRun.id.desc())
    )


def first_printed_at(session: Session, edition_id: int) -> datetime | None:
    """When the first sheet of an edition left the printer: before that, no paper could hang."""
    return session.scalar(
        select(func.min(PrintRun.printed_at)).where(PrintRun.edition_id == edition_id)
    )


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
