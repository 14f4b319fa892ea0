"""不适用: a duty that does not apply this time, and its taking back."""

from datetime import datetime

from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.access import duty_for
from bulletin.services.duties.advance_matter import open_next_phase
from bulletin.services.duties.overview import lines_of
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site


def mark_not_applicable(site: Site, actor: Actor, duty_id: int, reason: str, now: datetime) -> None:
    """不适用 for this occasion, with a reason and who declared it; a matter goes on to its next phase."""
    if not reason.strip():
        raise refuse("reason_missing", "请写明为什么这一期不适用。")
    with site.sessions.writing() as session:
        duty = duty_for(session, actor, duty_id)
        line = lines_of(session, site, [duty], now)[0]
        step_waits = line.status is DutyStatus.WAITING and line.waits_for_event
        if not line.is_open and not step_waits:  # what was judged stays as it was judged
            raise refuse("not_open", "这一项已经有了结果，不能再说不适用。")
        reason = ensure_text_is_clean(session, actor, reason, "原因")
        duty.declare_not_applicable(reason, actor.id, now)
        record(session, actor, "not_applicable", f"duty {duty.id}", now)
        open_next_phase(session, duty, now)


def revoke_not_applicable(site: Site, actor: Actor, duty_id: int, now: datetime) -> None:
    """What somebody declared not applicable is owed after all.

    Raises:
        Refused: nobody declared it.
    """
    with site.sessions.writing() as session:
        duty = duty_for(session, actor, duty_id)
        if duty.not_applicable_by is None:
            raise refuse("applicable", "没有人说过这一期不适用。")
        duty.declare_applicable(session, now)
        record(session, actor, "owe_again", f"duty {duty.id}", now)
