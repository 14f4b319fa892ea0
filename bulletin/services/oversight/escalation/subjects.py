"""What a step is about: a duty that is overdue, or a finding that was not mended by its day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.errors import NotFoundError
from bulletin.domain.oversight.escalation.steps import StepOffer, offered_step
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.domain.people import Actor
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.escalations import EscalationItem, newest_by_duty, newest_by_finding
from bulletin.store.inspections import InspectionFinding

NOTHING = "没有要督办的这一项。"


@dataclass(frozen=True, kw_only=True)
class EscalationSubject:
    duty_id: int | None
    finding_id: int | None
    village_id: int
    village: str
    about: str
    was_due_on: date
    is_open: bool  # still owed, or not mended


def subject_of_duty(line: DutyLine, village_id: int) -> EscalationSubject | None:
    """None for what has no day: it waits for an event."""
    if line.due_on is None:
        return None
    return EscalationSubject(
        duty_id=line.id,
        finding_id=None,
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
        village_id=finding.village_id,
        village=finding.village.name,
        about=f"{period}检查的问题：{words[finding.criterion]}{origin}",
        was_due_on=finding.mend_by,
        is_open=finding.mended_on is None,
    )


def subject(
    session: Session,
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    duty_id: int | None,
    finding_id: int | None,
) -> EscalationSubject:
    """One duty or one finding of a village of the actor's township.

    Raises:
        NotFoundError: there is none; what the village found itself is its own.
    """
    if duty_id is not None:
        duty = session.get(Duty, duty_id)
        if duty is None or duty.township_id != actor.township_id or duty.village_id is None:
            raise NotFoundError(NOTHING)
        (line,) = lines_of(session, site, [duty], now)
        found = subject_of_duty(line, duty.village_id)
        if found is not None:
            return found
    finding = session.get(InspectionFinding, finding_id) if finding_id is not None else None
    if (
        finding is None
        or finding.township_id != actor.township_id
        or finding.inspection.kind is not InspectionKind.INSPECTION
    ):
        raise NotFoundError(NOTHING)
    return subject_of_finding(finding)


def newest_about(session: Session, about: EscalationSubject) -> EscalationItem | None:
    """The newest step that was taken about something, by its item there."""
    if about.duty_id is not None:
        return newest_by_duty(session, [about.duty_id]).get(about.duty_id)
    found = about.finding_id or 0
    return newest_by_finding(session, [found]).get(found)


def offer_of(
    site: Site, about: EscalationSubject, newest: EscalationItem | None, now: datetime
) -> StepOffer | None:
    """What may be issued about it now; nothing about what is settled."""
    if not about.is_open:
        return None
    issued = newest.issued if newest else None
    return offered_step(about.was_due_on, issued, site.escalation, village_day(now))
