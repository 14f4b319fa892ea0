"""Villages side by side with their timeliness: of a township, and of a county."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage_shares import worst_first
from bulletin.domain.errors import NotFoundError
from bulletin.domain.pages import page_of
from bulletin.services.access import NO_LIST, NO_TOWNSHIP_HERE
from bulletin.services.public.page_values import PlaceLink, Timeliness
from bulletin.services.public.records.timeliness import (
    asked_year,
    together,
    township_timeliness,
    years_of,
)
from bulletin.services.public.records.values import ComparisonPage, PlaceTimeliness
from bulletin.services.site import Site
from bulletin.store.places import Township, county_name, township_by_code, townships
from bulletin.store.villages import villages_on


def comparison_page(
    site: Site, code: str | None, now: datetime, *, year: int | None = None, number: int = 1
) -> ComparisonPage:
    """The villages of a township (None: of every township of the site), a page of them.

    Raises:
        NotFoundError: no township has the code, or there is no such page.
    """
    today = village_day(now)
    with site.sessions.reading() as session:
        of_page = _townships(session, code)
        years = sorted({y for each in of_page for y in years_of(session, each.id, today)})
        asked = asked_year(year, years, today)
        rows = [row for each in of_page for row in _rows(session, site, each, asked, today, now)]
        lines = page_of(worst_first(rows), number)
        if lines.number != number:
            raise NotFoundError(NO_LIST)
        return ComparisonPage(
            name=of_page[0].name if code else county_name(of_page),
            code=code or "",
            year=asked,
            years=tuple(reversed(years)),
            whole=together(dict(enumerate(row.timeliness for row in rows)), asked),
            lines=lines,
            demo=any(each.demo for each in of_page),
        )


def _townships(session: Session, code: str | None) -> list[Township]:
    if code is None:
        return townships(session)
    township = township_by_code(session, code)
    if township is None:
        raise NotFoundError(NO_TOWNSHIP_HERE)
    return [township]


def _rows(
    session: Session, site: Site, township: Township, year: int, today: date, now: datetime
) -> list[PlaceTimeliness]:
    """The township itself, then its villages of today."""
    sums, none = township_timeliness(session, site, township, year, now), Timeliness(year)
    own = PlaceTimeliness(PlaceLink(township.name, township.code), sums.get(None, none))
    return [
        own,
        *(
            PlaceTimeliness(
                PlaceLink(village.name, village.code), sums.get(village.id, none), township.name
            )
            for village in session.scalars(villages_on(township.id, today))
        ),
    ]
