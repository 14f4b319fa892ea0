"""What the township's year asks for reaches who has to act, once a day, on the days of the plan."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from support.clock import NOON
from support.escalations import an_order
from support.inspections import an_inspection, begin_inspections
from support.own_report import YEAR, finish, issued

from bulletin.domain.catalog.adaptation import Adaptation, Change
from bulletin.domain.contacts.methods import ContactMethod
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.messaging.notifier import Notifier
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.desk.today import today
from bulletin.services.duties.open import open_duties
from bulletin.services.oversight.escalation.answer import answer
from bulletin.services.oversight.escalation.overview import escalation_view
from bulletin.services.oversight.inspections.confirm_mended import report_mended
from bulletin.services.oversight.inspections.overview import due_lines, finding_lines
from bulletin.services.oversight.remind import remind
from bulletin.services.people import change_contact
from bulletin.store.reminders import Message

PEOPLE = ("li", "sun", "zhao", "zhou", "wu", "wang", "chen", "tian")
LATER = NOON + timedelta(days=60)
REPORT = f"{YEAR}年政府信息公开工作年度报告"


@pytest.fixture
def village(zhangjia, mailbox):
    """Everybody has a mail address."""
    village = replace(zhangjia, site=replace(zhangjia.site, notifier=Notifier(mailbox.url)))
    for login in PEOPLE:
        actor = getattr(village, login)
        change_contact.add_contact(
            village.site, actor, ContactMethod.MAIL, f"{login}@example.cn", NOON
        )
    return village


def noon_of(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def told(village, mailbox, now, words):
    """Who reads a line with some words today, and that line."""
    mailbox.letters.clear()
    remind(village.site, now)
    return {
        to.removesuffix("@example.cn"): line
        for to, text in mailbox.letters
        for line in text.splitlines()
        if words in line
    }


def due_of(village, kind, now):
    return next(line for line in due_lines(village.site, village.wu, now) if line.kind is kind)


@pytest.mark.parametrize(("left", "reached"), [(8, False), (7, True), (4, False), (0, True)])
def test_the_village_is_told_of_its_self_check_on_the_days_of_the_plan(
    village, mailbox, left, reached
):
    begin_inspections(village, NOON)
    line = due_of(village, InspectionKind.SELF_CHECK, NOON)
    found = told(village, mailbox, noon_of(line.due_on - timedelta(days=left)), f"{line.label}自查")
    assert ({"li", "zhou"} <= found.keys()) is reached
    assert "wu" not in found


def test_the_overseer_is_told_of_all_villages_to_inspect_in_one_line(village, mailbox):
    begin_inspections(village, NOON)
    line = due_of(village, InspectionKind.INSPECTION, NOON)
    found = told(village, mailbox, noon_of(line.due_on), f"{line.label}检查还有2个村要看")
    assert found.keys() == {"wu"}
    an_inspection(village, NOON)  # looked at, and not signed yet
    assert told(village, mailbox, noon_of(line.due_on + timedelta(days=1)), "2个村要看")


def test_the_village_mends_and_the_overseer_looks_at_it(village, mailbox):
    begin_inspections(village, NOON)
    an_inspection(village, NOON, phone="没有写电话")
    (finding,) = finding_lines(village.site, village.li, NOON)
    found = told(village, mailbox, noon_of(finding.mend_by - timedelta(days=3)), "发现的问题要整改")
    assert found.keys() == {"li"}
    report_mended(village.site, village.li, finding.id, "写上了", NOON)
    found = told(village, mailbox, noon_of(finding.mend_by - timedelta(days=1)), "发现的问题要复查")
    assert found.keys() == {"wu"}


def test_the_village_answers_and_the_overseer_closes(village, mailbox):
    number = an_order(village, LATER)
    answer_by = escalation_view(village.site, village.wu, number, LATER).line.answer_by
    found = told(village, mailbox, noon_of(answer_by - timedelta(days=3)), "督办单〔2026〕1号")
    assert found.keys() == {"li"}
    assert "要答复乡镇" in found["li"]
    answer(village.site, village.li, number, "正在整理票据。", LATER)
    found = told(village, mailbox, noon_of(answer_by - timedelta(days=1)), "督办单〔2026〕1号")
    assert found.keys() == {"wu"}
    assert "票据" not in found["wu"]


def test_last_year_s_report_is_told_to_those_who_issue_it_until_it_is_issued(village, mailbox):
    day = datetime(2027, 1, 28, 4, tzinfo=UTC)
    assert told(village, mailbox, day, REPORT).keys() == {"wang", "chen", "tian"}
    finish(village, day)
    issued(village, day)
    assert told(village, mailbox, day + timedelta(days=2), REPORT) == {}


def test_a_duty_that_reminds_of_the_report_is_not_doubled(village, mailbox):
    day = datetime(2027, 1, 28, 4, tzinfo=UTC)
    open_duties(village.site, day)
    found = told(village, mailbox, day, "政府信息公开工作年度报告")
    assert found
    assert not any("要发布" in line for line in found.values())


def test_nobody_is_told_twice_on_a_day_and_what_was_said_is_kept(village, mailbox):
    begin_inspections(village, NOON)
    line = due_of(village, InspectionKind.SELF_CHECK, NOON)
    day = noon_of(line.due_on)
    remind(village.site, day)
    letters = len(mailbox.letters)
    remind(village.site, day + timedelta(hours=2))
    assert len(mailbox.letters) == letters
    with village.site.sessions.reading() as session:
        kept = (
            session.query(Message).filter_by(person_id=village.li.id, day_on=village_day(day)).all()
        )
    assert [f"{line.label}自查" in each.text for each in kept] == [True]


def test_a_report_that_the_township_asks_for_each_quarter_stops_nobodys_day(village, mailbox):
    each_quarter = TimeLimit("recur", Every.QUARTER, 1, 25, "before", "next_period")
    change = Change(time_limit=each_quarter, deadline_text="每季度结束后25日前公开")
    adaptation = Adaptation(changed={REPORT_ITEM: change})
    first_on = village_day(NOON) + timedelta(days=1)
    adopt_catalog(village.site, village.zheng, None, first_on, adaptation, NOON)
    day = noon_of(date(YEAR + 1, 1, 22))
    open_duties(village.site, day)
    quarter = "政府信息公开工作年度报告（2026年第四季度）"
    assert told(village, mailbox, day, quarter).keys() == {"tian"}
    cards = today(village.site, village.tian, day).entries
    assert [card.work for card in cards if card.title.startswith(quarter[:12])]
