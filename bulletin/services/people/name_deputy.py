"""Name a deputy for the days of an absence, and end that before its time."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.deputies import Deputation, deputation_refusals
from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.people import Actor, Grants
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.deputations import DeputationRecord, deputations_since
from bulletin.store.people import Person, own_actor_of

NO_PERSON = "没有这个人。"
NOT_YOURS = "只能给自己请人替；别人的由管理员办理。"


def name_deputy(
    site: Site,
    actor: Actor,
    absent_id: int,
    deputy_id: int,
    from_on: date,
    until_on: date,
    now: datetime,
) -> int:
    """Let somebody take a reviewer's steps from one day to another, both included; returns its id.

    A reviewer names the own deputy, the administrator anybody's.

    Raises:
        NotFoundError: no such person in the actor's township.
        Refused: with every reason of `deputation_refusals`, or for somebody else without right.
    """
    _ensure_may(actor, absent_id)
    with site.sessions.writing() as session:
        absent, deputy = (_person(session, actor, each) for each in (absent_id, deputy_id))
        asked = Deputation(
            absent_id=absent.id,
            absent=absent.name,
            deputy_id=deputy.id,
            from_on=from_on,
            until_on=until_on,
        )
        _ensure(session, asked, absent, deputy, village_day(now))
        agreed = _agreed(asked, absent, deputy, actor, now)
        session.add(agreed)
        session.flush()
        days = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
        subject = f"person {absent.id}"
        record(session, actor, "name_deputy", subject, now, deputy=deputy.id, **days)
        return agreed.id


def _agreed(
    asked: Deputation, absent: Person, deputy: Person, actor: Actor, now: datetime
) -> DeputationRecord:
    return DeputationRecord(
        township_id=absent.township_id,
        absent_id=absent.id,
        absent_name=absent.name,
        deputy_id=deputy.id,
        deputy_name=deputy.name,
        from_on=asked.from_on,
        until_on=asked.until_on,
        named_at=now,
        named_by=actor.id,
    )


def end_deputation(site: Site, actor: Actor, deputation_id: int, now: datetime) -> None:
    """From now on the absent person does it alone again."""
    with site.sessions.writing() as session:
        agreed = session.get(DeputationRecord, deputation_id)
        if agreed is None or agreed.township_id != actor.township_id:
            raise NotFoundError("没有这一次代理。")
        _ensure_may(actor, agreed.absent_id)
        if agreed.ended_at is not None or agreed.until_on < village_day(now):
            raise refuse("over_already", "这一次已经结束了。")
        agreed.ended_at, agreed.ended_by = now, actor.id
        record(
            session,
            actor,
            "end_deputation",
            f"person {agreed.absent_id}",
            now,
            deputy=agreed.deputy_id,
        )


def _ensure_may(actor: Actor, absent_id: int) -> None:
    if not actor.administers and actor.id != absent_id:
        raise refuse("not_your_role", NOT_YOURS)


def _person(session: Session, actor: Actor, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.township_id != actor.township_id:
        raise NotFoundError(NO_PERSON)
    return person


def _ensure(
    session: Session, asked: Deputation, absent: Person, deputy: Person, today: date
) -> None:
    day = max(today, asked.from_on)
    own: tuple[Grants, Grants] = (
        own_actor_of(session, absent, day).grants,
        own_actor_of(session, deputy, day).grants,
    )
    if not own[1]:
        raise refuse("deputy_without_role", f"{deputy.name}那几天没有任何职务，不能替别人审。")
    standing = session.scalars(
        deputations_since(absent.township_id, today, people=(absent.id, deputy.id))
    )
    reasons = deputation_refusals(asked, *own, [each.terms for each in standing], today)
    if reasons:
        raise Refused(*reasons)
