"""Print runs: every sheet as it left the printer, and what was found when it was looked over."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Select,
    UniqueConstraint,
    exists,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import (
    Mapped,
    Session,
    mapped_column,
    relationship,
)

from bulletin.domain.formats import Paper
from bulletin.domain.notices.workflow import Act
from bulletin.store.base import Base
from bulletin.store.edition_parts import ReviewStep
from bulletin.store.notices import Edition, Notice
from bulletin.store.period_extensions import PeriodExtension


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


def is_outdated(run: PrintRun, edition: Edition) -> bool:
    """Whether a paper says other days than those in force: extended since, or rescheduled."""
    rescheduled = (step.at for step in edition.steps if step.act is Act.RESCHEDULE)
    extended = (extension.at for extension in edition.extensions)
    return any(run.printed_at < at for at in (*extended, *rescheduled))


def outdated_editions(township_id: int) -> Select[str, int]:
    """Code and number of every edition whose newest paper says other days than those in force."""
    changed = union_all(
        select(PeriodExtension.edition_id, PeriodExtension.at).where(
            PeriodExtension.township_id == township_id
        ),
        select(ReviewStep.edition_id, ReviewStep.at).where(
            ReviewStep.township_id == township_id, ReviewStep.act == Act.RESCHEDULE
        ),
    ).subquery()
    return (
        select(PrintRun.notice_code, PrintRun.edition_number)
        .join(changed, changed.c.edition_id == PrintRun.edition_id)
        .where(PrintRun.township_id == township_id)
        .group_by(PrintRun.notice_code, PrintRun.edition_number)
        .having(func.max(PrintRun.printed_at) < func.max(changed.c.at))
    )


def printed_editions(codes: list[str]) -> Select[str, int]:
    """Number of every edition of some notices that was printed at least once, with the code."""
    return (
        select(Notice.code, Edition.number)
        .join(Edition, Edition.notice_id == Notice.id)
        .where(Notice.code.in_(codes), exists().where(PrintRun.edition_id == Edition.id))
    )


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
