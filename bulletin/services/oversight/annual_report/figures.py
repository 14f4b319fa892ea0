"""The figures of a year: the tables from ledger and registers, and what the words may name; of a county, of all its townships."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group, Openness
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.duties.coverage_shares import Share
from bulletin.domain.oversight.annual_report.counts import ReportCount
from bulletin.domain.oversight.annual_report.fields import values_of
from bulletin.domain.oversight.annual_report.layout import CellKey
from bulletin.domain.oversight.escalation.steps import EscalationStep
from bulletin.domain.oversight.supervision import share_on_time
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.oversight.annual_report.reporting_body import is_of_county
from bulletin.services.oversight.annual_report.townships_reports import townships_reports
from bulletin.services.oversight.registers import books
from bulletin.services.oversight.requests import ledger
from bulletin.services.oversight.supervision.outcomes import outcomes_by_place
from bulletin.services.oversight.trainings.overview import year_counts
from bulletin.services.site import Site
from bulletin.store import annual_counts as counts
from bulletin.store.asked_once import remember_answers

_MOST_NAMED = 3  # places that are named as late
_OF_GROUPS = {
    Group.PARTY: ReportCount.PARTY,
    Group.GOVERNMENT: ReportCount.GOVERNMENT,
    Group.AFFAIRS: ReportCount.AFFAIRS,
    Group.FINANCE: ReportCount.FINANCE,
    Group.COLLECTIVE: ReportCount.COLLECTIVE,
}
Counted = Counter[ReportCount]


def figures_of(site: Site, actor: Actor, year: int) -> dict[CellKey, Decimal]:
    """The three tables of a year."""
    return {**ledger.year_figures(site, actor, year), **books.year_figures(site, actor, year)}


def field_values(
    site: Site, actor: Actor, year: int, now: datetime, figures: Mapping[CellKey, Decimal]
) -> dict[str, str]:
    """What every field says that the words of a report may name."""
    if is_of_county(actor):
        counted, lacking = _of_townships(site, year, now)
    else:
        with site.sessions.reading() as session:
            counted, lacking = counts_of_township(session, site, actor.township_id, year, now)
    named = {count.label: str(number) for count, number in counted.items()}
    named |= {
        ReportCount.SHARE.label: _share(counted),
        ReportCount.LACKING_PLACES.label: _most(lacking),
    }
    return {**values_of(site.report_text.fields, figures), **named}


def _of_townships(site: Site, year: int, now: datetime) -> tuple[Counted, dict[str, int]]:
    """The counts of all townships of the site, and how much each lacked."""
    with site.sessions.reading() as session:
        remember_answers(session)
        members = townships_reports(session, year)
        summed_up = sum(each.content is not None for each in members)
        together, lacking = Counted({ReportCount.TOWNSHIPS: summed_up}), {}
        for each in members:
            counted, _villages = counts_of_township(session, site, each.township_id, year, now)
            together.update(counted)
            lacking[each.name] = counted[ReportCount.LACKING]
    return together, lacking


def counts_of_township(
    session: Session, site: Site, at: int, year: int, now: datetime
) -> tuple[Counted, dict[str, int]]:
    """The counts of a township, and how much each of its places lacked; kept until somebody acts there."""

    def count() -> tuple[Counted, dict[str, int]]:
        punctual, lacking = _punctual(session, site, at, year, now)
        counted = {**_public(session, at, year, now), **_kept(session, at, year)}
        return Counted({**counted, **_overseen(session, at, year), **punctual}), lacking

    return kept_counts(session, site, at, ("annual report", year), now, count)


def _public(session: Session, at: int, year: int, now: datetime) -> dict[ReportCount, int]:
    """What was published, of whom and of what class."""
    span = counts.span_of_year(year)
    places = dict.fromkeys((ReportCount.OF_TOWNSHIP, ReportCount.OF_VILLAGES), 0)
    groups = dict.fromkeys(_OF_GROUPS.values(), 0)
    corrected = 0
    for village_id, group, count, of_later in counts.published(session, at, span, now):
        of_village = village_id is not None
        places[ReportCount.OF_VILLAGES if of_village else ReportCount.OF_TOWNSHIP] += count
        if group is not None:
            groups[_OF_GROUPS[Group(group)]] += count
        corrected += of_later
    found = {ReportCount.PUBLISHED: sum(places.values()), **places, **groups}
    found |= {
        ReportCount.CORRECTED: corrected,
        ReportCount.INTERPRETED: session.scalar(counts.interpretations(at, span, now)) or 0,
    }
    return {**found, **_openness(session, at, span, now)}


def _openness(
    session: Session, at: int, span: counts.Span, now: datetime
) -> dict[ReportCount, int]:
    """五公开 of the township's own notices; one that answers several items may count in several."""
    found = dict.fromkeys((ReportCount(each.value) for each in Openness), 0)
    for items in counts.own_items(session, at, span, now):
        for part in {item["openness"] for item in items if "openness" in item}:
            found[ReportCount(part)] += 1
    return found


