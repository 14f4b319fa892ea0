"""Figures in the words of a report can't differ from its tables."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.oversight.annual_report.fields import (
    ReportField,
    filled,
    pieces_of,
    unknown_fields,
    values_of,
)
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName

RECEIVED = CellKey(TableName.REQUESTS, "received", "total")
LEFT = CellKey(TableName.REQUESTS, "carried_over", "total")
FEES = CellKey(TableName.PROACTIVE, "fees", "amount")
FIELDS = (
    ReportField("本年新收申请", (RECEIVED,)),
    ReportField("收到申请", (RECEIVED, LEFT)),
    ReportField("收费金额", (FEES,)),
)


def test_a_field_says_what_its_cells_add_up_to():
    figures = {RECEIVED: Decimal(6), LEFT: None, FEES: Decimal("0.12805")}
    values = values_of(FIELDS, figures)
    assert values == {"本年新收申请": "6", "收到申请": "6", "收费金额": "0.12805"}
    text = "新收【本年新收申请】件，收费【 收费金额 】万元。"
    assert filled(text, values) == "新收6件，收费0.12805万元。"


def test_a_field_that_nobody_knows_is_named_once_and_stays_as_it_was_written():
    text = "甲【没有这个】乙【没有这个】丙"
    assert filled(text, {}) == text
    assert unknown_fields(text, {}) == ["没有这个"]
    pieces = list(pieces_of("共【收到申请】件", {"收到申请": "3"}))
    assert [(piece.words, piece.field) for piece in pieces] == [
        ("共", ""),
        ("3", "收到申请"),
        ("件", ""),
    ]


@given(st.text(alphabet="【】甲乙\n0 ", max_size=40))
def test_nothing_of_a_text_is_lost(text):
    assert filled(text, {}) == "".join(piece.words for piece in pieces_of(text, {}))
    assert len(filled(text, {})) == len(text)
