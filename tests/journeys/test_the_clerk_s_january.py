"""The clerk's January: the report of last year, in a real browser, from 今天 to the issued file."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from support.annual_reports import as_word, layouts, zeros
from support.browser import each_of, needs_chromium, served, signing_in
from support.clock import NOON
from support.information_requests import a_request
from support.own_report import JANUARY

from bulletin.domain.days import village_day
from bulletin.domain.oversight.annual_report.drafts import TO_WRITE
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.readers.annual_report.report import read_report
from bulletin.services.operations import verify
from bulletin.services.oversight.registers.record_entry import NewEntry, RegisterKind, enter
from bulletin.services.oversight.report_check import ReportFile, check_reports
from bulletin.services.oversight.requests.receive import receive

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="each of its acts is tested on both databases"),
    needs_chromium,
]
LAYOUTS = tuple(layouts().values())
IN_FORCE = LAYOUTS[-1]
STOCK = CellKey(TableName.PROACTIVE, "documents", "in_force")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _a_year(village):
    """Two requests and a document; the report of the year before knew of nothing in force."""
    day = village_day(NOON)
    for _ in range(2):
        receive(village.site, village.wang, a_request(day), NOON)
    document = NewEntry(kind=RegisterKind.DOCUMENT, on=day, title="村道养护办法")
    enter(village.site, village.wang, document, NOON)


def test_the_report_of_last_year_is_ready_in_minutes(browser, app, zhangjia):
    app.config["WTF_CSRF_ENABLED"] = True
    _a_year(zhangjia)
    app.extensions["clock"] = lambda: JANUARY
    with served(app) as address:
        page = signing_in(browser, address, "wang", zhangjia.password)
        card = page.locator(".task", has_text="2026年政府信息公开工作年度报告")
        expect(card).to_contain_text("还剩19天")
        card.get_by_role("link", name="去看").click()
        # A figure leads to what it counts.
        page.locator("#general .bound[title=本年新收申请]").click()
        expect(page.locator("#cell")).to_contain_text("依申请〔2026〕2号")
        # Last year's report is brought as the county published it.
        report = as_word(IN_FORCE, zeros(IN_FORCE) | {STOCK: Decimal(0)})
        page.set_input_files(
            "#earlier-file", {"name": "2025年报.docx", "mimeType": WORD, "buffer": report}
        )
        page.get_by_role("button", name="带来").click()
        expect(page.locator("#earlier")).to_contain_text("2025年报.docx")
        # What only she knows is written; another figure is put in by its name.
        general = page.locator("#text-general")
        text = general.input_value()
        general.fill(text[: text.index("（请写")] + "今年没有考核，现行有效文件")
        page.locator("#general summary", has_text="可以用的数字").click()
        page.locator("#general").get_by_role("button", name="现行有效规范性文件").click()
        problems = page.locator("#text-problems")
        expect(problems).to_have_value(re.compile("上年报告的问题“个别村的公开栏更新慢”"))
        written = TO_WRITE.sub("每月检查一次公开栏。", problems.input_value())
        problems.fill(f"{written}\n还有一些地区张贴不够快。")
        page.locator("#general").get_by_role("button", name="保存文字").click()
        expect(page.locator("#general")).to_contain_text("现行有效文件1")
        # What is only to be looked at is dismissed with a reason, and the report issued.
        for _ in each_of(page.locator("#findings .plain-list > li")):
            page.locator("#findings summary", has_text="不用改").first.click()
            page.locator("#findings [name=reason]").first.fill("看过，说的是本乡。")
            page.locator("#findings").get_by_role("button", name="记下").first.click()
        expect(page.locator("#findings h2")).to_contain_text("核对过了")
        page.get_by_label("哪位领导审签的").fill("陈示例")
        page.get_by_role("button", name="发布年度报告").click()
        expect(page.locator("#issued")).to_contain_text("第1版")
        with page.expect_download() as waiting:
            page.locator("#issued p", has_text="第1版").get_by_role("link", name="Word").click()
        data = waiting.value.path().read_bytes()
        page.goto(f"{address}/desk")
        expect(page.locator("main")).not_to_contain_text("年度报告")
    (checked,) = check_reports(
        LAYOUTS, [ReportFile("报告.docx", data)], before=ReportFile("上年.docx", report)
    )
    assert not [finding for finding in checked.findings if finding.is_fault]
    issued = read_report(data, "报告.docx", LAYOUTS)
    assert issued.figures[CellKey(TableName.REQUESTS, "received", "total")] == 2
    assert issued.figures[STOCK] == 1
    assert verify.verify(zhangjia.site).sound
