"""台账: the requests of a township, each with its day; and their year in table 三."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select

from bulletin.domain.days import village_day
from bulletin.domain.oversight.annual_report.layout import CellKey
from bulletin.domain.oversight.requests.clock import Clock, clock_of
from bulletin.domain.oversight.requests.outcomes import (
    cells_of,
    request_figures,
)
from bulletin.domain.pages import Page, page_of, page_span
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import reads
from bulletin.services.site import Site
from bulletin.store.information_requests import (
    InformationRequest,
    counted_in,
    open_requests,
    requests_at,
)


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    id: int
    register_name: str
    asked_for: str
    applicant: str  # 自然人; never a name in a list
    received_on: date
    due_on: date
    ended_on: date | None
    outcome: str  # 予以公开; '' while it is open
    is_late: bool  # it was due and is open, or was answered after its day
    given_up_on: (
        date | None
    )  # the applicant is waited for: from when on it may be ended as given up

    @property
    def act_on(self) -> date:
        """By when something is to be done with it."""
        return self.given_up_on or self.due_on


def request_lines(
    site: Site, actor: Actor, now: datetime, *, year: int | None = None, number: int | None = None
) -> Page[RequestLine]:
    """A page of the ledger, the newest first; empty for whoever is not of the township.

    Args:
        year: of the receipt.
        number: which page.
    """
    if not reads(actor):
        return page_of((), None)
    asked = requests_at(actor.township_id)
    if year is not None:
        asked = asked.where(InformationRequest.year == year)
    with site.sessions.reading() as session:
        count = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery()))
        span = page_span(count or 0, number)
        rows = session.scalars(asked.offset(span.first).limit(span.per_page))
        return span.with_lines([line_of(site, request, now) for request in rows])


def open_lines(site: Site, actor: Actor, now: datetime) -> list[RequestLine]:
    """What is still to be answered, what is due first on top."""
    if not reads(actor):
        return []
    with site.sessions.reading() as session:
        rows = session.scalars(open_requests(actor.township_id))
        return sorted(
            (line_of(site, request, now) for request in rows), key=lambda line: line.act_on
        )


def year_figures(site: Site, actor: Actor, year: int) -> Mapping[CellKey, Decimal]:
    """Table 三 of a year, as far as it is known; nothing for whoever is not of the township."""
    requests = []
    if reads(actor):
        with site.sessions.reading() as session:
            requests = [each.facts for each in session.scalars(counted_in(actor.township_id, year))]
    return request_figures(requests, year, site.requests.outcomes, site.report_layout(year))


def lines_of_cell(
    site: Site, actor: Actor, year: int, key: CellKey, now: datetime
) -> list[RequestLine]:
    """The requests that a cell of table 三 counts."""
    if not reads(actor):
        return []
    layout, outcomes = site.report_layout(year), site.requests.outcomes
    with site.sessions.reading() as session:
        return [
            line_of(site, each, now)
            for each in session.scalars(counted_in(actor.township_id, year))
            if key in cells_of(each.facts, year, outcomes, layout)
        ]


def request_clock(site: Site, request: InformationRequest) -> Clock:
    """Its clock, by the township's limits."""
    return clock_of(request.course, site.requests.limits, site.calendar)


def line_of(site: Site, request: InformationRequest, now: datetime) -> RequestLine:
    """A request as a line of the ledger."""
    clock, outcome = request_clock(site, request), site.requests.outcomes.get(request.outcome)
    return RequestLine(
        id=request.id,
        register_name=request.register_name,
        asked_for=request.asked_for,
        applicant=request.applicant.label,
        received_on=request.received_on,
        due_on=clock.due_on,
        ended_on=request.ended_on,
        outcome=outcome.words if outcome else "",
        is_late=clock.waits_for is None and (request.ended_on or village_day(now)) > clock.due_on,
        given_up_on=clock.given_up_on,
    )
