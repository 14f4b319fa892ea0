"""政府信息公开工作年度报告 of a township, or of the county, as it was issued, for everybody."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.formats import MEDIA_TYPES
from bulletin.domain.oversight.annual_report.content import content_of
from bulletin.domain.oversight.annual_report.written import written_of
from bulletin.domain.people import NO_TOWNSHIP
from bulletin.services.access import NO_LIST
from bulletin.services.public.page_values import PlaceLink
from bulletin.services.public.place_pages import place_named
from bulletin.services.public.public_files import PublicFile
from bulletin.services.public.records.record import named
from bulletin.services.public.records.values import IssuedEdition, ReportPage
from bulletin.services.site import Site
from bulletin.store.annual_reports import AnnualReportEdition, issued_by, report_years
from bulletin.store.places import Township, county_name, townships


def report_page(site: Site, code: str, year: int, now: datetime) -> ReportPage:
    """The report of a year as it was issued last.

    Args:
        code: of the township; '' for the county's.

    Raises:
        NotFoundError: no township has the code, or it has issued no report of the year by now.
    """
    with site.sessions.reading() as session:
        body, editions = _editions(session, code, year, now)
        newest = editions[0]
        content = content_of(newest.content)
        return ReportPage(
            **(named(body, None) if body else _county(session)),
            year=year,
            report=written_of(content, site.layout_named(content.layout, year)),
            editions=tuple(
                IssuedEdition(
                    number=each.number,
                    issued_on=village_day(each.issued_at),
                    digest=each.digest,
                    files=tuple(each.files),
                )
                for each in editions
            ),
            years=report_years(session, body.id if body else NO_TOWNSHIP, now),
        )


def report_file(
    site: Site, code: str, year: int, ending: str, now: datetime, *, number: int | None = None
) -> PublicFile:
    """The file that was kept when an edition was issued.

    Args:
        ending: .docx or .pdf.
        number: of the edition; None: the newest.

    Raises:
        NotFoundError: as `report_page`, or there is no such edition, or no such file was kept.
    """
    with site.sessions.reading() as session:
        _body, editions = _editions(session, code, year, now)
        edition = next((each for each in editions if number in (None, each.number)), None)
        digest = edition.files.get(ending) if edition else None
        data = site.files.get(digest) if digest else None
        if edition is None or data is None:
            raise NotFoundError(NO_LIST)
        name = content_of(edition.content).title + (f"-第{number}版" if number else "") + ending
        return PublicFile(name, MEDIA_TYPES[ending], data, personal=False)


def report_address(code: str, year: int) -> str:
    """Of the page, on its site; code '': of the county's."""
    return f"/T/{code}/report/{year}" if code else f"/report/{year}"


def _editions(
    session: Session, code: str, year: int, now: datetime
) -> tuple[Township | None, list[AnnualReportEdition]]:
    """What the township of a code issued, or, without one, the county."""
    township, village = place_named(session, code) if code else (None, None)
    issued = issued_by(township.id if township else NO_TOWNSHIP, now)
    of_year = issued.where(AnnualReportEdition.year == year)
    editions = [] if village else list(session.scalars(of_year))
    if not editions:
        raise NotFoundError(NO_LIST)
    return township, editions


def _county(session: Session) -> dict[str, Any]:
    """What the page of the county says of it."""
    here = townships(session)
    county = PlaceLink(county_name(here), "")
    return {
        "place": county,
        "township": county,
        "is_township": False,
        "demo": any(each.demo for each in here),
    }
