"""报来了: material of a department came in; and 提醒过了: a department was reminded."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.reporting import ReminderWay
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_organises
from bulletin.services.oversight.reporting.progress import ReportingLine, reporting_line
from bulletin.services.site import Site
from bulletin.store.reporting import ReportedMaterial, ReportingReminder

MAX_REASON = 120  # characters


def record_material(
    site: Site, actor: Actor, item_code: str, occasion: str, reported_on: date, now: datetime
) -> None:
    """Material for an occasion came in on a day.

    Raises:
        NotFoundError: no department reports for this.
        Refused: not an organiser, a day to come, or it is recorded.
    """
    ensure_organises(actor)
    if reported_on > village_day(now):
        raise refuse("day_in_future", "报来的日子不能在今天之后。")
    with site.sessions.writing() as session:
        line = reporting_line(session, site, actor, item_code, occasion, now)
        if line.reported_on is not None:
            raise refuse("reported_already", "这一项已经登记过报来了。")
        session.add(
            ReportedMaterial(
                **_told(actor, item_code, occasion, line),
                reported_on=reported_on,
                entered_at=now,
                entered_by=actor.id,
            )
        )
        facts = {"occasion": occasion, "reported_on": reported_on.isoformat()}
        record(session, actor, "record_material", f"reporting {item_code}", now, **facts)


def _told(actor: Actor, item_code: str, occasion: str, line: ReportingLine) -> dict[str, Any]:
    """What a record of either kind is about."""
    return {
        "township_id": actor.township_id,
        "item_code": item_code,
        "occasion": occasion,
        "department_id": line.department_id,
    }


def void_material(site: Site, actor: Actor, material_id: int, reason: str, now: datetime) -> None:
    """It did not come in: a slip, which stays with its reason.

    Raises:
        NotFoundError: no such record.
        Refused: not an organiser, or without a reason.
    """
    ensure_organises(actor)
    if not reason.strip():
        raise refuse("reason_missing", "请写明登记错在哪里。")
    with site.sessions.writing() as session:
        material = _material(session, actor, material_id)
        material.void_reason = reason.strip()[:MAX_REASON]
        facts = {"occasion": material.occasion}
        record(session, actor, "void_material", f"reporting {material.item_code}", now, **facts)


def _material(session: Session, actor: Actor, material_id: int) -> ReportedMaterial:
    material = session.get(ReportedMaterial, material_id)
    if material is None or material.township_id != actor.township_id or material.void_reason:
        raise NotFoundError("没有这条登记。")
    return material


def record_reminder(
    site: Site, actor: Actor, item_code: str, occasion: str, way: ReminderWay, now: datetime
) -> None:
    """A department was reminded, by phone or otherwise, in the words that stood ready.

    Raises:
        NotFoundError: no department reports for this.
        Refused: not an organiser, or it has reported.
    """
    ensure_organises(actor)
    with site.sessions.writing() as session:
        line = reporting_line(session, site, actor, item_code, occasion, now)
        if line.reported_on is not None:
            raise refuse("reported_already", "已经报来了，不用再提醒。")
        session.add(
            ReportingReminder(
                **_told(actor, item_code, occasion, line),
                way=way,
                text=line.reminder,
                sent_at=now,
                person_id=actor.id,
            )
        )
        facts = {"occasion": occasion, "way": way.value, "department": line.department_id}
        record(session, actor, "remind_department", f"reporting {item_code}", now, **facts)
