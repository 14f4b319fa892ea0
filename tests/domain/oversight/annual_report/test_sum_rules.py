"""The sums of an annual report: 42 within a year, 9 from one year to the next."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.annual_reports import filled, layouts, zeros

from bulletin.domain.oversight.annual_report.findings import ReportVerdict
from bulletin.domain.oversight.annual_report.layout import CellKey, RowRole, TableName
from bulletin.domain.oversight.annual_report.sum_rules import (
    broken,
    county_findings,
    rules_across_years,
    rules_of_year,
)

IN_FORCE = layouts()["2021"]
REQUESTS, REVIEWS, PROACTIVE = TableName.REQUESTS, TableName.REVIEWS, TableName.PROACTIVE


def test_the_form_in_force_has_two_hundred_cells_and_its_sums():
    assert Counter(key.table for key in IN_FORCE.cells()) == {
        PROACTIVE: 10,
        REQUESTS: 25 * 7,
        REVIEWS: 15,
    }
    assert Counter(rule.name for rule in rules_of_year(IN_FORCE)) == {
        "requests.balance": 7,
        "requests.handled": 7,
        "requests.row_total": 25,
        "reviews.total": 3,
    }
    assert Counter(rule.name for rule in rules_across_years(IN_FORCE)) == {
        "years.carried_over": 7,
        "years.in_force": 2,
    }


@pytest.mark.parametrize(("name", "rows"), [("2019", 23), ("2023", 23), ("2021", 25)])
def test_an_older_form_has_two_rows_fewer(name, rows):
    assert len(layouts()[name].requests.rows) == rows


@pytest.mark.parametrize("name", ["2019", "2023", "2021"])
def test_a_report_that_adds_up_breaks_no_rule(name):
    layout = layouts()[name]
    for figures in (zeros(layout), filled(layout)):
        assert not list(broken(rules_of_year(layout), figures))


def _independent(figures):
    """The same sums, told once more from the order's own words."""
    columns, rows = list(IN_FORCE.requests.columns), IN_FORCE.requests.rows
    at = lambda row, column: figures[CellKey(REQUESTS, row, column)]  # noqa: E731
    wrong = Counter()
    for column in columns:
        taken = at("received", column) + at("carried_over", column)
        wrong["requests.balance"] += taken != at("handled", column) + at("carried_forward", column)
        outcomes = sum(at(row.key, column) for row in rows if row.role is RowRole.OUTCOME)
        wrong["requests.handled"] += outcomes != at("handled", column)
    for row in rows:
        six = sum(at(row.key, column) for column in columns[:6])
        wrong["requests.row_total"] += six != at(row.key, "total")
    for row in IN_FORCE.reviews.rows:
        four = [figures[CellKey(REVIEWS, row, column)] for column in IN_FORCE.reviews.columns]
        wrong["reviews.total"] += sum(four[:4]) != four[4]
    return +wrong


@given(st.dictionaries(st.sampled_from(list(IN_FORCE.cells())), st.integers(0, 3), max_size=12))
def test_whatever_is_wrong_is_found_and_nothing_else(changes):
    figures = filled(IN_FORCE) | changes
    found = list(broken(rules_of_year(IN_FORCE), figures))
    assert Counter(each.rule for each in found) == _independent(figures)
    assert {each.verdict for each in found} <= {ReportVerdict.FAIL}


def test_a_wrong_sum_names_its_cell_and_both_figures():
    figures = filled(IN_FORCE) | {CellKey(REQUESTS, "received", "total"): Decimal(9)}
    balance, row = sorted(broken(rules_of_year(IN_FORCE), figures), key=lambda each: each.rule)
    assert (balance.cell, balance.expected, balance.found) == ("表三 · 总计", "7", "10")
    assert (row.cell, row.expected, row.found) == (
        "表三 · 一、本年新收政府信息公开申请数量 · 总计",
        "6",
        "9",
    )


def test_of_a_cell_that_was_not_read_no_sum_is_told():
    figures = filled(IN_FORCE)
    del figures[CellKey(REQUESTS, "third_party", "company")]
    found = list(broken(rules_of_year(IN_FORCE), figures))
    assert Counter(each.rule for each in found) == {"requests.handled": 1, "requests.row_total": 1}
    assert {each.verdict for each in found} == {ReportVerdict.NOT_ASSESSABLE}


def test_an_empty_cell_counts_as_nought():
    figures = dict.fromkeys(IN_FORCE.cells())
    assert not list(broken(rules_of_year(IN_FORCE), figures))


def test_this_year_takes_over_what_last_year_left():
    before = filled(IN_FORCE)
    now = zeros(IN_FORCE)
    for column, count in (("person", 2), ("total", 2)):
        now[CellKey(REQUESTS, "carried_over", column)] = count
    for column, count in (("issued", 2), ("repealed", 5), ("in_force", 14)):
        now[CellKey(PROACTIVE, "documents", column)] = count
    assert not list(broken(rules_across_years(IN_FORCE), now, before))
    now[CellKey(PROACTIVE, "documents", "in_force")] = 15
    now[CellKey(REQUESTS, "carried_over", "person")] = 1
    carried, stock = broken(rules_across_years(IN_FORCE), now, before)
    assert (carried.cell, carried.expected, carried.found) == ("表三 · 自然人", "2", "1")
    assert (stock.rule, stock.expected, stock.found) == ("years.in_force", "14", "15")


def _county(county, **members):
    return list(county_findings(IN_FORCE, county, members))


def test_a_county_is_the_sum_of_its_members():
    town = filled(IN_FORCE)
    county = {key: count * 2 for key, count in town.items()}
    assert not _county(county, a=town, b=town)
    county[CellKey(REQUESTS, "received", "person")] += 1
    (wrong,) = _county(county, a=town, b=town)
    assert (wrong.cell, wrong.expected, wrong.found) == (
        "表三 · 一、本年新收政府信息公开申请数量 · 自然人",
        "8",
        "9",
    )


def test_without_a_member_the_sum_is_incomplete_and_the_member_named():
    town = filled(IN_FORCE)
    (unread,) = _county(town, a=town, b={})
    assert (unread.found, unread.verdict) == ("没有读到：b", ReportVerdict.NOT_ASSESSABLE)
    less = {key: count for key, count in town.items() if key.row != "received"}
    (row,) = [each for each in _county(town, a=less) if each.verdict is not ReportVerdict.FAIL]
    assert (row.cell, row.found) == (
        "表三 · 一、本年新收政府信息公开申请数量",
        "这一行没有读到：a",
    )


def test_what_was_otherwise_handled_is_one_row_in_one_form_and_three_in_the_other():
    before = layouts()["2023"]
    town = zeros(before) | {
        CellKey(REQUESTS, row, column): Decimal(1)
        for row in ("received", "otherwise_handled", "handled")
        for column in ("person", "total")
    }
    county = zeros(IN_FORCE) | {
        CellKey(REQUESTS, row, column): Decimal(1)
        for row in ("received", "not_mended", "handled")
        for column in ("person", "total")
    }
    assert not _county(county, a=town)
