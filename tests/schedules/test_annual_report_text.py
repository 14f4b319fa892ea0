"""The words of the annual report as data."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.annual_reports import SCHEDULE, layouts

from bulletin.domain.errors import Misconfigured
from bulletin.domain.oversight.annual_report.counts import ReportCount
from bulletin.domain.oversight.annual_report.drafts import TextPart, draft_of
from bulletin.domain.oversight.annual_report.fields import filled, values_of
from bulletin.domain.oversight.annual_report.form_rules import Report
from bulletin.domain.oversight.annual_report.prose_rules import prose_findings
from bulletin.schedules.annual_report_text import load_report_text

LAYOUTS = tuple(layouts().values())
TEXT = SCHEDULE.with_name("annual_report_text.yaml")
SMALL = """fields:
  新收: [requests.received.total]
drafts:
  general: [{text: "{body}新收【新收】件，公开【公开信息】件。"}]
  problems: [{text: 无, when: [新收]}]
  others: [{text: 无}]
county: {due: "03-31", basis: 第四十九条}
township: {due: "01-31"}
"""


def loaded(tmp_path: Path, text: str):
    file = tmp_path / "text.yaml"
    file.write_text(text, encoding="utf-8")
    return load_report_text(file, LAYOUTS)


def test_every_total_of_the_form_in_force_that_prose_speaks_of_has_a_name():
    text = load_report_text(TEXT, LAYOUTS)
    named = {cell for field in text.fields for cell in field.cells}
    totals = {key for key in LAYOUTS[-1].cells() if key.column == "total" and key.row != "rules"}
    assert totals - named == set()
    assert set(text.drafts) == set(TextPart)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("requests.received.total", "requests.received.sum", "no form has a cell"),
        ("【新收】", "【旧收】", "no field is called"),
        ("{body}", "{place}", "braces hold one of"),
        ("when: [新收]", "when: [旧收]", "no field is called"),
        ("when: [新收]", "each: 年", "each: problems"),
        ("  新收:", "  公开信息:", "counted elsewhere"),
        ("03-31", "三月底", "due is a month and a day"),
        ("01-31", "02-30", "due is a month and a day"),
    ],
)
def test_what_the_schedule_gets_wrong_is_said_with_its_line(tmp_path, before, after, said):
    assert loaded(tmp_path, SMALL)
    with pytest.raises(Misconfigured, match=said):
        loaded(tmp_path, SMALL.replace(before, after))


@given(
    figures=st.dictionaries(
        st.sampled_from([key for key in LAYOUTS[-1].cells() if key.column == "total"]),
        st.integers(0, 40_000).map(Decimal),
    )
)
def test_words_that_are_drafted_agree_with_whatever_the_tables_say(figures):
    text = load_report_text(TEXT, LAYOUTS)
    figures = dict.fromkeys(LAYOUTS[-1].cells(), Decimal(0)) | figures
    values = dict.fromkeys((count.label for count in ReportCount), "7")
    values |= values_of(text.fields, figures)
    facts = {"body": "示例乡", "year": "2026", "order": LAYOUTS[-1].order}
    words = {
        part.number: filled(draft_of(text.drafts[part], values, facts, ["公开慢"]), values)
        for part in TextPart
    }
    parts = tuple((f"第{number}部分", words.get(number, "")) for number in range(1, 7))
    report = Report(parts=parts, figures=figures, layout=LAYOUTS[-1])
    assert list(prose_findings(report)) == []
