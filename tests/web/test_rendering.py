"""Words and shapes that templates ask for."""

from datetime import UTC, datetime

import pytest

from bulletin.domain.notices.content import Column, Table
from bulletin.web import rendering

LEDGER_COLUMNS = (
    Column("序号", "number"),
    Column("日期", "date"),
    Column("摘要"),
    Column("收入（元）", "money"),
    Column("支出（元）", "money"),
    Column("结余（元）", "money"),
)


# --- tables on a phone -------------------------------------------------------------------------


def test_a_ledger_labels_its_figures_and_leaves_the_rest_to_speak_for_itself():
    shape = rendering.table_shape(
        Table(LEDGER_COLUMNS, (("1", "7月5日", "上级拨付运转经费", "24000", "", "24000"),) * 2)
    )
    assert shape.classes == "sheet ledger s1 t3 n4 n5 n6 p4 p5 o5"
    assert list(shape.cells(("1", "7月5日", "拨款", "24000", "", "24000"))) == [
        ("", "1"),
        ("", "7月5日"),
        ("", "拨款"),
        ("收入", "24,000.00"),
        ("", ""),
        ("结余", "24,000.00"),
    ]


@pytest.mark.parametrize(
    ("columns", "rows", "footer", "classes"),
    [
        pytest.param(
            (Column("上期结余", "money"), Column("支出", "money")),
            (("1", "2"),),
            None,
            "tiles o2",
            id="a summary",
        ),
        pytest.param(
            (Column("姓名"), Column("金额", "money")),
            (("示例甲", "2"),),
            ("合计", "2"),
            "sheet ledger beside t1 n2 p2",
            id="one row with its sum",
        ),
        pytest.param(
            (Column("职务"), Column("姓名")),
            (("主任", "示例甲"),),
            None,
            "sheet cards beside t2",
            id="words only",
        ),
        pytest.param(
            (Column("姓名"), Column("得票", "number")),
            (("示例甲", "312"),),
            None,
            "sheet ledger beside t1 n2 p2",
            id="votes",
        ),
        pytest.param(
            (Column("姓名"), Column("同意"), Column("反对", "number")),
            (("示例甲", "312票", "0"), ("示例乙", "98", "")),
            None,
            "sheet ledger beside t1 n2 n3 p2 p3",
            id="votes typed as words stand like votes",
        ),
        pytest.param(
            (Column("姓名"), Column("是否同意")),
            (("示例甲", "同意"),),
            None,
            "sheet cards beside t1",
            id="a vote that is a word is a word",
        ),
        pytest.param(
            (Column("余额", "money"),),
            (("1",), ("2",)),
            None,
            "sheet ledger n1 p1",
            id="figures only",
        ),
    ],
)
def test_each_kind_of_table_has_its_shape(columns, rows, footer, classes):
    assert rendering.table_shape(Table(columns, rows, footer)).classes == classes


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "1 KB"), (364_544, "356 KB"), (1_048_575, "1.0 MB"), (1_258_291, "1.2 MB")],
)
def test_sizes_are_said_as_a_phone_says_them(size, words):
    assert rendering.size_words(size) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.XLSX", "Excel表格"),
        ("b.doc", "Word文档"),
        ("c.png", "图片"),
        ("d.pdf", "PDF文件"),
        ("无名", "文件"),
    ],
)
def test_a_file_is_called_by_what_it_is(name, words):
    assert rendering.kind_words(name) == words


@pytest.mark.parametrize(
    ("phone", "url"),
    [
        ("0972-8320000", "tel:09728320000"),
        ("（0972）8320000转8", "tel:09728320000,8"),
        ("+86 972 1", "tel:+869721"),
    ],
)
def test_a_phone_number_dials(phone, url):
    assert rendering.tel_url(phone) == url


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 10, 11, 16, 0, tzinfo=UTC), "00:00"),
        (datetime(2026, 10, 11, 15, 59, tzinfo=UTC), "10月11日 23:59"),
        (datetime(2025, 12, 31, 4, 0, tzinfo=UTC), "2025年12月31日 12:00"),
    ],
)
def test_an_instant_is_said_with_as_much_date_as_it_needs(at, words):
    assert rendering.recent_words(at, datetime(2026, 10, 12, 2, 5, tzinfo=UTC)) == words
