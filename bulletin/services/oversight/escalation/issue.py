"""发出: the overseer takes the next step, and its paper is set and kept as it is."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.codes import new_code
from bulletin.domain.days import day_words, village_day
from bulletin.domain.digests import canonical, sha256_hex
from bulletin.domain.errors import Conflict, Refused, refuse
from bulletin.domain.oversight.escalation.course import why_not_said
from bulletin.domain.oversight.escalation.steps import EscalationStep, StepOffer
from bulletin.domain.people import Actor
from bulletin.services.duties.due_date import calendar_of
from bulletin.services.history import record
from bulletin.services.oversight.escalation.access import ensure_issues
from bulletin.services.oversight.escalation.subjects import (
    EscalationSubject,
    newest_about,
    offer_of,
    subject,
)
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.escalation import EscalationFacts
from bulletin.store.escalations import Escalation, last_number
from bulletin.store.places import Township
from bulletin.store.publishers import speaker_of


@dataclass(frozen=True, kw_only=True)
class StepToIssue:
    """What the overseer reads before issuing it."""

    about: EscalationSubject
    offer: StepOffer
    basis: str
    answer_by: date
    demand: str  # as it is proposed


def step_to_issue(
    site: Site, actor: Actor, now: datetime, *, duty_id: int | None, finding_id: int | None
) -> StepToIssue:
    """The step that may be issued about a duty or a finding now.

    Raises:
        NotFoundError: no such duty or finding.
        Refused: not the overseer, or no step may follow.
    """
    ensure_issues(actor)
    with site.sessions.reading() as session:
        return _step(session, site, actor, now, duty_id, finding_id)


def _step(
    session: Session,
    site: Site,
    actor: Actor,
    now: datetime,
    duty_id: int | None,
    finding_id: int | None,
) -> StepToIssue:
    about = subject(session, site, actor, now, duty_id=duty_id, finding_id=finding_id)
    offer = offer_of(site, about, newest_about(session, about), now)
    if offer is None:
        raise refuse(
            "no_step",
            "这一项现在不能发督办：还没有迟到规定的天数，已经办好，或者上一步还没有到期。",
        )
    township = session.get_one(Township, actor.township_id)
    calendar = calendar_of(site, township)
    by = site.escalation.answer_by(offer.step, village_day(now), calendar)
    return StepToIssue(
        about=about,
        offer=offer,
        basis=site.escalation.steps[offer.step].basis,
        answer_by=by,
        demand=f"请在{day_words(by)}前把“{about.about}”办好，并书面答复。",
    )


def issue(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    demand: str,
    duty_id: int | None = None,
    finding_id: int | None = None,
) -> int:
    """Issue the step that may follow now, of today; returns its id.

    Raises:
        NotFoundError: no such duty or finding.
        Refused: not the overseer, no step may follow, or no demand.
        Conflict: another was issued at the same moment.
    """
    ensure_issues(actor)
    if reasons := why_not_said(demand, "要求村里做什么"):
        raise Refused(*reasons)
    with site.sessions.reading() as session:
        step = _step(session, site, actor, now, duty_id, finding_id)
        row = _row(session, actor, step, demand.strip(), now)
        facts = _facts(session, site, row, step)
    row.pdf = site.files.put(site.composer.compose_templated(facts).pdf)
    with site.sessions.writing() as session:
        same = _step(session, site, actor, now, duty_id, finding_id).offer == step.offer
        if not same or last_number(session, row.township_id, row.step, row.year) >= row.number:
            raise Conflict("刚才有人发了另一份，请再看一遍。")
        session.add(row)
        session.flush()
        said = {"about": row.about, "why": row.why, "demand": row.demand}
        kept = {
            "step": row.step.value,
            "number": row.number,
            "answer_by": row.answer_by.isoformat(),
            "said": sha256_hex(canonical(said)),
            "pdf": row.pdf,
        }
        record(session, actor, "issue_escalation", f"escalation {row.id}", now, **kept)
        return row.id


def _row(
    session: Session, actor: Actor, step: StepToIssue, demand: str, now: datetime
) -> Escalation:
    today, about = village_day(now), step.about
    return Escalation(
        township_id=actor.township_id,
        village_id=about.village_id,
        step=step.offer.step,
        year=today.year,
        number=last_number(session, actor.township_id, step.offer.step, today.year) + 1,
        code=new_code(),
        duty_id=about.duty_id,
        finding_id=about.finding_id,
        about=about.about,
        was_due_on=about.was_due_on,
        why=step.offer.why,
        demand=demand,
        issued_on=today,
        issued_at=now,
        issued_by=actor.id,
        issuer=actor.name,
        first_answer_by=step.answer_by,
        answer_by=step.answer_by,
        pdf="",
    )


def _facts(session: Session, site: Site, row: Escalation, step: StepToIssue) -> EscalationFacts:
    township = session.get_one(Township, row.township_id)
    return EscalationFacts(
        township=speaker_of(session, township.id, None).name,
        title=TITLES[row.step],
        number=row.register_name,
        to=f"{step.about.village}村民委员会",
        about=row.about,
        was_due=day_words(row.was_due_on),
        why=row.why,
        basis=step.basis,
        demand=row.demand,
        answer_by=day_words(row.answer_by),
        issuer=row.issuer,
        day=day_words(row.issued_on),
        code=row.code,
        link=f"{site.public_url}/E/{row.code}".upper(),
        mark=demo_mark(township),
    )


TITLES = {
    EscalationStep.ORDER: "村务公开督办单",
    EscalationStep.CIRCULAR: "村务公开通报",
    EscalationStep.CASE: "村务公开责任追究通知书",
}
