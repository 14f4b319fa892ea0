"""登记簿: documents, decisions, fees and cases of a township."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.domain.oversight.registers import CaseResult, RegisterFacts, RegisterKind
from bulletin.store.base import Base, choice


class RegisterEntry(Base):
    """One entry. One that was written by mistake stays, with the reason, and counts no longer."""

    __tablename__ = "register_entry"
    __table_args__ = (Index(None, "township_id", "kind", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    kind: Mapped[RegisterKind] = mapped_column(choice(RegisterKind, "register_kind"))
    on: Mapped[date] = mapped_column("on_day")
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")  # 红乡政〔2026〕3号
    fen: Mapped[int] = mapped_column(default=0)  # collected
    ended_on: Mapped[date | None]
    result: Mapped[CaseResult | None] = mapped_column(choice(CaseResult, "case_result"))
    entered_at: Mapped[datetime]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    void_reason: Mapped[str] = mapped_column(default="")

    @property
    def facts(self) -> RegisterFacts:
        return RegisterFacts(
            kind=self.kind, on=self.on, ended_on=self.ended_on, result=self.result, fen=self.fen
        )


def entries_at(township_id: int) -> Select[RegisterEntry]:
    """The entries of a township, the newest first."""
    return (
        select(RegisterEntry)
        .where(RegisterEntry.township_id == township_id)
        .order_by(RegisterEntry.on.desc(), RegisterEntry.id.desc())
    )


def entries_until(township_id: int, year: int) -> Select[RegisterEntry]:
    """Those that may count in a year: begun by its end, and not void."""
    return entries_at(township_id).where(
        RegisterEntry.on <= date(year, 12, 31), RegisterEntry.void_reason == ""
    )
