"""What may be issued today: what is late for long enough, and how far each has gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.oversight.escalation.course import may_issue
from bulletin.domain.oversight.escalation.steps import StepOffer, latest_due
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.domain.pages import Page
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.duty_list import DutyTab, duty_list
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.duties.overview import lines_of
from bulletin.services.oversight.escalation.subjects import (
    EscalationSubject,
    offer_of,
    subject_of_duty,
    subject_of_finding,
)
from bulletin.services.places.villages import village_choices
from bulletin.services.site import Site
from bulletin.store.duty_lists import duties_with_places
from bulletin.store.escalations import (
    EscalationItem,
    escalated_duties,
    newest_by_duty,
    newest_by_finding,
)
from bulletin.store.inspections import open_findings


@dataclass(frozen=True, kw_only=True)
class LateLine:
    """One thing that is late, and what may follow."""

    about: EscalationSubject
    offer: StepOffer | None
    newest: str  # 督办单〔2026〕3号; '' before the first
    newest_id: int


@dataclass(frozen=True)
class LateDuties:
    page: Page[LateLine]
    count: int  # of all


def late_duties(
    site: Site, actor: Actor, now: datetime, *, number: int | None = None
) -> LateDuties:
    """Duties of villages that are late for long enough, the longest first, a page of them."""
    places = [each.id for each in village_choices(site, actor, village_day(now))]
    found = duty_list(
        site,
        actor,
        now,
        tab=DutyTab.OVERDUE,
        places=places,
        last_due=latest_due(site.escalation, village_day(now)),
        number=number,
    )
    with site.sessions.reading() as session:
        newest = newest_by_duty(session, [line.id for line in found.page.lines])
    subjects = [(line.id, subject_of_duty(line, line.village_id or 0)) for line in found.page.lines]
    lines = [_line(site, each, newest.get(duty_id), now) for duty_id, each in subjects if each]
    page = Page(lines, found.page.number, found.page.pages)
    return LateDuties(page, found.counts[DutyTab.OVERDUE])


def late_findings(site: Site, actor: Actor, now: datetime) -> list[LateLine]:
    """Findings of the township's inspections whose day is over."""
    with site.sessions.reading() as session:
        findings = [
            each
            for each in session.scalars(open_findings(actor.township_id))
            if each.inspection.kind is InspectionKind.INSPECTION
            and each.mend_by <= latest_due(site.escalation, village_day(now))
        ]
        newest = newest_by_finding(session, [each.id for each in findings])
        return [
            _line(site, subject_of_finding(each), newest.get(each.id), now) for each in findings
        ]


def by_village(lines: Iterable[LateLine]) -> list[list[LateLine]]:
    """The lines of each village, which one paper may name together; villages as their first line stands.

    Two villages may have the same name.
    """
    found: dict[int, list[LateLine]] = {}
    for line in lines:
        found.setdefault(line.about.village_id, []).append(line)
    return list(found.values())


def offered_count(site: Site, actor: Actor, now: datetime) -> int:
    """About how many things a step may be issued now, by whoever may issue it; counted once after each act."""
    if not may_issue(actor):
        return 0
    question = "offered", actor.grants
    with site.sessions.reading() as session:
        (count,) = kept_counts(
            session, site, actor.township_id, question, now, lambda: (_offered(site, actor, now),)
        )
    return count


def _offered(site: Site, actor: Actor, now: datetime) -> int:
    count, last_on = (
        late_duties(site, actor, now).count,
        latest_due(site.escalation, village_day(now)),
    )
    with site.sessions.reading() as session:
        newest = newest_by_duty(session, escalated_duties(session, actor.township_id))
        duties = list(session.scalars(duties_with_places(newest)))
        begun = [
            offer_of(site, about, newest[line.id], now)
            for line in lines_of(session, site, duties, now)
            if (about := subject_of_duty(line, newest[line.id].escalation.village_id)) is not None
            and about.is_open
            and about.was_due_on <= last_on
        ]
    further = sum(offer is not None for offer in begun)
    findings = sum(line.offer is not None for line in late_findings(site, actor, now))
    return max(count - len(begun), 0) + further + findings


def _line(
    site: Site, about: EscalationSubject, newest: EscalationItem | None, now: datetime
) -> LateLine:
    return LateLine(
        about=about,
        offer=offer_of(site, about, newest, now),
        newest=newest.escalation.register_name if newest else "",
        newest_id=newest.escalation_id if newest else 0,
    )
