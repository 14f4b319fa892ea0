"""站所: whom the township's office asks for material, on which phone; and for which item each reports."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.reporting import MAX_DAYS_BEFORE
from bulletin.domain.people import Actor
from bulletin.services.catalog.in_force import township_catalog
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_organises
from bulletin.services.site import Site
from bulletin.store.reporting import Department, ReportingTask, departments_of, tasks_on

MAX_NAME, MAX_PHONE = 30, 30  # characters


@dataclass(frozen=True)
class NewDepartment:
    name: str
    contact: str = ""
    phone: str = ""


def add_department(site: Site, actor: Actor, new: NewDepartment, now: datetime) -> int:
    """Know one more; returns its id.

    Raises:
        Refused: not an organiser, no name, too long, or it is known.
    """
    ensure_organises(actor)
    name = _checked(new)
    with site.sessions.writing() as session:
        known = session.scalars(departments_of(actor.township_id, village_day(now)))
        if any(each.name == name for each in known):
            raise refuse("known_already", f"已经有“{name}”了。")
        department = Department(
            township_id=actor.township_id,
            name=name,
            contact=new.contact.strip(),
            phone=new.phone.strip(),
        )
        session.add(department)
        session.flush()
        record(session, actor, "add_department", f"department {department.id}", now)
        return department.id


def change_department(
    site: Site, actor: Actor, department_id: int, new: NewDepartment, now: datetime
) -> None:
    """Another contact or phone.

    Raises:
        NotFoundError: no such department.
        Refused: as above.
    """
    ensure_organises(actor)
    name = _checked(new)
    with site.sessions.writing() as session:
        department = department_for(session, actor, department_id)
        department.name = name
        department.contact, department.phone = new.contact.strip(), new.phone.strip()
        record(session, actor, "change_department", f"department {department.id}", now)


def _checked(new: NewDepartment) -> str:
    """The name.

    Raises:
        Refused: none, or something is too long.
    """
    name = new.name.strip()
    if not name:
        raise refuse("name_missing", "请写站所、部门的名称。")
    if max(len(name), len(new.contact)) > MAX_NAME or len(new.phone) > MAX_PHONE:
        raise refuse("text_too_long", f"名称、联系人最多{MAX_NAME}字，电话最多{MAX_PHONE}字。")
    return name


def department_for(session: Session, actor: Actor, department_id: int) -> Department:
    """One of the actor's township.

    Raises:
        NotFoundError: no such department.
    """
    department = session.get(Department, department_id)
    if department is None or department.township_id != actor.township_id:
        raise NotFoundError("没有这个站所。")
    return department


def assign_item(
    site: Site,
    actor: Actor,
    item_code: str,
    department_id: int | None,
    days_before: int,
    now: datetime,
) -> None:
    """From today on a department (None: nobody) reports for an item; what held before ends yesterday.

    Raises:
        NotFoundError: no such item or department.
        Refused: not an organiser, or too many days.
    """
    ensure_organises(actor)
    if not 0 <= days_before <= MAX_DAYS_BEFORE:
        raise refuse("days_out_of_range", f"提前的天数要在0到{MAX_DAYS_BEFORE}之间。")
    today = village_day(now)
    with site.sessions.writing() as session:
        if township_catalog(session, site, actor.township_id).find(item_code) is None:
            raise NotFoundError("目录里没有这一项。")
        if department_id is not None:
            department_for(session, actor, department_id)
        _end_others(session, actor.township_id, item_code, today)
        if department_id is not None:
            session.add(
                ReportingTask(
                    township_id=actor.township_id,
                    item_code=item_code,
                    department_id=department_id,
                    days_before=days_before,
                    from_on=today,
                    entered_at=now,
                    entered_by=actor.id,
                )
            )
        facts = {"item": item_code, "department": department_id or 0, "days": days_before}
        record(session, actor, "assign_item", f"reporting {item_code}", now, **facts)


def _end_others(session: Session, township_id: int, item_code: str, today: date) -> None:
    for task in session.scalars(tasks_on(township_id, today)):
        if task.item_code != item_code:
            continue
        if task.from_on == today:
            session.delete(task)  # it never held a whole day
        else:
            task.until_on = today - ONE_DAY
