"""应急登记纸: every numbered sheet and what became of it; the numbers that nobody explained yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from bulletin.domain.days import village_day
from bulletin.domain.oversight.emergency import EmergencyState, unexplained
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import ensure_reads
from bulletin.services.site import Site
from bulletin.store.emergency_sheets import EmergencySheet, sheets_of


@dataclass(frozen=True, kw_only=True)
class EmergencyLine:
    number: int
    village: str  # '' for the township's office
    state: EmergencyState
    matter: str
    happened_on: date | None
    words: str
    entered_as: str
    printed_on: date
    settler: str


def emergency_lines(site: Site, actor: Actor, number: int | None) -> Page[EmergencyLine]:
    """A page of all sheets, the newest first.

    Raises:
        NotFoundError: for everybody who reads no ledgers there are none.
    """
    ensure_reads(actor)
    asked = sheets_of(actor.township_id)
    with site.sessions.reading() as session:
        count = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery()))
        span = page_span(count or 0, number)
        return span.with_lines(
            [_line(each) for each in session.scalars(asked.offset(span.first).limit(span.per_page))]
        )


def unexplained_numbers(site: Site, actor: Actor) -> list[int]:
    """The sheets before the last used one of which nobody said what became of them."""
    ensure_reads(actor)
    with site.sessions.reading() as session:
        return unexplained(each.facts for each in session.scalars(sheets_of(actor.township_id)))


def _line(sheet: EmergencySheet) -> EmergencyLine:
    return EmergencyLine(
        number=sheet.number,
        village=sheet.village.name if sheet.village else "",
        state=sheet.state,
        matter=sheet.matter.label if sheet.matter else "",
        happened_on=sheet.happened_on,
        words=sheet.words,
        entered_as=sheet.entered_as,
        printed_on=village_day(sheet.printed_at),
        settler=sheet.settler.name if sheet.settler else "",
    )