def _kept(session: Session, at: int, year: int) -> dict[ReportCount, int]:
    """What was asked, held, hung and aired."""
    span = counts.span_of_year(year)
    asked, closed = session.execute(counts.asked_in(at, span)).one()
    one_each = {
        ReportCount.VILLAGES: counts.villages_on(at, span),
        ReportCount.MEETINGS: counts.meetings_in(at, span),
        ReportCount.BOARDS: counts.boards_on(at, span),
        ReportCount.POSTED: counts.posted_in(at, span),
        ReportCount.AIRED: counts.aired_in(at, span),
        ReportCount.REQUEST_FEES: counts.request_fees_in(at, span),
    }
    found = {count: session.scalar(question) or 0 for count, question in one_each.items()}
    found |= {
        ReportCount.ASKED: asked,
        ReportCount.ANSWERED: closed,
        ReportCount.UNANSWERED: asked - closed,
    }
    return found


def _overseen(session: Session, at: int, year: int) -> dict[ReportCount, int]:
    """What the township inspected, ordered and taught."""
    span = counts.span_of_year(year)
    found, mended = session.execute(counts.findings_in(at, span)).one()
    steps = dict(session.execute(counts.escalations_in(at, span)).all())
    taught = year_counts(session, at, year)
    return {
        ReportCount.INSPECTIONS: session.scalar(counts.inspections_in(at, span)) or 0,
        ReportCount.FINDINGS: found,
        ReportCount.MENDED: mended,
        ReportCount.ORDERS: steps.get(EscalationStep.ORDER, 0),
        ReportCount.CIRCULARS: steps.get(EscalationStep.CIRCULAR, 0),
        ReportCount.CASES: steps.get(EscalationStep.CASE, 0),
        ReportCount.TRAININGS: taught.trainings,
        ReportCount.TRAINED: taught.came,
        ReportCount.PUBLICITY: taught.publicity,
        ReportCount.HANDOUTS: taught.handouts,
    }


def _punctual(
    session: Session, site: Site, at: int, year: int, now: datetime
) -> tuple[dict[ReportCount, int], dict[str, int]]:
    """How much of what fell due was public on time, of the year before, too; and what each place lacked."""
    shares = _shares(session, site, at, year, now)
    owed = sum(share.owed for share in shares.values())
    on_time = sum(share.on_time for share in shares.values())
    before = _shares(session, site, at, year - 1, now)
    found = {
        ReportCount.OWED: owed,
        ReportCount.ON_TIME: on_time,
        ReportCount.LACKING: owed - on_time,
        ReportCount.LACKING_BEFORE: sum(share.owed - share.on_time for share in before.values()),
    }
    return found, {name: share.owed - share.on_time for name, share in shares.items()}


def _shares(session: Session, site: Site, at: int, year: int, now: datetime) -> dict[str, Share]:
    """Of each place, as 督查 counts it."""
    period = Period.containing(Every.YEAR, date(year, 1, 1))
    found = outcomes_by_place(session, site, at, period, now)
    return {name: share_on_time(outcomes) for name, outcomes in found.items()}


def _share(counted: Counted) -> str:
    owed = counted[ReportCount.OWED]
    return f"{counted[ReportCount.ON_TIME] * 100 // owed}%" if owed else ""


def _most(lacking: Mapping[str, int]) -> str:
    """Where most was lacking: 张家村4项、李家村2项."""
    worst = sorted(filter(lacking.get, lacking), key=lambda name: -lacking[name])[:_MOST_NAMED]
    return "、".join(f"{name}{lacking[name]}项" for name in worst)
