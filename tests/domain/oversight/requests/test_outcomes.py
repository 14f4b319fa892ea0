"""A year of requests in table 三, and what very many of them cost."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.annual_reports import layouts
from support.information_requests import LAYOUT, RULES

from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.oversight.annual_report.sum_rules import (
    broken,
    rules_across_years,
    rules_of_year,
)
from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.domain.oversight.requests.outcomes import RequestFacts, fee_of, request_figures


@st.composite
def requests(draw):
    received = draw(st.dates(date(2024, 6, 1), date(2027, 3, 1)))
    took = draw(st.none() | st.integers(0, 120))
    ended = None if took is None else received + timedelta(days=took)
    outcome = draw(st.sampled_from(list(RULES.outcomes))) if ended else ""
    return RequestFacts(draw(st.sampled_from(ApplicantClass)), received, ended, outcome)


def table(some, year):
    return request_figures(some, year, RULES.outcomes, LAYOUT)


def _with_zeros(figures):
    return {key: figures.get(key, 0) for key in LAYOUT.cells()}


@given(st.lists(requests(), max_size=200))
def test_a_table_of_requests_adds_up_whatever_they_are(some):
    before, now = (_with_zeros(table(some, year)) for year in (2025, 2026))
    assert not list(broken(rules_of_year(LAYOUT), now))
    for form in layouts().values():  # an older one has one row for all of （六）
        figures = request_figures(some, 2026, RULES.outcomes, form)
        of_requests = [r for r in rules_of_year(form) if r.total[0].table is TableName.REQUESTS]
        assert not list(broken(of_requests, figures))
    assert not list(broken(rules_across_years(LAYOUT), now, before))


@given(st.lists(requests(), max_size=200))
def test_an_independent_count_finds_the_same(some):
    """Told once more: by who asked, and by what became of it."""
    figures, year = table(some, 2026), 2026
    total = lambda row: figures[CellKey(TableName.REQUESTS, row, "total")]  # noqa: E731
    assert total("received") == sum(each.received_on.year == year for each in some)
    open_before = [each for each in some if each.received_on.year < year]
    open_before = [each for each in open_before if not each.ended_on or each.ended_on.year >= year]
    assert total("carried_over") == len(open_before)
    ended = [each for each in some if each.ended_on and each.ended_on.year == year]
    assert total("handled") == len(ended)
    rows = Counter(RULES.outcomes[each.outcome].row for each in ended)
    assert all(total(row) == count for row, count in rows.items())
    for applicant in ApplicantClass:
        key = CellKey(TableName.REQUESTS, "handled", applicant.value)
        assert figures[key] == sum(each.applicant is applicant for each in ended)


def test_every_kind_of_applicant_has_a_column():
    assert [*ApplicantClass, "total"] == list(LAYOUT.requests.columns)


@pytest.mark.parametrize(
    ("count", "yuan"),
    [(1, 0), (10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (101, 900)],
)
def test_what_the_nth_request_of_a_month_costs(count, yuan):
    assert fee_of(count, RULES.fees) == yuan


def test_against_every_refusal_one_asks_for_reconsideration_first():
    first = {key for key, each in RULES.outcomes.items() if each.asks_first}
    refused = {key for key, each in RULES.outcomes.items() if each.words.startswith("不予公开")}
    assert first == (refused | {"disclosed_in_part"}) - {"registry_query"}


def test_every_outcome_of_the_form_can_be_reached():
    rows = {row.key for row in LAYOUT.requests.rows if row.role == "outcome"}
    assert {each.row for each in RULES.outcomes.values()} == rows
