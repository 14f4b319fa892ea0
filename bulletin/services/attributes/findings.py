"""What was proposed for a duty's attribute, what a person may do about it, and what waits for them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.duties.attributes import (
    Attribute,
    AttributeFacts,
    decision_refusals,
    proposal_refusals,
)
from bulletin.domain.errors import NotFoundError
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import Actor, Role
from bulletin.services.access import NO_DUTY, visible_duty
from bulletin.services.catalog.in_force import owed_item
from bulletin.services.duties.overview import lines_of
from bulletin.services.site import Site
from bulletin.store.attribute_findings import AttributeFinding, findings_on, undecided
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import notices_by_duty


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    attribute: Attribute
    reason: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str  # '' while it waits for the second look
    is_accepted: bool
    decision_reason: str


@dataclass(frozen=True, kw_only=True)
class AttributeRoom:
    """All of one duty's attribute that its page shows."""

    lines: tuple[FindingLine, ...]
    may_propose: bool
    may_decide: bool
    may_withdraw: bool

    @property
    def waiting(self) -> FindingLine | None:
        return next((line for line in self.lines if not line.decided_by), None)


def attribute_room(site: Site, actor: Actor, duty_id: int, now: datetime) -> AttributeRoom:
    """Raises NotFoundError for a duty that is none of this person's."""
    with site.sessions.reading() as session:
        duty = visible_duty(session, actor, duty_id)
        facts = facts_of_duty(session, site, duty, now)
        is_liaison = actor.holds(Role.LIAISON, duty.village_id)
        return AttributeRoom(
            lines=tuple(map(_line, session.scalars(findings_on(duty.id)))),
            may_propose=is_liaison and not proposal_refusals(Attribute.WITHHELD, facts),
            may_decide=not decision_refusals(actor, facts),
            may_withdraw=facts.is_proposed and facts.proposed_by == actor.id,
        )


def _line(finding: AttributeFinding) -> FindingLine:
    return FindingLine(
        attribute=finding.attribute,
        reason=finding.reason,
        proposed_by=finding.proposed_by_name,
        proposed_at=finding.proposed_at,
        decided_by=finding.decided_by_name,
        is_accepted=finding.is_accepted,
        decision_reason=finding.decision_reason,
    )


def facts_of_duty(session: Session, site: Site, duty: Duty, now: datetime) -> AttributeFacts:
    """What the rules need to know of a duty."""
    line = lines_of(session, site, [duty], now)[0]
    notices = notices_by_duty(session, [duty.id]).get(duty.id, [])
    waiting = waiting_finding(session, duty.id)
    return AttributeFacts(
        of_township=duty.village_id is None,
        is_open=line.is_open,
        is_written=any(n.effective_edition.state is not State.TAKEN_DOWN for n in notices),
        proposed_by=waiting.proposed_by if waiting else None,
        is_proposed=waiting is not None,
    )


def waiting_finding(session: Session, duty_id: int) -> AttributeFinding | None:
    found = session.scalars(findings_on(duty_id)).all()
    return next((finding for finding in found if finding.decided_at is None), None)


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """One proposal that waits for this person's eyes."""

    duty_id: int
    title: str
    attribute: str  # 不予公开
    reason: str
    proposed_by: str


def second_looks(site: Site, actor: Actor, now: datetime) -> list[SecondLook]:
    """What this person may decide, the oldest first."""
    with site.sessions.reading() as session:
        return [
            _look(session, finding)
            for finding in session.scalars(undecided(actor.township_id))
            if not decision_refusals(actor, facts_of_duty(session, site, finding.duty, now))
        ]


def _look(session: Session, finding: AttributeFinding) -> SecondLook:
    try:
        title = owed_item(session, finding.duty)[1].title
    except NotFoundError:
        title = NO_DUTY
    return SecondLook(
        duty_id=finding.duty_id,
        title=f"{title}（{finding.duty.label}）",
        attribute=finding.attribute.label,
        reason=finding.reason,
        proposed_by=finding.proposed_by_name,
    )
