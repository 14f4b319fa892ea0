"""播了: a loudspeaker aired a notice; a wrong record is put right with a reason, and what it said stays.

A record is never changed: a correction withdraws it and says which one is right since.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import minute_of
from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.outlets.airing import Aired, airing_refusals, plan_at, slot_at
from bulletin.domain.outlets.paste import ReadOut
from bulletin.domain.outlets.rules import sending_refusals
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.outlets.ready_to_send import paste_facts
from bulletin.services.outlets.record_sent import add_sending, record_sending_act, sending_of
from bulletin.services.outlets.script import (
    IS_NO_LOUDSPEAKER,
    aired_of,
    edition_to_air,
    loudspeaker_served_by,
    plan_of,
)
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.store.airing_queries import airings_of
from bulletin.store.airings import Airing
from bulletin.store.notices import Edition
from bulletin.store.outlets import Outlet, Sending
from bulletin.writers.broadcast.script import broadcast_lines, seconds_of


def record_airing(
    site: Site,
    actor: Actor,
    outlet_id: int,
    code: str,
    now: datetime,
    *,
    aired_at: datetime | None = None,
    choice: ReadOut,
) -> int:
    """The edition that residents read was aired; returns how often it still must be.

    Args:
        aired_at: when; None: now.
        choice: what of it was read out, and how often.

    Raises:
        NotFoundError: there is no such loudspeaker.
        Refused: it has ended, as `edition_to_air`, or with every reason of `sending_refusals` and `airing_refusals`.
    """
    with site.sessions.writing() as session:
        outlet = loudspeaker_served_by(session, actor, outlet_id, now)
        edition = edition_to_air(session, outlet, notice_for(session, actor, code), now)
        others = session.scalars(airings_of(edition.id, outlet.id)).all()
        at = aired_at or now
        new = _may_stand(outlet, edition, at, now, others=others, times=choice.times)
        lines = broadcast_lines(paste_facts(session, site, edition, now), choice)
        sending = add_sending(session, actor, edition, outlet, now, sent_at=at)
        _add_airing(session, sending, new.slot, choice.times, seconds_of(lines))
        plan = plan_of(outlet, edition)
        return max(0, (plan.airings if plan else 1) - len(others) - 1)


def correct_airing(
    site: Site,
    actor: Actor,
    sending_id: int,
    now: datetime,
    *,
    aired_at: datetime,
    times: int,
    reason: str,
) -> None:
    """It was aired at another moment, or read more or less often, than was recorded.

    Raises:
        NotFoundError: there is no such record. Refused: no reason, nothing changes, withdrawn already, or
            as `record_airing`.
    """
    with site.sessions.writing() as session:
        old, airing = _airing(session, actor, sending_id)
        why = _reason(session, actor, reason)
        if (minute_of(aired_at), times) == (minute_of(old.sent_at), airing.times):
            raise refuse("nothing_changes", "和原来记的一样，没有要更正的。")
        others = session.scalars(airings_of(old.edition_id, old.outlet_id)).all()
        others = [each for each in others if each.id != old.id]
        new = _may_stand(old.outlet, old.edition, aired_at, now, others=others, times=times)
        right = add_sending(session, actor, old.edition, old.outlet, now, sent_at=aired_at)
        right.person_id, right.person_name = old.person_id, old.person_name
        each_time = airing.seconds / airing.times if airing.seconds and airing.times else None
        _add_airing(
            session, right, new.slot, times, round(each_time * times) if each_time else None
        )
        _withdraw(session, actor, old, airing, why, now, replaced_by=right)


def withdraw_airing(
    site: Site, actor: Actor, sending_id: int, now: datetime, *, reason: str
) -> None:
    """It was never aired: the record counts no more, and stays to be read with the reason.

    Raises:
        NotFoundError: there is no such record. Refused: no reason, or withdrawn already.
    """
    with site.sessions.writing() as session:
        sending, airing = _airing(session, actor, sending_id)
        _withdraw(session, actor, sending, airing, _reason(session, actor, reason), now)


def _may_stand(
    outlet: Outlet,
    edition: Edition,
    at: datetime,
    now: datetime,
    *,
    others: Sequence[Sending],
    times: int,
) -> Aired:
    plan = plan_at([each.plan for each in outlet.plans], at)
    new = Aired(at, slot_at(plan.slots if plan else (), at))
    reasons = (
        *sending_refusals(outlet.kind, "", at, edition.publish_at or now, now),
        *airing_refusals(new, [aired_of(each) for each in others], times),
    )
    if reasons:
        raise Refused(*reasons)
    return new


def _add_airing(
    session: Session, sending: Sending, slot: str, times: int, seconds: int | None
) -> None:
    kept = Airing(
        sending_id=sending.id,
        township_id=sending.township_id,
        slot=slot,
        times=times,
        seconds=seconds,
        reason="",
        corrected_by="",
    )
    session.add(kept)


def _airing(session: Session, actor: Actor, sending_id: int) -> tuple[Sending, Airing]:
    sending = sending_of(session, actor, sending_id)
    if sending.airing is None:
        raise NotFoundError(IS_NO_LOUDSPEAKER)
    if sending.withdrawn_at is not None:
        raise refuse("withdrawn_already", "这条登记已经更正过了，请看播音登记表。")
    return sending, sending.airing


def _reason(session: Session, actor: Actor, reason: str) -> str:
    if not reason.strip():
        raise refuse("reason_missing", "请写明为什么更正，播音登记表上会写着。")
    return ensure_text_is_clean(session, actor, reason, "更正的原因")


def _withdraw(
    session: Session,
    actor: Actor,
    sending: Sending,
    airing: Airing,
    reason: str,
    now: datetime,
    *,
    replaced_by: Sending | None = None,
) -> None:
    sending.withdrawn_at, airing.reason, airing.corrected_by = now, reason, actor.name
    facts: dict[str, str | int] = {"was": sending.sent_at.isoformat(), "times": airing.times or 0}
    if replaced_by is not None:
        airing.replaced_by_id = replaced_by.id
        facts |= {"to": replaced_by.id, "is": replaced_by.sent_at.isoformat()}
    record_sending_act(session, actor, "correct_airing", sending, now, **facts)
