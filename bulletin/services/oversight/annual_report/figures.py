"""The figures of a year: the tables from ledger and registers, and what the words may name."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group, Openness
from bulletin.domain.duties.coverage_shares import share_of
from bulletin.domain.oversight.annual_report.counts import ReportCount
from bulletin.domain.oversight.annual_report.fields import values_of
from bulletin.domain.oversight.annual_report.layout import CellKey
from bulletin.domain.oversight.escalation.steps import EscalationStep
from bulletin.domain.people import Actor
from bulletin.services.oversight.coverage_sums import VillageSum, coverage_by_village
from bulletin.services.oversight.registers import books
from bulletin.services.oversight.requests import ledger
from bulletin.services.oversight.trainings.overview import year_counts
from bulletin.services.site import Site
from bulletin.store import annual_counts as counts

_MOST_NAMED = 3  # places that are named as late
_OF_GROUPS = {
    Group.PARTY: ReportCount.PARTY,
    Group.GOVERNMENT: ReportCount.GOVERNMENT,
    Group.AFFAIRS: ReportCount.AFFAIRS,
    Group.FINANCE: ReportCount.FINANCE,
    Group.COLLECTIVE: ReportCount.COLLECTIVE,
}
Counted = dict[ReportCount, str]


def figures_of(site: Site, actor: Actor, year: int) -> dict[CellKey, Decimal]:
    """The three tables of a year."""
    return {**ledger.year_figures(site, actor, year), **books.year_figures(site, actor, year)}


def field_values(
    site: Site, actor: Actor, year: int, now: datetime, figures: Mapping[CellKey, Decimal]
) -> dict[str, str]:
    """What every field says that the words of a report may name."""
    with site.sessions.reading() as session:
        counted = {**_public(session, actor, year, now), **_kept(session, actor, year)}
        counted |= _overseen(session, actor, year)
    counted |= _punctual(site, actor, year, now)
    named = {count.label: words for count, words in counted.items()}
    return {**values_of(site.report_text.fields, figures), **named}


def _public(session: Session, actor: Actor, year: int, now: datetime) -> Counted:
    """What was published, of whom and of what class."""
    span = counts.span_of_year(year)
    places = dict.fromkeys((ReportCount.OF_TOWNSHIP, ReportCount.OF_VILLAGES), 0)
    groups = dict.fromkeys(_OF_GROUPS.values(), 0)
    for village_id, group, count in counts.published(session, actor.township_id, span, now):
        of_village = village_id is not None
        places[ReportCount.OF_VILLAGES if of_village else ReportCount.OF_TOWNSHIP] += count
        if group is not None:
            groups[_OF_GROUPS[Group(group)]] += count
    one_each = {
        ReportCount.CORRECTED: counts.corrected(actor.township_id, span, now),
        ReportCount.INTERPRETED: counts.interpretations(actor.township_id, span, now),
    }
    found = {ReportCount.PUBLISHED: sum(places.values()), **places, **groups}
    found |= {count: session.scalar(question) or 0 for count, question in one_each.items()}
    return _words({**found, **_openness(session, actor, span, now)})


def _openness(
    session: Session, actor: Actor, span: counts.Span, now: datetime
) -> dict[ReportCount, int]:
    """五公开 of the township's own notices; one that answers several items may count in several."""
    found = dict.fromkeys((ReportCount(each.value) for each in Openness), 0)
    for items in counts.own_items(session, actor.township_id, span, now):
        for part in {item["openness"] for item in items if "openness" in item}:
            found[ReportCount(part)] += 1
    return found


def _kept(session: Session, actor: Actor, year: int) -> Counted:
    """What was asked, held, hung and aired."""
    at, span = actor.township_id, counts.span_of_year(year)
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
    return _words(found)


def _overseen(session: Session, actor: Actor, year: int) -> Counted:
    """What the township inspected, ordered and taught."""
    at, span = actor.township_id, counts.span_of_year(year)
    found, mended = session.execute(counts.findings_in(at, span)).one()
    steps = dict(session.execute(counts.escalations_in(at, span)).all())
    taught = year_counts(session, at, year)
    return _words(
        {
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
    )


def _punctual(site: Site, actor: Actor, year: int, now: datetime) -> Counted:
    """How much of what fell due was public on time, and where most was not; of the year before, too."""
    places = {
        place.village or "乡镇": share_of(place.counts) for place in _places(site, actor, year, now)
    }
    owed = sum(share.owed for share in places.values())
    on_time = sum(share.on_time for share in places.values())
    lacking = {name: share.owed - share.on_time for name, share in places.items()}
    worst = sorted(filter(lacking.get, lacking), key=lambda name: -lacking[name])[:_MOST_NAMED]
    before = [share_of(place.counts) for place in _places(site, actor, year - 1, now)]
    found = {
        ReportCount.OWED: owed,
        ReportCount.ON_TIME: on_time,
        ReportCount.LACKING: owed - on_time,
        ReportCount.LACKING_BEFORE: sum(share.owed - share.on_time for share in before),
    }
    return {
        **_words(found),
        ReportCount.SHARE: f"{on_time * 100 // owed}%" if owed else "",
        ReportCount.LACKING_PLACES: "、".join(f"{name}{lacking[name]}项" for name in worst),
    }


def _places(site: Site, actor: Actor, year: int, now: datetime) -> list[VillageSum]:
    first_on, last_on = date(year, 1, 1), date(year, 12, 31)
    return coverage_by_village(site, actor, now, first_on=first_on, last_on=last_on)


def _words(found: Mapping[ReportCount, int]) -> Counted:
    return {count: str(number) for count, number in found.items()}
