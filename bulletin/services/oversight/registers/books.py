"""登记簿 as people see them, and their year in tables 二 and 四."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import extract, func, select

from bulletin.domain.oversight.annual_report.layout import CellKey
from bulletin.domain.oversight.registers import (
    RegisterKind,
    cells_of_entry,
    register_figures,
)
from bulletin.domain.pages import Page, page_of, page_span
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import keeps, reads
from bulletin.services.site import Site
from bulletin.store.register_entries import RegisterEntry, entries_at, entries_until


@dataclass(frozen=True, kw_only=True)
class RegisterEntryLine:
    id: int
    kind: RegisterKind
    on: date
    title: str
    number: str
    fen: int
    ended_on: date | None
    result: str  # 结果维持
    void_reason: str
    awaits_end: bool  # the person may say how it ended


def entry_lines(
    site: Site,
    actor: Actor,
    *,
    kind: RegisterKind | None = None,
    year: int | None = None,
    number: int | None = None,
) -> Page[RegisterEntryLine]:
    """A page of the registers, the newest first; empty for whoever is not of the township."""
    if not reads(actor):
        return page_of((), None)
    asked = entries_at(actor.township_id)
    if kind is not None:
        asked = asked.where(RegisterEntry.kind == kind)
    if year is not None:
        asked = asked.where(extract("year", RegisterEntry.on) == year)
    with site.sessions.reading() as session:
        count = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery()))
        span = page_span(count or 0, number)
        rows = session.scalars(asked.offset(span.first).limit(span.per_page))
        return span.with_lines([_line(row, mine=keeps(actor)) for row in rows])


def year_figures(site: Site, actor: Actor, year: int) -> Mapping[CellKey, Decimal]:
    """Tables 二 and 四 of a year, as far as they are known."""
    entries = []
    if reads(actor):
        with site.sessions.reading() as session:
            entries = [row.facts for row in session.scalars(entries_until(actor.township_id, year))]
    return register_figures(entries, year, site.report_layout(year))


def lines_of_cell(site: Site, actor: Actor, year: int, key: CellKey) -> list[RegisterEntryLine]:
    """The entries that a cell of these tables counts."""
    if not reads(actor):
        return []
    with site.sessions.reading() as session:
        return [
            _line(row, mine=False)
            for row in session.scalars(entries_until(actor.township_id, year))
            if key in cells_of_entry(row.facts, year, site.report_layout(year))
        ]


def _line(row: RegisterEntry, *, mine: bool) -> RegisterEntryLine:
    return RegisterEntryLine(
        id=row.id,
        kind=row.kind,
        on=row.on,
        title=row.title,
        number=row.number,
        fen=row.fen,
        ended_on=row.ended_on,
        result=row.result.label if row.result else "",
        void_reason=row.void_reason,
        awaits_end=mine and row.kind.can_end and row.ended_on is None and not row.void_reason,
    )
