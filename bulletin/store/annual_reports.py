"""The annual report of a township, or of the county: its words, what was issued, what was said to findings, earlier ones.

The county's rows have no township: NULL in them, and `NO_TOWNSHIP` for whoever asks.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    and_,
    cast,
    exists,
    or_,
    select,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column, relationship

from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.domain.people import NO_TOWNSHIP
from bulletin.store.base import Base
from bulletin.store.duties import Duty
from bulletin.store.former_histories import first_told_at
from bulletin.store.history import HistoryEntry
from bulletin.store.people import Person


def _once(table: str, *columns: str) -> Index:
    """Among the county's rows, whose township is NULL: a unique constraint takes every NULL for another one."""
    of_county = text("township_id IS NULL")
    name = f"uq_{table}_of_county"
    return Index(name, *columns, unique=True, sqlite_where=of_county, postgresql_where=of_county)


def _of(column: InstrumentedAttribute[int | None], township_id: int) -> ColumnElement[bool]:
    """The rows of a township; of `NO_TOWNSHIP`, the county's."""
    return column == township_id if township_id else column.is_(None)


class AnnualReport(Base):
    """The words of a year's report as they stand; figures are fields in them."""

    __tablename__ = "annual_report"
    __table_args__ = (UniqueConstraint("township_id", "year"), _once("annual_report", "year"))

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int | None] = mapped_column(ForeignKey("township.id"), index=True)
    year: Mapped[int]
    general: Mapped[str]  # part 一
    problems: Mapped[str]  # part 五
    others: Mapped[str]  # part 六
    version: Mapped[int] = mapped_column(default=1)  # two editors notice each other
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    saver: Mapped[Person | None] = relationship()


