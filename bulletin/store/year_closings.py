"""Years of the township's ledgers that were closed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.domain.oversight.closings import LedgerKind
from bulletin.store.base import Base, choice
from bulletin.store.people import Person


class YearClosing(Base):
    """One year of one ledger as it stood: its table and its minutes are files, the seal is in the history."""

    __tablename__ = "year_closing"
    __table_args__ = (UniqueConstraint("township_id", "ledger", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    ledger: Mapped[LedgerKind] = mapped_column(choice(LedgerKind, "ledger_kind"))
    year: Mapped[int]
    rows: Mapped[int]
    table: Mapped[str] = mapped_column("sealed_table")  # SHA-256 of the CSV
    minutes: Mapped[str]  # SHA-256 of the PDF
    signers: Mapped[str]  # who signs the minutes, by name
    closed_at: Mapped[datetime]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    closer: Mapped[Person | None] = relationship()
    scans: Mapped[list["ClosingScan"]] = relationship(order_by="ClosingScan.id")


class ClosingScan(Base):
    """A page of the minutes as they were signed: a photo or a scan. Another one follows it, none is changed."""

    __tablename__ = "closing_scan"
    __table_args__ = (UniqueConstraint("closing_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    closing_id: Mapped[int] = mapped_column(ForeignKey("year_closing.id"))
    digest: Mapped[str]  # SHA-256
    media_type: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


def closings_of(township_id: int) -> Select[YearClosing]:
    """Those of a township, the newest year first."""
    return (
        select(YearClosing)
        .where(YearClosing.township_id == township_id)
        .order_by(YearClosing.year.desc(), YearClosing.id)
    )


def closing_of(
    session: Session, township_id: int, ledger: LedgerKind, year: int
) -> YearClosing | None:
    """The closing of one year of a ledger; None while it is open."""
    return session.scalar(
        closings_of(township_id).where(YearClosing.ledger == ledger, YearClosing.year == year)
    )
