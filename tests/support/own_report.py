"""The annual report of the township whose village the tests know, in the January after its year."""

from datetime import UTC, datetime

from bulletin.domain.oversight.annual_report.drafts import TO_WRITE, TextPart
from bulletin.services.oversight.annual_report.findings import finding_lines
from bulletin.services.oversight.annual_report.issue import issue
from bulletin.services.oversight.annual_report.write_text import remark, save_text
from bulletin.services.oversight.annual_report.written import standing_report

YEAR = 2026
JANUARY = datetime(2027, 1, 12, 2, 0, tzinfo=UTC)  # ten o'clock in the village


def standing(village, year=YEAR, now=JANUARY):
    return standing_report(village.site, village.wang, year, now)


def findings(village, now=JANUARY):
    lines = finding_lines(village.site, village.wang, YEAR, standing(village, now=now))
    return {line.finding.rule: line for line in lines}


def finish(village, now=JANUARY, **texts):
    """What only a person knows is written; other words by the name of their part."""
    report = standing(village, now=now)
    words = {part: TO_WRITE.sub("没有", text) for part, text in report.texts.items()}
    words |= {TextPart(name): text for name, text in texts.items()}
    save_text(village.site, village.wang, YEAR, words, report.version, now)


def explain(village, rule, reason, now=JANUARY):
    remark(village.site, village.wang, YEAR, findings(village, now)[rule].key, reason, now)


def issued(village, now=JANUARY):
    return issue(village.site, village.chen, YEAR, "陈示例", now)