class AnnualReportEdition(Base):
    """A report as it was issued; never edited. What changes later is another edition."""

    __tablename__ = "annual_report_edition"
    __table_args__ = (
        UniqueConstraint("township_id", "year", "number"),
        _once("annual_report_edition", "year", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int | None] = mapped_column(ForeignKey("township.id"), index=True)
    year: Mapped[int]
    number: Mapped[int]  # 1, 2, 3 …
    content: Mapped[dict[str, Any]]  # see domain.oversight.annual_report.content
    digest: Mapped[str]  # SHA-256 of the content
    word: Mapped[str | None]  # SHA-256 of the Word file; empty where an earlier release kept none
    pdf: Mapped[str | None]  # the same of the PDF
    signed_by: Mapped[str]  # who gave leave to issue it
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    issuer: Mapped[Person | None] = relationship()

    @property
    def files(self) -> dict[str, str]:
        """What is kept of it to be taken away: SHA-256 by ending."""
        return {
            ending: digest
            for ending, digest in ((".docx", self.word), (".pdf", self.pdf))
            if digest
        }


class ReportRemark(Base):
    """What a person said to something that the check found; the newest of one finding counts."""

    __tablename__ = "report_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int | None] = mapped_column(ForeignKey("township.id"), index=True)
    year: Mapped[int]
    rule: Mapped[str]
    cell: Mapped[str]
    expected: Mapped[str]
    found: Mapped[str]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    maker: Mapped[Person | None] = relationship()


class EarlierReport(Base):
    """A report of a year that was made elsewhere; the newest that was brought counts."""

    __tablename__ = "earlier_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int | None] = mapped_column(ForeignKey("township.id"), index=True)
    year: Mapped[int]
    file_name: Mapped[str]
    content: Mapped[dict[str, Any]]
    brought_at: Mapped[datetime]
    brought_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    bringer: Mapped[Person | None] = relationship()


def report_of(session: Session, township_id: int, year: int) -> AnnualReport | None:
    return session.scalar(
        select(AnnualReport).where(
            _of(AnnualReport.township_id, township_id), AnnualReport.year == year
        )
    )


def editions_of(township_id: int, year: int) -> Select[AnnualReportEdition]:
    """What was issued for a year, the newest first."""
    return (
        select(AnnualReportEdition)
        .where(_of(AnnualReportEdition.township_id, township_id), AnnualReportEdition.year == year)
        .order_by(AnnualReportEdition.number.desc())
    )


def issued_by(township_id: int, now: datetime) -> Select[AnnualReportEdition]:
    """What a township had issued by a moment: the newest year first, of each the newest edition first."""
    return (
        select(AnnualReportEdition)
        .where(
            _of(AnnualReportEdition.township_id, township_id), AnnualReportEdition.issued_at <= now
        )
        .order_by(AnnualReportEdition.year.desc(), AnnualReportEdition.number.desc())
    )


class IssuedReport(NamedTuple):
    """A year's report as it was issued last, without what it says."""

    township_id: int  # `NO_TOWNSHIP`: the county
    year: int
    edition_id: int
    digest: str
    first_at: datetime  # when its first edition was issued
    changed_at: datetime


def issued_reports(
    session: Session, township_ids: Collection[int], now: datetime
) -> list[IssuedReport]:
    """Each report of townships (`NO_TOWNSHIP`: the county) that was issued by a moment, the newest change first."""
    one = AnnualReportEdition
    of_any = or_(*(_of(one.township_id, each) for each in township_ids))
    rows = session.execute(
        select(one.id, one.township_id, one.year, one.digest, one.issued_at)
        .where(of_any, one.issued_at <= now)
        .order_by(one.number, one.id)
    )
    found: dict[tuple[int, int], IssuedReport] = {}
    for edition_id, township_id, year, digest, at in rows:
        key = township_id or NO_TOWNSHIP, year
        first_at = found[key].first_at if key in found else at
        found[key] = IssuedReport(*key, edition_id, digest, first_at, at)
    return sorted(found.values(), key=lambda each: each.changed_at, reverse=True)


def report_years(session: Session, township_id: int, now: datetime) -> tuple[int, ...]:
    """The years whose report a township had issued by a moment, the newest first."""
    years = issued_by(township_id, now).with_only_columns(AnnualReportEdition.year)
    return tuple(dict.fromkeys(session.scalars(years)))


def answers_duty() -> ColumnElement[bool]:
    """That an issued report is what a duty asks for: the year's report of its township."""
    return and_(
        Duty.item_code == REPORT_ITEM,
        Duty.township_id == AnnualReportEdition.township_id,
        Duty.village_id.is_(None),
        Duty.occasion == cast(AnnualReportEdition.year, String),
    )


def remarks_of(township_id: int, year: int) -> Select[ReportRemark]:
    """What was said to findings of a year's report, in order."""
    return (
        select(ReportRemark)
        .where(_of(ReportRemark.township_id, township_id), ReportRemark.year == year)
        .order_by(ReportRemark.id)
    )


def brought_report(session: Session, township_id: int, year: int) -> EarlierReport | None:
    """The report of a year that was made elsewhere."""
    return session.scalar(
        select(EarlierReport)
        .where(_of(EarlierReport.township_id, township_id), EarlierReport.year == year)
        .order_by(EarlierReport.id.desc())
        .limit(1)
    )


def is_issued(session: Session, township_id: int, year: int) -> bool:
    issued = exists().where(
        _of(AnnualReportEdition.township_id, township_id), AnnualReportEdition.year == year
    )
    return bool(session.scalar(select(issued)))


def was_there_before(session: Session, township_id: int, end: datetime) -> bool:
    """Whether a township of this site (`NO_TOWNSHIP`: any) did anything before a moment, here or where it lived before."""
    elsewhere = first_told_at(session, township_id)
    if elsewhere is not None and elsewhere < end:
        return True
    told = select(HistoryEntry.at)
    if township_id:
        told = told.where(HistoryEntry.township_id == township_id)
    at = session.scalar(told.order_by(HistoryEntry.number).limit(1))  # by its index
    return at is not None and at < end
