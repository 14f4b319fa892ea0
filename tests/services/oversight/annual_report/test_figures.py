"""Invented figures go through the registers into the report, and come out of the file as a hand counted them."""

from datetime import date
from decimal import Decimal

import pytest
from support.annual_reports import layouts
from support.builders import a_notice
from support.clock import NOON
from support.feedback import a_question
from support.information_requests import a_request
from support.inspections import an_inspection, begin_inspections
from support.own_report import JANUARY, YEAR, finish, standing

from bulletin.domain.days import village_day
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.oversight.registers import CaseResult, RegisterKind
from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.readers.annual_report.report import read_report
from bulletin.services.meetings.record import NewMeeting, record_meeting
from bulletin.services.oversight.annual_report.write_file import write_file
from bulletin.services.oversight.annual_report.written import written_report
from bulletin.services.oversight.registers.record_entry import NewEntry, end_entry, enter
from bulletin.services.oversight.report_check import ReportFile, check_reports
from bulletin.services.oversight.requests.answer import answer
from bulletin.services.oversight.requests.receive import receive

LAYOUTS = tuple(layouts().values())
TODAY = village_day(NOON)
BEFORE, SPRING, SUMMER = date(2025, 5, 6), date(2026, 3, 2), date(2026, 8, 3)


def entered(village, kind, on=SPRING, *, ended=None, result=None, fen=0):
    new = NewEntry(kind=kind, on=on, title="示例", fen=fen)
    entry = enter(village.site, village.wang, new, NOON)
    if ended:
        end_entry(village.site, village.wang, entry, ended, result, NOON)


def asked(village, on, applicant, outcome="", ended=SUMMER):
    new = a_request(on, applicant=applicant)
    request = receive(village.site, village.wang, new, NOON)
    if outcome:
        answer(village.site, village.wang, request, ended, outcome, "示例", NOON)


def a_year_of_registers(village):
    document, person, company = RegisterKind.DOCUMENT, ApplicantClass.PERSON, ApplicantClass.COMPANY
    entered(village, document, BEFORE)
    entered(village, document, BEFORE, ended=SUMMER)
    for _ in range(3):
        entered(village, document)
    entered(village, RegisterKind.LICENCE)
    entered(village, RegisterKind.LICENCE)
    entered(village, RegisterKind.PENALTY)
    entered(village, RegisterKind.COERCION)
    entered(village, RegisterKind.FEE, fen=1_280_050)
    entered(village, RegisterKind.FEE, fen=50_000)
    entered(village, RegisterKind.RECONSIDERATION, ended=SUMMER, result=CaseResult.CORRECTED)
    entered(village, RegisterKind.LAWSUIT_DIRECT)
    entered(village, RegisterKind.LAWSUIT_AFTER, BEFORE, ended=SUMMER, result=CaseResult.UPHELD)
    asked(village, BEFORE, person, "disclosed")
    asked(village, SPRING, person, "already_public")
    asked(village, SPRING, company, "disclosed_in_part")
    asked(village, SPRING, person, "not_existing")
    asked(village, SPRING, company)


# By a hand that read the acts above: table, row, and its columns that are not nought.
BY_HAND = {
    ("proactive", "documents"): {"issued": 3, "repealed": 1, "in_force": 4},
    ("proactive", "licences"): {"decisions": 2},
    ("proactive", "penalties"): {"decisions": 1},
    ("proactive", "coercions"): {"decisions": 1},
    ("proactive", "fees"): {"amount": Decimal("1.33005")},
    ("reviews", "reconsideration"): {"corrected": 1, "total": 1},
    ("reviews", "lawsuit_direct"): {"pending": 1, "total": 1},
    ("reviews", "lawsuit_after"): {"upheld": 1, "total": 1},
    ("requests", "received"): {"person": 2, "company": 2, "total": 4},
    ("requests", "carried_over"): {"person": 1, "total": 1},
    ("requests", "disclosed"): {"person": 2, "total": 2},
    ("requests", "disclosed_in_part"): {"company": 1, "total": 1},
    ("requests", "not_held"): {"person": 1, "total": 1},
    ("requests", "handled"): {"person": 3, "company": 1, "total": 4},
    ("requests", "carried_forward"): {"company": 1, "total": 1},
}


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".html"])
def test_what_is_in_the_registers_is_in_the_file_cell_for_cell(zhangjia, ending):
    a_year_of_registers(zhangjia)
    finish(zhangjia)
    site = zhangjia.site
    data = write_file(site, written_report(site, zhangjia.wang, YEAR, JANUARY), ending)
    read = read_report(data, f"报告{ending}", LAYOUTS)
    expected = {
        CellKey(TableName(table), row, column): figure
        for (table, row), columns in BY_HAND.items()
        for column, figure in columns.items()
    }
    assert {key: figure for key, figure in read.figures.items() if figure} == expected
    assert len(read.figures) == 200
    (checked,) = check_reports(LAYOUTS, [ReportFile(f"报告{ending}", data)])
    assert checked.findings == ()
    assert "本年行政事业性收费1.33005万元" in "".join(read.text_of(6).split())


def test_what_the_words_count_is_what_happened(zhangjia):
    site, li = zhangjia.site, zhangjia.li
    a_notice(zhangjia, NOON).approved().corrected()
    a_notice(zhangjia, NOON, title="第二份明细").approved()
    a_notice(zhangjia, NOON, title="还没有批").submitted()
    a_question(zhangjia, NOON)
    meeting = NewMeeting(kind=next(iter(MeetingKind)), held_on=TODAY, due=9, came=9)
    record_meeting(site, li, zhangjia.id, meeting, NOON)
    begin_inspections(zhangjia, NOON)
    an_inspection(zhangjia, NOON, phone="没有写")
    values = standing(zhangjia).values
    counted = {
        "检查": "0",  # not signed yet
        "检查发现的问题": "1",
        "整改的问题": "0",
        "公开信息": "2",
        "公开的乡镇信息": "0",
        "公开的村务信息": "2",
        "公开的财务": "2",
        "公开的党务": "0",
        "更正": "1",
        "村数": "2",
        "收到提问": "1",
        "答复提问": "0",
        "未答复提问": "1",
        "会议": "1",
        "公开栏": "2",
        "张贴": "0",
        "播音": "0",
        "信息处理费": "0",
    }
    assert {name: values[name] for name in counted} == counted
    owed, on_time, lacking = (int(values[name]) for name in ("应公开", "按时公开", "未按时公开"))
    assert owed == on_time + lacking
    other_year = standing(zhangjia, 2025).values
    assert {other_year[name] for name in ("公开信息", "更正", "收到提问", "会议")} == {"0"}
