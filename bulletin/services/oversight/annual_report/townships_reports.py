"""The reports of a county's townships, of which the county's is the sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from bulletin.domain.oversight.annual_report.content import ReportContent, content_of
from bulletin.domain.oversight.annual_report.layout import CellKey, Layout
from bulletin.services.site import Site
from bulletin.store.annual_reports import brought_report, editions_of
from bulletin.store.places import townships


@dataclass(frozen=True, kw_only=True)
class TownshipReport:
    """What a township reported of a year."""

    township_id: int
    code: str
    name: str
    content: ReportContent | None  # None: it has not issued any, and nobody brought one
    edition: int | None  # the newest that was issued here; None: it was brought from a file


def townships_reports(session: Session, year: int) -> tuple[TownshipReport, ...]:
    """Of every township of the site: as it was issued last, else as it was brought."""
    return tuple(
        TownshipReport(
            township_id=each.id,
            code=each.code,
            name=each.name,
            content=content_of(kept.content) if kept else None,
            edition=edition.number if edition else None,
        )
        for each in townships(session)
        for edition in (session.scalar(editions_of(each.id, year).limit(1)),)
        for kept in (edition or brought_report(session, each.id, year),)
    )


def townships_without_report(site: Site, year: int) -> list[str]:
    """Those of which nothing is known for a year, by name."""
    with site.sessions.reading() as session:
        return [each.name for each in townships_reports(session, year) if each.content is None]


def summed(layout: Layout, reports: Sequence[TownshipReport]) -> dict[CellKey, Decimal]:
    """The tables of the county, cell by cell; what a township has not counts as nothing, and is found by the check."""
    known = [each.content.figures for each in reports if each.content]
    return {
        key: sum((figures.get(key) or Decimal(0) for figures in known), Decimal(0))
        for key in layout.cells()
    }
