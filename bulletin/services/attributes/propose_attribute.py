"""Propose that something is not disclosed by itself; decide on it with other eyes; take it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.duties.attributes import (
    Attribute,
    decision_refusals,
    finding_words,
    proposal_refusals,
)
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.people import Actor
from bulletin.services.access import duty_for, visible_duty
from bulletin.services.attributes.findings import facts_of_duty, waiting_finding
from bulletin.services.duties.advance_matter import open_next_phase
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.store.attribute_findings import AttributeFinding

PROPOSING = "属性认定由乡镇的信息员提出。"


def propose_attribute(
    site: Site, actor: Actor, duty_id: int, attribute: Attribute, reason: str, now: datetime
) -> None:
    """It waits for a second person; until then the duty is owed as before.

    Raises:
        Refused: no reason, or with every reason of `proposal_refusals`.
    """
    with site.sessions.writing() as session:
        duty = duty_for(session, actor, duty_id, PROPOSING)
        if reasons := proposal_refusals(attribute, facts_of_duty(session, site, duty, now)):
            raise Refused(*reasons)
        finding = AttributeFinding(
            township_id=duty.township_id,
            duty_id=duty.id,
            attribute=attribute,
            reason=_reason(session, actor, reason),
            proposed_at=now,
            proposed_by=actor.id,
            proposed_by_name=actor.name,
        )
        session.add(finding)
        record(
            session, actor, "propose_attribute", f"duty {duty.id}", now, attribute=attribute.value
        )


def accept_attribute(site: Site, actor: Actor, duty_id: int, now: datetime) -> None:
    """The second look agrees: the duty is answered by the finding, and by no notice."""
    with site.sessions.writing() as session:
        finding = _to_decide(session, site, actor, duty_id, now)
        duty = finding.duty
        if not facts_of_duty(session, site, duty, now).is_open:
            raise refuse("not_open", "这一项已经有了结果，请退回这个认定。")
        finding.is_accepted = True
        _decide(session, finding, actor, "accept_attribute", now)
        words = finding_words(finding.attribute, finding.reason)
        duty.declare_not_applicable(words, actor.id, now)
        open_next_phase(session, duty, now)


def refuse_attribute(site: Site, actor: Actor, duty_id: int, reason: str, now: datetime) -> None:
    """The second look disagrees: it is to be disclosed."""
    with site.sessions.writing() as session:
        finding = _to_decide(session, site, actor, duty_id, now)
        finding.decision_reason = _reason(session, actor, reason)
        _decide(session, finding, actor, "refuse_attribute", now)


def withdraw_attribute(site: Site, actor: Actor, duty_id: int, now: datetime) -> None:
    """Whoever proposed it takes it back before anybody decided."""
    with site.sessions.writing() as session:
        duty = duty_for(session, actor, duty_id, PROPOSING)
        finding = waiting_finding(session, duty.id)
        if finding is None or finding.proposed_by != actor.id:
            raise refuse("nothing_proposed", "没有您提出、还没有认定的。")
        finding.decision_reason = "提出的人撤回"
        _decide(session, finding, actor, "withdraw_attribute", now)


def _to_decide(
    session: Session, site: Site, actor: Actor, duty_id: int, now: datetime
) -> AttributeFinding:
    duty = visible_duty(session, actor, duty_id)
    if reasons := decision_refusals(actor, facts_of_duty(session, site, duty, now)):
        raise Refused(*reasons)
    finding = waiting_finding(session, duty.id)
    if finding is None:  # pragma: no cover - the rules asked the same rows
        raise Refused
    return finding


def _decide(
    session: Session, finding: AttributeFinding, actor: Actor, act: str, now: datetime
) -> None:
    finding.decided_at, finding.decided_by = now, actor.id
    finding.decided_by_name = actor.name
    subject = f"duty {finding.duty_id}"
    record(session, actor, act, subject, now, attribute=finding.attribute.value)


def _reason(session: Session, actor: Actor, reason: str) -> str:
    if not reason.strip():
        raise refuse("reason_missing", "请写明理由。")
    return ensure_text_is_clean(session, actor, reason, "理由")
