"""督办 as people see it: what is open, what was closed, and one of them with all that was said."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.oversight.escalation.course import (
    EscalationEntryKind,
    may_answer,
    may_issue,
)
from bulletin.domain.oversight.escalation.steps import EscalationStep, StepOffer
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor, Role
from bulletin.services.oversight.escalation.access import escalation_to_read, sees_cases
from bulletin.services.oversight.escalation.subjects import (
    EscalationSubject,
    key_of,
    newest_about,
    offer_of,
    subjects_of,
    unsettled,
)
from bulletin.services.oversight.office import reads
from bulletin.services.site import Site
from bulletin.store.escalations import (
    Escalation,
    EscalationItem,
    about_the_same,
    escalations_at,
    open_escalations,
)
from bulletin.store.places import in_places


@dataclass(frozen=True, kw_only=True)
class EscalationLine:
    id: int
    register_name: str
    step: EscalationStep
    village: str
    about: str
    issued_on: date
    answer_by: date
    days_late: int  # 0 before its day, and once it is closed
    is_answered: bool
    has_answers: bool  # the village answered some of it, or all
    closed_on: date | None
    outcome: str
    to_answer: bool  # this person answers, and nobody has
    mine: bool  # this person issues and closes


@dataclass(frozen=True, kw_only=True)
class EscalationSaid:
    kind: EscalationEntryKind
    words: str
    said_on: date
    said_by: str
    until_on: date | None


@dataclass(frozen=True, kw_only=True)
class EscalationItemView:
    """One of the things that a step is about, with what was said to it."""

    place: int  # on the paper, from 1
    about: str
    was_due_on: date
    why: str
    duty_id: int | None
    inspection_id: int | None
    finding_id: int | None
    is_settled: bool  # it is done meanwhile
    closed_on: date | None
    outcome: str
    said: tuple[EscalationSaid, ...]
    offer: StepOffer | None
    answers: bool  # this person may


@dataclass(frozen=True, kw_only=True)
class EscalationView:
    line: EscalationLine
    code: str
    basis: str
    demand: str
    issuer: str
    first_answer_by: date
    items: tuple[EscalationItemView, ...]
    said: tuple[EscalationSaid, ...]  # of the whole
    others: tuple[EscalationLine, ...]  # the other steps about the same, the oldest first
    extends: bool
    notice_code: str
    drafts_notice: bool


def escalation_lines(
    site: Site, actor: Actor, now: datetime, *, number: int | None = None
) -> Page[EscalationLine]:
    """What a person may see, what is open first, then the newest; a page of it."""
    query = escalations_at(actor.township_id).where(in_places(Escalation.village_id, actor.places))
    if not reads(actor):
        answered = [place for place in actor.village_ids if may_answer(actor, place)]
        is_theirs = Escalation.village_id.in_(answered)
        query = query.where(or_(Escalation.step != EscalationStep.CASE, is_theirs))
    query = query.order_by(None).order_by(Escalation.closed_on.is_not(None), Escalation.id.desc())
    with site.sessions.reading() as session:
        count = session.scalar(
            select(func.count()).select_from(query.order_by(None).options().subquery())
        )
        span = page_span(count or 0, number)
        rows = session.scalars(query.offset(span.first).limit(span.per_page))
        return span.with_lines([_line(actor, row, village_day(now)) for row in rows])


def open_lines(site: Site, actor: Actor, now: datetime) -> list[EscalationLine]:
    """What is open where this person answers, or may close it; what is due first on top."""
    with site.sessions.reading() as session:
        query = open_escalations(actor.township_id).where(
            in_places(Escalation.village_id, actor.places)
        )
        lines = [_line(actor, row, village_day(now)) for row in session.scalars(query)]
    mine = [line for line in lines if line.mine or line.to_answer]
    return sorted(mine, key=lambda line: (line.answer_by, line.id))


def escalation_view(site: Site, actor: Actor, escalation_id: int, now: datetime) -> EscalationView:
    """One step with all that was said.

    Raises:
        NotFoundError: no such step, or none for this person.
    """
    today = village_day(now)
    with site.sessions.reading() as session:
        row = escalation_to_read(session, actor, escalation_id)
        chain = _chain(session, row)
        line = _line(actor, row, today)
        rule, is_open = site.escalation.steps[row.step], row.closed_on is None
        some = [key_of(item) for item in row.items]
        subjects, newest = subjects_of(session, site, actor, some, now), newest_about(session, some)
        drafts = rule.may_be_public and not row.notice_code and actor.holds(Role.LIAISON, None)
        return EscalationView(
            line=line,
            code=row.code,
            basis=rule.basis,
            demand=row.demand,
            issuer=row.issuer,
            first_answer_by=row.first_answer_by,
            items=tuple(
                _item(site, actor, each, subjects.get(key), newest.get(key), now)
                for key, each in zip(some, row.items, strict=True)
            ),
            said=_said(row, None),
            others=tuple(
                _line(actor, each, today)
                for each in chain
                if each.id != row.id
                and (each.step is not EscalationStep.CASE or sees_cases(actor, each.village_id))
            ),
            extends=line.mine
            and is_open
            and row.extensions < site.escalation.extensions
            and today <= row.answer_by,
            notice_code=row.notice_code,
            drafts_notice=drafts and bool(unsettled(row.items, subjects)),
        )


def _line(actor: Actor, row: Escalation, today: date) -> EscalationLine:
    is_open = row.closed_on is None
    return EscalationLine(
        id=row.id,
        register_name=row.register_name,
        step=row.step,
        village=row.village.name,
        about=row.about,
        issued_on=row.issued_on,
        answer_by=row.answer_by,
        days_late=max((today - row.answer_by).days, 0) if is_open else 0,
        is_answered=row.is_answered,
        has_answers=row.has_answers,
        closed_on=row.closed_on,
        outcome=row.ended_as.label if row.ended_as else "",
        to_answer=is_open and not row.is_answered and may_answer(actor, row.village_id),
        mine=may_issue(actor),
    )


def _item(
    site: Site,
    actor: Actor,
    item: EscalationItem,
    about: EscalationSubject | None,
    newest: EscalationItem | None,
    now: datetime,
) -> EscalationItemView:
    """One item; about: None where nothing is asked any more, as the day of its event was withdrawn."""
    row = item.escalation
    offer = offer_of(site, about, newest, now) if about and may_issue(actor) else None
    return EscalationItemView(
        place=item.place,
        about=item.about,
        was_due_on=item.was_due_on,
        why=item.why,
        duty_id=item.duty_id,
        inspection_id=about.inspection_id if about else None,
        finding_id=item.finding_id,
        is_settled=about is None or not about.is_open,
        closed_on=item.closed_on,
        outcome=item.ended_as.label if item.ended_as else "",
        said=_said(row, item.place),
        offer=offer,
        answers=item.closed_on is None and may_answer(actor, row.village_id),
    )


def _said(row: Escalation, item: int | None) -> tuple[EscalationSaid, ...]:
    """To one item, or of the whole."""
    return tuple(
        EscalationSaid(
            kind=each.kind,
            words=each.words,
            said_on=each.said_on,
            said_by=each.speaker.name if each.speaker else "",
            until_on=each.until_on,
        )
        for each in row.entries
        if each.item == item
    )


def _chain(session: Session, row: Escalation) -> list[Escalation]:
    """All steps about any of the same, the oldest first."""
    same = about_the_same(row.items)
    return list(reversed(session.scalars(escalations_at(row.township_id).where(same)).all()))
