"""Tables 二 and 四 counted from the registers."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.information_requests import LAYOUT

from bulletin.domain.oversight.annual_report.layout import TableName
from bulletin.domain.oversight.annual_report.sum_rules import (
    broken,
    rules_across_years,
    rules_of_year,
)
from bulletin.domain.oversight.registers import (
    CaseResult,
    RegisterFacts,
    RegisterKind,
    cells_of_entry,
    register_figures,
)


def figures_of(*entries, year=2026):
    found = register_figures(entries, year, LAYOUT)
    return {(key.row, key.column): count for key, count in found.items() if count}


def an_entry(kind, on=date(2026, 3, 2), **facts):
    return RegisterFacts(kind=kind, on=on, **facts)


@pytest.mark.parametrize(
    ("entry", "cells"),
    [
        (an_entry(RegisterKind.DOCUMENT), {("documents", "issued"), ("documents", "in_force")}),
        (an_entry(RegisterKind.DOCUMENT, date(2020, 1, 1)), {("documents", "in_force")}),
        (
            an_entry(RegisterKind.DOCUMENT, date(2020, 1, 1), ended_on=date(2026, 5, 1)),
            {("documents", "repealed")},
        ),
        (
            an_entry(RegisterKind.DOCUMENT, date(2020, 1, 1), ended_on=date(2027, 5, 1)),
            {("documents", "in_force")},
        ),
        (an_entry(RegisterKind.DOCUMENT, date(2020, 1, 1), ended_on=date(2025, 5, 1)), set()),
        (an_entry(RegisterKind.DOCUMENT, date(2027, 1, 1)), set()),
        (an_entry(RegisterKind.LICENCE), {("licences", "decisions")}),
        (an_entry(RegisterKind.LICENCE, date(2025, 12, 31)), set()),
        (an_entry(RegisterKind.PENALTY), {("penalties", "decisions")}),
        (an_entry(RegisterKind.COERCION), {("coercions", "decisions")}),
        (
            an_entry(RegisterKind.RECONSIDERATION),
            {("reconsideration", "pending"), ("reconsideration", "total")},
        ),
        (
            an_entry(
                RegisterKind.LAWSUIT_AFTER,
                date(2025, 3, 1),
                ended_on=date(2026, 2, 1),
                result=CaseResult.CORRECTED,
            ),
            {("lawsuit_after", "corrected"), ("lawsuit_after", "total")},
        ),
        (
            an_entry(
                RegisterKind.LAWSUIT_DIRECT,
                ended_on=date(2027, 2, 1),
                result=CaseResult.UPHELD,
            ),
            {("lawsuit_direct", "pending"), ("lawsuit_direct", "total")},
        ),
        (
            an_entry(
                RegisterKind.LAWSUIT_DIRECT,
                date(2025, 3, 1),
                ended_on=date(2025, 9, 1),
                result=CaseResult.UPHELD,
            ),
            set(),
        ),
    ],
)
def test_where_an_entry_is_counted(entry, cells):
    assert set(figures_of(entry)) == cells
    assert {(key.row, key.column) for key in cells_of_entry(entry, 2026, LAYOUT)} == cells


def test_fees_are_told_in_ten_thousand_yuan_exact_to_the_fen():
    found = figures_of(
        an_entry(RegisterKind.FEE, fen=12_345_60),
        an_entry(RegisterKind.FEE, fen=1),
        an_entry(RegisterKind.FEE, date(2025, 1, 1), fen=99),
    )
    assert found == {("fees", "amount"): Decimal("1.234561")}


@st.composite
def entries(draw):
    kind = draw(st.sampled_from(RegisterKind))
    on = draw(st.dates(date(2023, 1, 1), date(2027, 6, 1)))
    took = draw(st.none() | st.integers(0, 900))
    ended_on = on + timedelta(days=took) if took is not None and kind.can_end else None
    result = draw(st.sampled_from(CaseResult)) if ended_on and kind.is_case else None
    return RegisterFacts(
        kind=kind, on=on, ended_on=ended_on, result=result, fen=draw(st.integers(0, 9))
    )


def _whole(some, year):
    return dict.fromkeys(LAYOUT.cells(), 0) | register_figures(some, year, LAYOUT)


@given(st.lists(entries(), max_size=60))
def test_whatever_was_registered_adds_up_within_the_year_and_from_the_last(some):
    before, now = _whole(some, 2025), _whole(some, 2026)
    assert not list(broken(rules_of_year(LAYOUT), now))
    assert not list(broken(rules_across_years(LAYOUT), now, before))


@given(st.lists(entries(), max_size=60))
def test_an_independent_count_finds_the_same(some):
    figures = register_figures(some, 2026, LAYOUT)
    counted = Counter()
    for each in some:
        ended = each.ended_on.year if each.ended_on else 9999
        if each.kind.is_case and each.on.year <= 2026 <= ended:
            counted[each.kind.value, "total"] += 1
            column = each.result.value if ended == 2026 else "pending"
            counted[each.kind.value, column] += 1
        if each.kind is RegisterKind.DOCUMENT:
            counted["documents", "issued"] += each.on.year == 2026
            counted["documents", "repealed"] += ended == 2026
            counted["documents", "in_force"] += each.on.year <= 2026 < ended
    for key, count in figures.items():
        if key.table is TableName.REVIEWS or key.row == "documents":
            assert count == counted[key.row, key.column]
