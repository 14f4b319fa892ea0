"""The annual report of the township whose village the tests know, in the January after its year."""

from datetime import UTC, datetime

from bulletin.domain.oversight.annual_report.drafts import TO_WRITE, TextPart
from bulletin.services.oversight.annual_report.findings import finding_lines
from bulletin.services.oversight.annual_report.import_earlier import import_earlier
from bulletin.services.oversight.annual_report.issue import issue
from bulletin.services.oversight.annual_report.write_text import remark, save_text
from bulletin.services.oversight.annual_report.written import standing_report
from support.annual_reports import as_page, filled, layouts

YEAR = 2026
JANUARY = datetime(2027, 1, 12, 2, 0, tzinfo=UTC)  # ten o'clock in the village


def standing(village, year=YEAR, now=JANUARY):
    return standing_report(village.site, village.wang, year, now)


def findings(village, now=JANUARY, year=YEAR):
    """What is found, by the rule; of several the last."""
    report = standing(village, year, now)
    lines = finding_lines(village.site, village.wang, year, report)
    return {line.finding.rule: line for line in lines}


def finish(village, now=JANUARY, year=YEAR, **texts):
    """What only a person knows is written; other words by the name of their part."""
    report = standing(village, year, now)
    words = {part: TO_WRITE.sub("没有", text) for part, text in report.texts.items()}
    words |= {TextPart(name): text for name, text in texts.items()}
    save_text(village.site, village.wang, year, words, report.version, now)


def explain(village, rule, reason, now=JANUARY, year=YEAR):
    key = findings(village, now, year)[rule].key
    remark(village.site, village.wang, year, key, reason, now)


def issued(village, now=JANUARY, year=YEAR):
    return issue(village.site, village.chen, year, "陈示例", now)


def a_report_with_everything(village, year, now):
    """Last year's figures, words, a fault that was explained, an edition, and what is wrong since."""
    layout = layouts()["2021"]
    before = as_page(layout, filled(layout), ("", "", "", "", "乡里的公开栏更新慢，检查少。", "无"))
    page = before.replace(b"2025", str(year - 1).encode())
    import_earlier(village.site, village.wang, year - 1, "上年的报告.html", page, now)
    finish(village, now, year)
    for line in findings(village, now, year).values():
        explain(village, line.finding.rule, "上年的数字是估的，今年照登记簿。", now, year)
    _explain_all(village.site, village.wang, year, "同上。", now)
    issued(village, now, year)
    finish(village, now, year, others="部分地区收到【信件】封信。本年新收政府信息公开申请7件。")


def write_up(site, who, year, now, reason="乙乡的系统刚装好。"):
    """A report whose words are written as far as only a person knows them, and all that stops it is explained."""
    report = standing_report(site, who, year, now)
    words = {part: TO_WRITE.sub("没有", text) for part, text in report.texts.items()}
    save_text(site, who, year, words, report.version, now)
    _explain_all(site, who, year, reason, now)


def _explain_all(site, who, year, reason, now):
    while stops := [line for line in lines_of(site, who, year, now) if line.stops]:
        remark(site, who, year, stops[0].key, reason, now)


def lines_of(site, who, year, now):
    return finding_lines(site, who, year, standing_report(site, who, year, now))
