"""What a step is about: a duty that is overdue, or a finding that was not mended by its day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.oversight.escalation.steps import StepOffer, offered_step
from bulletin.domain.people import Actor
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import duties_with_places
from bulletin.store.escalations import EscalationItem, newest_by_duty, newest_by_finding
from bulletin.store.inspections import InspectionFinding, township_findings

SubjectKey = tuple[int | None, int | None]  # a duty, or a finding


@dataclass(frozen=True, kw_only=True)
class EscalationSubject:
    duty_id: int | None
    finding_id: int | None
    inspection_id: int | None  # in which it was found
    village_id: int
    village: str
    about: str
    was_due_on: date
    is_open: bool  # still owed, or not mended

    @property
    def key(self) -> SubjectKey:
        return self.duty_id, self.finding_id


def subject_of_duty(line: DutyLine, village_id: int) -> EscalationSubject | None:
    """None for what has no day: it waits for an event."""
    if line.due_on is None:
        return None
    return EscalationSubject(
        duty_id=line.id,
        finding_id=None,
        inspection_id=None,
        village_id=village_id,
        village=line.village,
        about=f"{line.title}（{line.label}）",
        was_due_on=line.due_on,
        is_open=line.status is DutyStatus.OVERDUE,
    )


def subject_of_finding(finding: InspectionFinding) -> EscalationSubject:
    words = {each.key: each.words for each in finding.inspection.criteria}
    period = finding.inspection.of_period.label
    origin = finding.place.removeprefix(finding.village.name)
    return EscalationSubject(
        duty_id=None,
        finding_id=finding.id,
        inspection_id=finding.inspection_id,
        village_id=finding.village_id,
        village=finding.village.name,
        about=f"{period}检查的问题：{words[finding.criterion]}{origin}",
        was_due_on=finding.mend_by,
        is_open=finding.mended_on is None,
    )


def subjects_of(
    session: Session, site: Site, actor: Actor, some: Collection[SubjectKey], now: datetime
) -> dict[SubjectKey, EscalationSubject]:
    """Some duties and findings of villages of the actor's township, in a few queries.

    Left out: what there is not, what has no day, and what a village found itself, which is its own.
    """
    duty_ids, finding_ids = _ids_of(some)
    duties = duties_with_places(duty_ids).where(
        Duty.township_id == actor.township_id, Duty.village_id.is_not(None)
    )
    lines = lines_of(session, site, list(session.scalars(duties)), now)
    owed = [subject_of_duty(line, line.village_id or 0) for line in lines]
    findings = session.scalars(township_findings(actor.township_id, finding_ids))
    found = [*filter(None, owed), *map(subject_of_finding, findings)]
    return {each.key: each for each in found}


def newest_about(
    session: Session, some: Collection[SubjectKey]
) -> dict[SubjectKey, EscalationItem]:
    """The newest step that was taken about each of some things, by its item there."""
    duty_ids, finding_ids = _ids_of(some)
    by_duty, by_finding = (
        newest_by_duty(session, duty_ids),
        newest_by_finding(session, finding_ids),
    )
    return {
        **{(duty_id, None): item for duty_id, item in by_duty.items()},
        **{(None, finding_id): item for finding_id, item in by_finding.items()},
    }


def unsettled(
    items: Iterable[EscalationItem], subjects: Mapping[SubjectKey, EscalationSubject]
) -> list[EscalationItem]:
    """The items of a step that nobody closed, and that are not done meanwhile."""
    return [
        item
        for item in items
        if item.closed_on is None and (about := subjects.get(key_of(item))) and about.is_open
    ]


def key_of(item: EscalationItem) -> SubjectKey:
    return item.duty_id, item.finding_id


def _ids_of(some: Collection[SubjectKey]) -> tuple[list[int], list[int]]:
    """The duties and the findings among them."""
    duties = [duty_id for duty_id, _ in some if duty_id is not None]
    return duties, [finding_id for _, finding_id in some if finding_id is not None]


def offer_of(
    site: Site, about: EscalationSubject, newest: EscalationItem | None, now: datetime
) -> StepOffer | None:
    """What may be issued about it now; nothing about what is settled."""
    if not about.is_open:
        return None
    issued = newest.issued if newest else None
    return offered_step(about.was_due_on, issued, site.escalation, village_day(now))
