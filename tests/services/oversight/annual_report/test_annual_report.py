"""The report of a year: drafted from counts, checked, issued, sealed; and a duty with its day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.information_requests import a_request
from support.own_report import JANUARY, YEAR, explain, findings, finish, issued, standing

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.annual_report.drafts import TextPart
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.oversight.registers import RegisterKind
from bulletin.services.oversight.annual_report.due import owed_report
from bulletin.services.oversight.annual_report.findings import finding_lines
from bulletin.services.oversight.annual_report.follow_county_day import follow_county_day
from bulletin.services.oversight.annual_report.issue import issue
from bulletin.services.oversight.annual_report.overview import report_view
from bulletin.services.oversight.annual_report.write_text import remark, save_text
from bulletin.services.oversight.annual_report.written import (
    history_subject,
    issued_content,
    written_report,
)
from bulletin.services.oversight.registers.record_entry import NewEntry, enter
from bulletin.services.oversight.requests.receive import receive
from bulletin.store import history

MARCH = date(2026, 3, 2)
RECEIVED = CellKey(TableName.REQUESTS, "received", "total")


def refused(act, *args):
    with pytest.raises(Refused) as why:
        act(*args)
    return list(why.value.codes)


def acts(village):
    with village.site.sessions.reading() as session:
        subject = history_subject(village.wang.township_id, YEAR)
        return [entry.act for entry in history.entries_about(session, subject)]


def test_words_that_nobody_wrote_are_drafted_from_what_was_counted(zhangjia):
    a_notice(zhangjia, NOON).approved()
    receive(zhangjia.site, zhangjia.wang, a_request(MARCH), NOON)
    report = standing(zhangjia)
    general = report.content.texts[0]
    assert "全年公开信息1件，其中乡镇0件，2个村1件" in general
    assert "财务1件" in general
    assert "本年新收政府信息公开申请1件" in general
    assert report.content.texts[5] == "无"
    assert report.content.figures[RECEIVED] == 1


def test_a_figure_in_the_words_goes_on_agreeing_with_its_table(zhangjia):
    finish(zhangjia, general="今年新收【本年新收申请】件申请。")
    assert standing(zhangjia).content.texts[0] == "今年新收0件申请。"
    receive(zhangjia.site, zhangjia.wang, a_request(MARCH), NOON)
    assert standing(zhangjia).content.texts[0] == "今年新收1件申请。"
    assert not {rule for rule in findings(zhangjia) if rule.startswith("prose")}


def test_a_figure_that_was_typed_and_disagrees_is_found_with_both_numbers(zhangjia):
    finish(zhangjia, general="本年新收政府信息公开申请7件。")
    found = findings(zhangjia)["prose.received"].finding
    assert (found.expected, found.found, found.is_fault) == ("0", "7", True)


def test_what_is_left_to_write_and_a_figure_that_nobody_knows_stop_the_report(zhangjia):
    assert findings(zhangjia)["text.unfinished"].stops
    finish(zhangjia, others="收到【信件】封信，没有收费。")
    found = findings(zhangjia)
    assert "text.unfinished" not in found
    assert found["text.field"].finding.found == "【信件】"
    assert refused(issued, zhangjia) == ["report_fails"]


def test_fees_that_part_six_does_not_speak_of_are_named(zhangjia):
    fee = NewEntry(kind=RegisterKind.FEE, on=MARCH, title="收费", fen=200_000)
    enter(zhangjia.site, zhangjia.wang, fee, NOON)
    finish(zhangjia, others="无")
    assert findings(zhangjia)["text.fees"].finding.expected == "收费0.2万元"
    finish(zhangjia, others="本年收费【收费金额】万元。")
    assert "text.fees" not in findings(zhangjia)


def test_a_fault_that_stays_needs_its_reason_in_writing(zhangjia):
    finish(zhangjia, problems="")
    assert refused(issued, zhangjia) == ["report_fails"]
    key = findings(zhangjia)["text.problems"].key
    site, wang = zhangjia.site, zhangjia.wang
    assert refused(remark, site, wang, YEAR, key, " ", JANUARY) == ["reason_missing"]
    assert refused(remark, site, wang, YEAR, key, "长" * 301, JANUARY) == ["text_too_long"]
    assert refused(remark, site, zhangjia.chen, YEAR, key, "是", JANUARY) == ["not_your_role"]
    explain(zhangjia, "text.problems", "县里要求另文上报。")
    assert issued(zhangjia) == 1
    content = issued_content(site, wang, YEAR, 1)
    assert [each[0] for each in content.explained] == ["text.problems"]
    assert content.explained[0][-1] == "县里要求另文上报。"


def test_what_was_dismissed_stays_dismissed_until_its_figures_change(zhangjia):
    finish(zhangjia, general="部分地区公开不够。本年新收政府信息公开申请7件。")
    explain(zhangjia, "text.of_nobody", "说的是全县。")
    explain(zhangjia, "prose.received", "含口头的。")
    later = JANUARY + timedelta(days=3)
    assert findings(zhangjia, later)["text.of_nobody"].reason == "说的是全县。"
    assert findings(zhangjia, later)["prose.received"].said_by == zhangjia.wang.name
    receive(zhangjia.site, zhangjia.wang, a_request(MARCH), NOON)
    found = findings(zhangjia, later)
    assert found["text.of_nobody"].reason
    assert found["prose.received"].reason == ""
    with pytest.raises(NotFoundError):
        remark(zhangjia.site, zhangjia.wang, YEAR, "0" * 16, "没有这一处", later)


def test_without_last_year_nobody_can_tell_what_was_carried_over(zhangjia):
    finding = findings(zhangjia)["years.before"].finding
    assert finding.verdict == "NOT_ASSESSABLE"
    finish(zhangjia)
    assert issued(zhangjia) == 1


def test_what_was_issued_stays_and_a_later_change_is_a_new_edition(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    finish(zhangjia)
    assert issued(zhangjia) == 1
    before = issued_content(site, wang, YEAR, 1)
    assert refused(issued, zhangjia) == ["unchanged"]
    receive(site, wang, a_request(MARCH), NOON)
    view = report_view(site, wang, YEAR, JANUARY)
    assert (
        "表三 · 一、本年新收政府信息公开申请数量 · 总计",
        Decimal(0),
        Decimal(1),
    ) in view.changed
    assert issued_content(site, wang, YEAR, 1) == before
    assert before.figures[RECEIVED] == 0
    assert issued(zhangjia) == 2
    assert [edition.number for edition in report_view(site, wang, YEAR, JANUARY).editions] == [2, 1]
    assert acts(zhangjia) == ["save_report", "issue_report", "issue_report"]
    assert written_report(site, wang, YEAR, JANUARY, number=1).note == ""
    assert written_report(site, wang, YEAR, JANUARY).note
    with pytest.raises(NotFoundError):
        issued_content(site, wang, YEAR, 3)


def test_issuing_wants_the_end_of_the_year_a_leader_and_the_right_person(zhangjia):
    finish(zhangjia, now=NOON)
    site, wang = zhangjia.site, zhangjia.wang
    assert refused(issue, site, zhangjia.wu, YEAR, "陈示例", JANUARY) == ["not_your_role"]
    assert refused(issue, site, wang, YEAR, "陈示例", NOON) == ["year_runs"]
    assert refused(issue, site, wang, YEAR, " ", JANUARY) == ["leave_missing"]


def test_two_editors_notice_each_other(zhangjia):
    site, wang, texts = zhangjia.site, zhangjia.wang, dict.fromkeys(TextPart, "甲")
    save_text(site, wang, YEAR, texts, 0, JANUARY)
    assert refused(save_text, site, wang, YEAR, texts, 0, JANUARY) == ["saved_meanwhile"]
    save_text(site, wang, YEAR, texts, 1, JANUARY)
    assert standing(zhangjia).version == 2
    long = texts | {TextPart.OTHERS: "长" * 20_001}
    assert refused(save_text, site, wang, YEAR, long, 2, JANUARY) == ["text_too_long"]
    assert refused(save_text, site, zhangjia.wu, YEAR, texts, 2, JANUARY) == ["not_your_role"]


@pytest.mark.parametrize(
    ("day", "due"),
    [("01-31", date(2027, 1, 31)), ("02-20", date(2027, 2, 20))],
)
def test_last_year_s_report_is_owed_until_it_is_issued_by_the_county_s_day(zhangjia, day, due):
    village = replace(zhangjia, site=replace(zhangjia.site, report_due=day))
    site = village.site
    follow_county_day(site, JANUARY)
    owed = owed_report(site, village.wang, JANUARY)
    assert (owed.year, owed.due_on) == (YEAR, due)
    assert owed_report(site, village.chen, JANUARY) == owed
    assert owed_report(site, village.wu, JANUARY) is None
    assert owed_report(site, village.li, JANUARY) is None
    finish(village)
    issued(village)
    assert owed_report(site, village.wang, JANUARY) is None


def test_a_township_that_came_later_owes_no_report_for_the_years_before(zhangjia):
    assert owed_report(zhangjia.site, zhangjia.wang, NOON) is None
    year_later = datetime(2028, 1, 2, tzinfo=UTC)
    assert owed_report(zhangjia.site, zhangjia.wang, year_later).year == 2027


def test_the_next_report_takes_up_the_problems_of_the_one_before_and_names_what_it_repeats(
    zhangjia,
):
    problem = "1. 张家村的公开栏更新慢，村民反映多。"
    finish(
        zhangjia, problems=f"（一）存在的问题\n{problem}\n（二）改进情况\n每季度检查公开栏一次。"
    )
    issued(zhangjia)
    next_year = datetime(2028, 1, 12, tzinfo=UTC)
    report = standing(zhangjia, 2027, next_year)
    assert (
        "上年报告的问题“张家村的公开栏更新慢，村民反映多”：（请写今年"
        in report.texts[TextPart.PROBLEMS]
    )
    texts = dict(report.texts) | {TextPart.PROBLEMS: problem}
    save_text(zhangjia.site, zhangjia.wang, 2027, texts, 0, next_year)
    again = standing(zhangjia, 2027, next_year)
    rules = [line.finding.rule for line in finding_lines(zhangjia.site, zhangjia.wang, 2027, again)]
    assert "text.repeated" in rules
    assert "years.before" not in rules
