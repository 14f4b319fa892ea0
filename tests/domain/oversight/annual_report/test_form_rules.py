"""What a report's form and words leave to be desired."""

from dataclasses import replace

import pytest
from support.annual_reports import filled, layouts, texts_of, zeros

from bulletin.domain.oversight.annual_report.findings import ReportVerdict
from bulletin.domain.oversight.annual_report.form_rules import (
    Report,
    content_findings,
    form_findings,
    repeated_text,
)
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.oversight.annual_report.prose_rules import prose_findings

IN_FORCE = layouts()["2021"]
FEES = CellKey(TableName.PROACTIVE, "fees", "amount")


def a_report(layout=IN_FORCE, figures=None, **texts):
    figures = filled(layout) if figures is None else figures
    headings = [f"{n}、{part}" for n, part in zip("一二三四五六", layout.parts, strict=True)]
    parts = tuple(zip(headings, texts_of(figures, **texts), strict=True))
    return Report(parts=parts, figures=figures, layout=layout)


def test_a_report_in_the_form_in_force_has_nothing_to_mend():
    report = a_report()
    for findings in (form_findings(report, IN_FORCE), content_findings(report)):
        assert not list(findings)


def test_the_form_of_2019_differs_in_its_tables_and_a_heading():
    found = [
        (each.rule, each.cell) for each in form_findings(a_report(layouts()["2019"]), IN_FORCE)
    ]
    assert found == [("form.heading", "第5部分"), ("form.rows", "表二"), ("form.rows", "表三")]


def test_a_part_that_is_not_there_is_named_for_a_person_to_look():
    report = a_report()
    parts = (*report.parts[:5], ("", ""))
    (found,) = form_findings(replace(report, parts=parts), IN_FORCE)
    assert (found.cell, found.found, found.verdict) == (
        "第6部分",
        "没有找到",
        ReportVerdict.UNCERTAIN,
    )


def test_where_no_heading_is_found_it_is_said_once():
    report = replace(a_report(), parts=(("", ""),) * 6)
    (found,) = form_findings(report, IN_FORCE)
    assert found.verdict is ReportVerdict.NOT_ASSESSABLE
    assert not list(content_findings(report))


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        ({"part5": "无"}, ["text.problems"]),
        ({"part5": ""}, ["text.problems"]),
        ({"part5": "部分地区公开不及时，今后改进工作。"}, ["text.of_nobody"]),
        ({"part5": "白马村三季度公开晚了九天，已经补上。"}, []),
    ],
)
def test_what_says_nothing_about_this_body_is_told(texts, rules):
    assert [each.rule for each in content_findings(a_report(**texts))] == rules


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("无", ["text.fees"]),
        ("无。", ["text.fees"]),
        ("没有需要报告的事项。", ["text.fees"]),
        ("本机关无其他需要报告的事项", ["text.fees"]),
        ("本年收取信息处理费400元。", []),
    ],
)
def test_who_took_fees_has_something_to_report(words, rules):
    report = a_report(figures=filled(IN_FORCE) | {FEES: 1}, part6=words)
    assert [each.rule for each in content_findings(report)] == rules


def test_an_empty_cell_has_to_say_nought():
    (found,) = content_findings(a_report(figures=zeros(IN_FORCE) | {FEES: None}))
    assert (found.rule, found.cell) == (
        "form.empty_cell",
        "表二 · 行政事业性收费 · 本年收费金额",
    )


def test_a_sentence_of_last_year_is_shown_again():
    words = "一是部分干部对政府信息公开工作重要性认识不够。二是白马村公开晚了九天，已经补上。"
    before = a_report(part5="1.部分干部对政府信息公开工作重要性认识不够。")
    again = a_report(part5=words.replace("一是", "一、"))
    (found,) = repeated_text(again, before)
    assert (found.found, found.verdict) == (
        "部分干部对政府信息公开工作重要性认识不够",
        ReportVerdict.UNCERTAIN,
    )


@pytest.mark.parametrize("part", [1, 6])
def test_the_other_parts_in_own_words_are_compared_too_but_set_phrases_are_not(part):
    words = "全年在各村公开栏公开财务、惠农补贴和工程信息三百余条。没有收取信息处理费。"
    last_year = a_report(part5="去年的问题是白马村公开晚了九天。", **{f"part{part}": words})
    this_year = a_report(**{f"part{part}": words})
    (found,) = repeated_text(this_year, last_year)
    assert found.found == "全年在各村公开栏公开财务、惠农补贴和工程信息三百余条"
    assert found.cell == {1: "第一部分", 6: "第六部分"}[part]


@pytest.mark.parametrize(
    ("words", "rule", "verdict"),
    [
        ("全年新收政府信息公开申请6件。", None, None),
        ("全年新收到申请 12 件。", "prose.received", ReportVerdict.FAIL),
        ("全年新收政府信息公开申请1,206件。", "prose.received", ReportVerdict.FAIL),
        ("上年结转1件，办结5件，结转下年度2件。", None, None),
        ("上年度结转3件。", "prose.carried_over", ReportVerdict.UNCERTAIN),
        ("上年度结转申请3件。", "prose.carried_over", ReportVerdict.FAIL),
        ("结转下年度继续办理申请4件。", "prose.carried_forward", ReportVerdict.FAIL),
        ("共收到政府信息公开申请6件。", None, None),
        ("共收到政府信息公开申请7件，含上年结转1件。", None, None),
        ("共收到政府信息公开申请8件。", "prose.taken", ReportVerdict.UNCERTAIN),
        ("答复政府信息公开申请9件。", "prose.handled", ReportVerdict.UNCERTAIN),
        # Other things that are counted, parts of the whole, and what changed.
        ("受理3259件，答复5件。", None, None),
        ("已全部办结，8件申请人撤销。", None, None),
        ("新收政府信息公开申请较上年减少5件。", None, None),
        ("新收政府信息公开申请6件（其中新收自然人申请4件）。", None, None),
        ("新收行政复议案件3件。", "prose.reconsideration", ReportVerdict.UNCERTAIN),
        ("上年结转行政复议案件2件。", None, None),
        ("新收到主动公开信息类咨询12件。", None, None),
        ("答复网民留言56件。", None, None),
        ("办结上年结转1件。", None, None),
        ("行政复议案件2件。", None, None),
        ("行政复议案件5件。", "prose.reconsideration", ReportVerdict.UNCERTAIN),
        ("行政诉讼1件。", None, None),
        ("行政诉讼3件。", "prose.lawsuits", ReportVerdict.UNCERTAIN),
    ],
)
def test_a_figure_in_the_words_agrees_with_its_table(words, rule, verdict):
    found = list(prose_findings(a_report(part3=words)))
    assert [(each.rule, each.verdict) for each in found] == ([(rule, verdict)] if rule else [])
