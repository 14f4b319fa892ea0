"""The day by which the county wants the annual report becomes the rule of each township's catalog, and so of its duty."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.adaptation import Adaptation, Change, read_adaptation
from bulletin.domain.catalog.serialization import read_catalog
from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.domain.people import clock_for
from bulletin.services.catalog.adopt import CatalogToAdopt, adopt_in, earliest_day
from bulletin.services.one_by_one import one_by_one
from bulletin.services.oversight.annual_report.due import rule_of, yearly_limit
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption, latest_adoption
from bulletin.store.places import townships


def follow_county_day(site: Site, now: datetime) -> int:
    """Have the townships whose catalog asks for the report each year by another day ask for it by the county's.

    It is an adoption like any other: from the next day on, with what the township made of its catalog. What was due
    before keeps its day, and a catalog that asks in another rhythm its own. Returns how many townships follow.

    Raises:
        SomeFailed: of others, once all had their turn.
    """
    if not site.report_due:
        return 0
    with site.sessions.reading() as session:
        here = [each.id for each in townships(session) if _behind(session, site, each.id)]
    with one_by_one() as those:
        for township_id in here:
            with those.turn_of(f"township {township_id}"), site.sessions.writing() as session:
                if (latest := _behind(session, site, township_id)) is not None:
                    _adopt(session, site, latest, now)
    return len(here)


def _behind(session: Session, site: Site, township_id: int) -> Adoption | None:
    """The newest catalog of a township, where it has another day than the county's."""
    latest = latest_adoption(session, township_id, None)
    limit = yearly_limit(latest)
    if latest is None or limit is None or _is_own(read_adaptation(latest.adaptation)):
        return None
    return None if limit == rule_of(site.report_due) else latest


def _is_own(adaptation: Adaptation) -> bool:
    """Whether a township added the item itself: only what the catalog has is changed."""
    return any(item.code == REPORT_ITEM for item in adaptation.added)


def _adopt(session: Session, site: Site, latest: Adoption, now: datetime) -> None:
    limit, before = rule_of(site.report_due), read_adaptation(latest.adaptation)
    change = replace(
        before.changed.get(REPORT_ITEM, Change()),
        time_limit=limit,
        deadline_text=f"每年{limit.month}月{limit.day}日前公开上一年度报告",
    )
    clock = clock_for(latest.township_id)
    adopt_in(
        session,
        site,
        clock,
        None,
        now,
        adaptation=replace(before, changed={**before.changed, REPORT_ITEM: change}),
        from_on=earliest_day(session, clock, None, now),
        offered=CatalogToAdopt(read_catalog(latest.catalog.catalog), latest.catalog),
    )
