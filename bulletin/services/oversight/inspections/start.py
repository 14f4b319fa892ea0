"""The township begins 检查制度, and an inspection is begun."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.errors import refuse
from bulletin.domain.oversight.inspections.cadence import periods_open
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.domain.oversight.inspections.rounds import WHO, may_inspect
from bulletin.domain.people import Actor, Role
from bulletin.services.access import village_in
from bulletin.services.history import record
from bulletin.services.oversight.inspections.regime import every_of
from bulletin.services.site import Site
from bulletin.store.inspections import Inspection, InspectionRegime, regime_of


def begin_regime(site: Site, actor: Actor, since_on: date, every: Every, now: datetime) -> None:
    """检查制度 holds from a day on; said again, it changes how often the township inspects.

    Raises:
        Refused: neither overseer nor administrator, before this month, or an interval that the schedule does not have.
    """
    if not (actor.holds(Role.OVERSEER, None) or actor.administers):
        raise refuse("not_your_role", "检查制度由乡镇督查或者管理员定。")
    if every not in site.inspections.cadences[InspectionKind.INSPECTION].every:
        raise refuse("inspection_every", "请选多久检查一次。")
    if since_on < village_day(now).replace(day=1):
        raise refuse("regime_backdated", "只能从这个月或者以后的月起，不能往前定。")
    with site.sessions.writing() as session:
        session.add(
            InspectionRegime(
                township_id=actor.township_id,
                since_on=since_on,
                every=every,
                set_at=now,
                set_by=actor.id,
            )
        )
        facts = {"since_on": since_on.isoformat(), "every": every.value}
        record(
            session, actor, "begin_inspections", f"inspections {actor.township_id}", now, **facts
        )


def begin(
    site: Site, actor: Actor, village_id: int, kind: InspectionKind, period: Period, now: datetime
) -> int:
    """Begin an inspection, or go on with the one that was begun.

    Returns:
        Its id.

    Raises:
        NotFoundError: no such village.
        Refused: another does it, or the period is none of those that are open.
    """
    with site.sessions.writing() as session:
        village = village_in(session, actor, village_id)
        if not may_inspect(actor, kind, village.id):
            raise refuse("not_your_role", WHO[kind])
        if (begun := _begun(session, village.id, kind, period)) is not None:
            return begun
        regime = regime_of(session, actor.township_id)
        if regime is None:
            raise refuse("no_regime", "乡镇还没有定检查制度。")
        every = every_of(regime, kind, site.inspections)
        if period not in periods_open(every, regime.since_on, village_day(now)):
            raise refuse("period_not_open", f"{period.label}的{kind.label}现在不能做，不能往前补。")
        inspection = Inspection(
            township_id=actor.township_id,
            village_id=village.id,
            kind=kind,
            period=period.key,
            due_on=site.inspections.cadences[kind].due_on(period),
            form=_form(site),
            opened_at=now,
            opened_by=actor.id,
        )
        session.add(inspection)
        session.flush()
        facts = {"village": village.code, "kind": kind.value, "period": period.key}
        record(session, actor, "begin_inspection", f"inspection {inspection.id}", now, **facts)
        return inspection.id


def _begun(session: Session, village_id: int, kind: InspectionKind, period: Period) -> int | None:
    return session.scalar(
        select(Inspection.id).where(
            Inspection.village_id == village_id,
            Inspection.kind == kind,
            Inspection.period == period.key,
        )
    )


def _form(site: Site) -> list[dict[str, str]]:
    """The criteria as they are now: what the schedule says later changes no inspection that was begun."""
    return [
        {
            "key": each.key,
            "words": each.words,
            "question": each.question.value,
            "weight": each.weight.value,
            "article": each.article,
            "fact": each.fact.value if each.fact else "",
        }
        for each in site.inspections.criteria
    ]
