"""发出: the overseer takes the next step, and its paper is set and kept as it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.codes import new_code
from bulletin.domain.days import day_words, village_day
from bulletin.domain.errors import Conflict, NotFoundError, Refused, refuse
from bulletin.domain.oversight.escalation.course import why_not_said
from bulletin.domain.oversight.escalation.steps import EscalationStep, StepOffer
from bulletin.domain.people import Actor
from bulletin.services.duties.due_date import calendar_of
from bulletin.services.history import record
from bulletin.services.oversight.escalation.access import ensure_issues
from bulletin.services.oversight.escalation.subjects import (
    EscalationSubject,
    SubjectKey,
    newest_about,
    offer_of,
    subjects_of,
)
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.escalation import EscalationFacts
from bulletin.store.escalations import Escalation, EscalationItem, issued_facts, last_number
from bulletin.store.places import Township
from bulletin.store.publishers import speaker_of

MAX_ITEMS = 20  # of one paper


@dataclass(frozen=True)
class Offered:
    """One thing that is late, and why the step may be taken about it."""

    about: EscalationSubject
    offer: StepOffer


@dataclass(frozen=True, kw_only=True)
class StepToIssue:
    """What the overseer reads before issuing it."""

    step: EscalationStep
    village_id: int
    village: str
    items: tuple[Offered, ...]  # the longest late first
    basis: str
    answer_by: date
    demand: str  # as it is proposed

    @property
    def about(self) -> str:
        """What it is about, in a line."""
        first = self.items[0].about.about
        return first if len(self.items) == 1 else f"{first}等{len(self.items)}项"


def step_to_issue(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    duties: Collection[int] = (),
    findings: Collection[int] = (),
) -> StepToIssue:
    """The step that may be issued about some duties and findings of one village now.

    Raises:
        NotFoundError: no such duty or finding.
        Refused: not the overseer, nothing chosen or too much, of several villages, or no step or not the same one may
            follow for all of them.
    """
    ensure_issues(actor)
    with site.sessions.reading() as session:
        return _step(session, site, actor, now, duties, findings)


def _step(
    session: Session,
    site: Site,
    actor: Actor,
    now: datetime,
    duties: Collection[int],
    findings: Collection[int],
) -> StepToIssue:
    some: list[SubjectKey] = [(each, None) for each in sorted(set(duties))]
    some += [(None, each) for each in sorted(set(findings))]
    if not 1 <= len(some) <= MAX_ITEMS:
        raise refuse("items_count", f"请选要督办的事项，一份最多{MAX_ITEMS}项。")
    items = _offered(session, site, actor, now, some)
    items.sort(key=lambda item: item.about.was_due_on)
    step, about = items[0].offer.step, items[0].about
    if any(each.about.village_id != about.village_id for each in items):
        raise refuse("one_village", "一份督办只发给一个村，请按村分开发。")
    if any(each.offer.step is not step for each in items):
        raise refuse("one_step", "有的该发督办单，有的该发下一步，请分开发。")
    calendar = calendar_of(site, session.get_one(Township, actor.township_id))
    by = site.escalation.answer_by(step, village_day(now), calendar)
    return StepToIssue(
        step=step,
        village_id=about.village_id,
        village=about.village,
        items=tuple(items),
        basis=site.escalation.steps[step].basis,
        answer_by=by,
        demand=_demand(items, by),
    )


def _offered(
    session: Session, site: Site, actor: Actor, now: datetime, some: list[SubjectKey]
) -> list[Offered]:
    subjects = subjects_of(session, site, actor, some, now)
    if len(subjects) < len(some):
        raise NotFoundError("没有要督办的这一项。")
    newest, items = newest_about(session, some), []
    for about in (subjects[key] for key in some):
        offer = offer_of(site, about, newest.get(about.key), now)
        if offer is None:
            words = "现在不能发督办：还没有迟到规定的天数，已经办好，或者上一步还没有到期。"
            raise refuse("no_step", f"“{about.about}”{words}")
        items.append(Offered(about, offer))
    return items


def _demand(items: Sequence[Offered], by: date) -> str:
    if len(items) == 1:
        return f"请在{day_words(by)}前把“{items[0].about.about}”办好，并书面答复。"
    return f"请在{day_words(by)}前把上面{len(items)}项办好，并逐项书面答复。"


def issue(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    demand: str,
    duties: Collection[int] = (),
    findings: Collection[int] = (),
) -> int:
    """Issue the step that may follow now, of today, on one paper; returns its id.

    Raises:
        NotFoundError: no such duty or finding.
        Refused: as `step_to_issue`, or no demand.
        Conflict: another was issued at the same moment.
    """
    ensure_issues(actor)
    if reasons := why_not_said(demand, "要求村里做什么"):
        raise Refused(*reasons)
    with site.sessions.reading() as session:
        step = _step(session, site, actor, now, duties, findings)
        row = _row(session, actor, step, demand.strip(), now)
        facts = _facts(session, site, row, step)
    row.pdf = site.files.put(site.composer.compose_templated(facts).pdf)
    with site.sessions.reading() as session:  # setting the paper took its time
        is_same = _step(session, site, actor, now, duties, findings).items == step.items
    with site.sessions.writing() as session:
        if not is_same or not _is_next(session, site, row, step, now):
            raise Conflict("刚才有人发了另一份，请再看一遍。")
        session.add(row)
        session.flush()
        record(session, actor, "issue_escalation", f"escalation {row.id}", now, **issued_facts(row))
        return row.id


def _is_next(
    session: Session, site: Site, row: Escalation, step: StepToIssue, now: datetime
) -> bool:
    """Whether nobody issued another of the same number, or about any of the same."""
    newest = newest_about(session, [each.about.key for each in step.items])
    return last_number(session, row.township_id, row.step, row.year) < row.number and all(
        offer_of(site, each.about, newest.get(each.about.key), now) == each.offer
        for each in step.items
    )


def _row(
    session: Session, actor: Actor, step: StepToIssue, demand: str, now: datetime
) -> Escalation:
    today = village_day(now)
    return Escalation(
        township_id=actor.township_id,
        village_id=step.village_id,
        step=step.step,
        year=today.year,
        number=last_number(session, actor.township_id, step.step, today.year) + 1,
        code=new_code(),
        items=[_item(actor, place, each) for place, each in enumerate(step.items, 1)],
        about=step.about,
        was_due_on=step.items[0].about.was_due_on,
        why="\n".join(each.offer.why for each in step.items),
        demand=demand,
        issued_on=today,
        issued_at=now,
        issued_by=actor.id,
        issuer=actor.name,
        first_answer_by=step.answer_by,
        answer_by=step.answer_by,
        pdf="",
    )


def _item(actor: Actor, place: int, offered: Offered) -> EscalationItem:
    about = offered.about
    return EscalationItem(
        township_id=actor.township_id,
        place=place,
        duty_id=about.duty_id,
        finding_id=about.finding_id,
        about=about.about,
        was_due_on=about.was_due_on,
        why=offered.offer.why,
    )


def _facts(session: Session, site: Site, row: Escalation, step: StepToIssue) -> EscalationFacts:
    township = session.get_one(Township, row.township_id)
    return EscalationFacts(
        township=speaker_of(session, township.id, None).name,
        title=TITLES[row.step],
        number=row.register_name,
        to=f"{step.village}村民委员会",
        items=tuple((each.about, day_words(each.was_due_on), each.why) for each in row.items),
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
