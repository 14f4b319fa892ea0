"""Who answers for what in the full township, and which department reports."""

from datetime import date

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.oversight.reporting import ReminderWay
from bulletin.domain.oversight.responsibilities import LeadSeat
from bulletin.services.oversight.reporting.manage_departments import (
    NewDepartment,
    add_department,
    assign_item,
)
from bulletin.services.oversight.reporting.progress import reporting_progress
from bulletin.services.oversight.reporting.record_material import (
    record_material,
    record_reminder,
)
from bulletin.services.oversight.responsibilities.record_seat import (
    NewSeat,
    leave_seat,
    take_seat,
)
from support.builders import Village
from support.clock import NOON

FIRST = date(2026, 1, 1)


def fill_responsibilities(village: Village) -> None:
    """A seat that is held and one that was, a department with something missing and something that came."""
    site, wang = village.site, village.wang
    head = NewSeat(seat=LeadSeat.HEAD, name="冶示例", post="乡长", from_on=FIRST)
    leave_seat(site, wang, take_seat(site, wang, head, NOON), date(2026, 6, 30), NOON)
    member = NewSeat(seat=LeadSeat.MEMBER, person_id=wang.id, village_id=village.id, from_on=FIRST)
    take_seat(site, wang, member, NOON)
    station = add_department(site, wang, NewDepartment("财政所", "何示例", "0972-8321112"), NOON)
    for item in ("government.township_fiscal", "government.township_targets"):
        assign_item(site, wang, item, station, 3, NOON)
    lines = reporting_progress(site, wang, NOON, period=Period.parse("2026-Q4")).lines
    came, missing = lines[0], lines[-1]
    record_material(site, wang, came.item_code, came.occasion, NOON.date(), NOON)
    record_reminder(site, wang, missing.item_code, missing.occasion, ReminderWay.SMS, NOON)
