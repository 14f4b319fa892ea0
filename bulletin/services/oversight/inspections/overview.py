"""Inspections as people see them: what is due, what is to be mended, and what was signed."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.domain.oversight.inspections.rounds import (
    BY_VILLAGE,
    InspectionState,
    may_inspect,
)
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor
from bulletin.services.oversight.inspections.regime import InspectionOccasion, occasions
from bulletin.services.site import Site
from bulletin.store.inspections import (
    Inspection,
    InspectionFinding,
    inspections_at,
    open_findings,
    regime_of,
)
from bulletin.store.places import in_places
from bulletin.store.villages import names_on


@dataclass(frozen=True, kw_only=True)
class Regime:
    since_on: date
    every: Every


@dataclass(frozen=True, kw_only=True)
class InspectionLine:
    id: int  # 0: not begun
    village_id: int
    village: str
    kind: InspectionKind
    period: str  # its key
    label: str  # 2026年第四季度
    due_on: date
    why: str  # why it is due then; '' in the list of those that were begun
    state: InspectionState | None  # None: not begun
    level: str
    percent: int | None
    signed_on: date | None
    open_findings: int
    is_late: bool
    mine: bool  # whether this person does it

    @property
    def occasion(self) -> tuple[date, str, str]:
        """What lines of one look at many villages have in common."""
        return self.due_on, self.kind.value, self.period


@dataclass(frozen=True, kw_only=True)
class MendingLine:
    id: int
    inspection_id: int
    village_id: int
    village: str
    kind: InspectionKind
    criterion: str  # in words
    words: str
    found_on: date
    first_mend_by: date
    mend_by: date
    days_late: int  # 0 before its day
    reported_on: date | None
    report: str
    mended_on: date | None
    may_report: bool
    may_confirm: bool


def regime(site: Site, actor: Actor) -> Regime | None:
    """检查制度 of the township; None before it began."""
    with site.sessions.reading() as session:
        row = regime_of(session, actor.township_id)
        return Regime(since_on=row.since_on, every=row.every) if row else None


def due_lines(site: Site, actor: Actor, now: datetime) -> list[InspectionLine]:
    """What may be done today and is not signed, village by village, what is due first on top."""
    today = village_day(now)
    with site.sessions.reading() as session:
        row = regime_of(session, actor.township_id)
        if row is None:
            return []
        places = names_on(session, actor.township_id, today)
        asked = occasions(row, site.inspections, today)
        periods = {each.period.key for each in asked}
        begun = {
            (each.village_id, each.kind, each.period): each
            for each in session.scalars(
                inspections_at(actor.township_id).where(Inspection.period.in_(periods))
            )
        }
        lines = [
            _due(actor, village_id, name, occasion, begun, today)
            for occasion in asked
            for village_id, name in places.items()
            if actor.may_see(village_id)
        ]
    return sorted(
        (line for line in lines if line.state is not InspectionState.SIGNED),
        key=lambda line: (line.due_on, line.kind, line.village_id),
    )


def inspection_lines(
    site: Site, actor: Actor, now: datetime, *, number: int | None = None
) -> Page[InspectionLine]:
    """All that were begun and that a person may see, the newest first, a page of it."""
    query = inspections_at(actor.township_id).where(in_places(Inspection.village_id, actor.places))
    with site.sessions.reading() as session:
        count = session.scalar(
            select(func.count()).select_from(query.order_by(None).options().subquery())
        )
        span = page_span(count or 0, number)
        rows = session.scalars(query.offset(span.first).limit(span.per_page))
        return span.with_lines([line_of(actor, row, village_day(now)) for row in rows])


def finding_lines(site: Site, actor: Actor, now: datetime) -> list[MendingLine]:
    """What is still to be mended where a person may see it, the oldest day first."""
    with site.sessions.reading() as session:
        query = open_findings(actor.township_id).where(
            in_places(InspectionFinding.village_id, actor.places)
        )
        return [finding_line(actor, row, village_day(now)) for row in session.scalars(query)]


def line_of(actor: Actor, row: Inspection, today: date) -> InspectionLine:
    """One inspection that was begun."""
    percent = row.points * 100 // row.points_of if row.points_of else None
    return InspectionLine(
        id=row.id,
        village_id=row.village_id,
        village=row.village.name,
        kind=row.kind,
        period=row.period,
        label=row.of_period.label,
        due_on=row.due_on,
        why="",
        state=row.state,
        level=row.level,
        percent=percent if row.signed_on else None,
        signed_on=row.signed_on,
        open_findings=sum(finding.mended_on is None for finding in row.findings),
        is_late=(row.signed_on or today) > row.due_on,
        mine=may_inspect(actor, row.kind, row.village_id),
    )


def finding_line(actor: Actor, row: InspectionFinding, today: date) -> MendingLine:
    inspection = row.inspection
    words = {each.key: each.words for each in inspection.criteria}
    is_open, signed = row.mended_on is None, inspection.signed_on is not None
    return MendingLine(
        id=row.id,
        inspection_id=row.inspection_id,
        village_id=row.village_id,
        village=row.place,
        kind=inspection.kind,
        criterion=words[row.criterion],
        words=row.words,
        found_on=row.found_on,
        first_mend_by=row.first_mend_by,
        mend_by=row.mend_by,
        days_late=max((today - row.mend_by).days, 0) if is_open else 0,
        reported_on=row.reported_on,
        report=row.report,
        mended_on=row.mended_on,
        may_report=is_open and any(actor.holds(role, row.village_id) for role in BY_VILLAGE),
        may_confirm=is_open and signed and may_inspect(actor, inspection.kind, row.village_id),
    )


def _due(
    actor: Actor,
    village_id: int,
    village: str,
    occasion: InspectionOccasion,
    begun: dict[tuple[int, InspectionKind, str], Inspection],
    today: date,
) -> InspectionLine:
    row = begun.get((village_id, occasion.kind, occasion.period.key))
    if row is not None:
        return replace(line_of(actor, row, today), why=occasion.why)
    return InspectionLine(
        id=0,
        village_id=village_id,
        village=village,
        kind=occasion.kind,
        period=occasion.period.key,
        label=occasion.period.label,
        due_on=occasion.due_on,
        why=occasion.why,
        state=None,
        level="",
        percent=None,
        signed_on=None,
        open_findings=0,
        is_late=today > occasion.due_on,
        mine=may_inspect(actor, occasion.kind, village_id),
    )
