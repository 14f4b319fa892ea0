"""信息报送: the list from the catalog, what came in, what is missing, and who was reminded."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from support.clock import NOON

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.reporting import ReminderWay, ReportState
from bulletin.services.catalog.in_force import township_catalog
from bulletin.services.operations import verify
from bulletin.services.oversight.reporting.manage_departments import (
    NewDepartment,
    add_department,
    assign_item,
    change_department,
)
from bulletin.services.oversight.reporting.progress import reporting_progress
from bulletin.services.oversight.reporting.record_material import (
    record_material,
    record_reminder,
    void_material,
)
from bulletin.services.oversight.reporting.task_list import task_list, task_paper
from bulletin.store.reporting import ReportingReminder

ITEM = "government.township_fiscal"
Q4 = Period.parse("2026-Q4")
LATER = NOON + timedelta(days=20)


@pytest.fixture
def station(zhangjia):
    new = NewDepartment("财政所", "何示例", "0972-8321112")
    return add_department(zhangjia.site, zhangjia.wang, new, NOON)


@pytest.fixture
def assigned(zhangjia, station):
    """The finances of the township, three days before they have to be public."""
    assign_item(zhangjia.site, zhangjia.wang, ITEM, station, 3, NOON)
    return zhangjia


def lines(village, now=NOON, who=None):
    return reporting_progress(village.site, who or village.wu, now, period=Q4).lines


def test_the_list_has_every_item_of_the_catalog(zhangjia):
    with zhangjia.site.sessions.reading() as session:
        catalog = township_catalog(session, zhangjia.site, zhangjia.wu.township_id)
    found = task_list(zhangjia.site, zhangjia.wu, NOON)
    assert {each.item_code for each in found.lines} == {item.code for item in catalog.items}
    assert found.undecided == sum(each.reporter == "待定" for each in found.lines) > 0
    assert found.receivers == ("王示例",)
    assert task_paper(zhangjia.site, zhangjia.wu, found)[1].pages > 1


def test_an_assigned_item_is_followed_from_its_own_day(assigned):
    (line,) = lines(assigned)
    assert (line.department, line.contact, line.title) == ("财政所", "何示例", "乡镇财政收支情况")
    assert line.by == line.due_on - timedelta(days=3)
    assert line.state in {ReportState.SOON, ReportState.NOT_YET}
    assert task_list(assigned.site, assigned.wu, NOON).undecided == (
        sum(each.reporter == "待定" for each in task_list(assigned.site, assigned.wu, NOON).lines)
    )
    (late,) = lines(assigned, now=NOON + timedelta(days=80))
    assert late.state is ReportState.MISSING


def test_nobody_is_late_with_what_was_not_theirs_yet(zhangjia, station):
    at = NOON + timedelta(days=5)
    assign_item(zhangjia.site, zhangjia.wang, ITEM, station, 60, at)
    for line in lines(zhangjia, now=at):
        assert line.by >= at.date()
        assert line.state is not ReportState.MISSING


def test_what_came_in_is_told_with_its_day(assigned):
    (line,) = lines(assigned)
    record_material(assigned.site, assigned.wang, ITEM, line.occasion, NOON.date(), NOON)
    (line,) = lines(assigned)
    assert (line.state, line.reported_on) == (ReportState.ON_TIME, NOON.date())
    with pytest.raises(Refused, match="已经登记过"):
        record_material(assigned.site, assigned.wang, ITEM, line.occasion, NOON.date(), NOON)


def test_a_slip_stays_with_its_reason_and_counts_no_more(assigned):
    (line,) = lines(assigned)
    record_material(assigned.site, assigned.wang, ITEM, line.occasion, NOON.date(), NOON)
    material = lines(assigned)[0].material_id
    with pytest.raises(Refused):
        void_material(assigned.site, assigned.wang, material, " ", NOON)
    void_material(assigned.site, assigned.wang, material, "记错了一项", NOON)
    assert lines(assigned)[0].reported_on is None
    with pytest.raises(NotFoundError):
        void_material(assigned.site, assigned.wang, material, "再来", NOON)


def test_a_reminder_keeps_the_words_that_were_sent(assigned):
    (line,) = lines(assigned)
    record_reminder(assigned.site, assigned.wang, ITEM, line.occasion, ReminderWay.SMS, NOON)
    with assigned.site.sessions.reading() as session:
        kept = session.scalars(select(ReportingReminder)).one()
    assert kept.text == line.reminder
    assert "财政所何示例：乡镇财政收支情况" in kept.text
    ((sent,),) = [each.reminders for each in lines(assigned)]
    assert (sent.on, sent.way) == (NOON.date(), ReminderWay.SMS)
    record_material(assigned.site, assigned.wang, ITEM, line.occasion, NOON.date(), NOON)
    with pytest.raises(Refused, match="不用再提醒"):
        record_reminder(assigned.site, assigned.wang, ITEM, line.occasion, ReminderWay.SMS, NOON)


def test_an_item_goes_to_another_department_and_then_to_none(assigned):
    other = add_department(assigned.site, assigned.zheng, NewDepartment("党政办"), NOON)
    assign_item(assigned.site, assigned.zheng, ITEM, other, 1, NOON + timedelta(days=2))
    (line,) = lines(assigned, now=NOON + timedelta(days=2))
    assert (line.department, line.by) == ("党政办", line.due_on - timedelta(days=1))
    assign_item(assigned.site, assigned.zheng, ITEM, None, 0, NOON + timedelta(days=3))
    assert lines(assigned, now=NOON + timedelta(days=3)) == ()


def test_an_item_of_villages_is_one_line_for_all_of_them(zhangjia, station):
    assign_item(zhangjia.site, zhangjia.wang, "finance.quarterly_accounts", station, 2, NOON)
    line = next(each for each in lines(zhangjia) if each.due_on == date(2026, 10, 15))
    assert (line.owed_by, line.label) == (2, "2026年第三季度")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewDepartment(" "), "name_missing"),
        (NewDepartment("财政所"), "known_already"),
        (NewDepartment("党" * 31), "text_too_long"),
    ],
)
def test_a_department_has_one_name(zhangjia, station, new, code):
    with pytest.raises(Refused) as refused:
        add_department(zhangjia.site, zhangjia.wang, new, NOON)
    assert code in refused.value.codes


def test_days_out_of_range_items_that_are_not_and_days_to_come_are_refused(assigned, station):
    site, wang = assigned.site, assigned.wang
    with pytest.raises(Refused):
        assign_item(site, wang, ITEM, station, 61, NOON)
    with pytest.raises(NotFoundError):
        assign_item(site, wang, "government.nothing", station, 1, NOON)
    with pytest.raises(NotFoundError):
        assign_item(site, wang, ITEM, 999, 1, NOON)
    with pytest.raises(Refused):
        record_material(site, wang, ITEM, "2026-Q3", NOON.date() + timedelta(days=1), NOON)
    with pytest.raises(NotFoundError):
        record_material(site, wang, ITEM, "1999-Q1", NOON.date(), NOON)


@pytest.mark.parametrize("login", ["li", "chen", "wu", "zhao"])
def test_only_the_office_and_the_administrator_organise(assigned, login):
    who, site = assigned.people[login], assigned.site
    (line,) = lines(assigned)
    for act in (
        lambda: add_department(site, who, NewDepartment("林业站"), NOON),
        lambda: change_department(site, who, line.department_id, NewDepartment("所"), NOON),
        lambda: assign_item(site, who, ITEM, None, 0, NOON),
        lambda: record_material(site, who, ITEM, line.occasion, NOON.date(), NOON),
        lambda: record_reminder(site, who, ITEM, line.occasion, ReminderWay.PHONE, NOON),
    ):
        with pytest.raises(Refused):
            act()
    assert verify.verify(site).sound
