"""Old figures are found by their place in words, wherever rows and blocks move to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.notices.content import Column, Document, Heading, ListBlock, Paragraph, Table
from bulletin.domain.patterns.figures import blanks_in, figure_value, figures_in
from bulletin.domain.patterns.pattern import Pattern
from bulletin.domain.patterns.stale_figures import stale_figures

QUARTER = Period.parse("2026-Q4")
TITLE = "2026年第四季度村级财务收支情况"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2026年第四季度收入24,000.00元，支出3480元", ["24,000.00元", "3480元"]),
        ("结余20520元（大写：贰万零伍佰贰拾元整）", ["20520元"]),
        ("根据《组织法》第三十条，公示5日，7天内可拨打12317、0972-8321111反映", []),
        ("1. 共有三户，一户一宅\n二、五保户2户", ["三户", "2户"]),
        ("7月10日召开会议，8月份电费120度，2018年起", ["7月10日", "8月份", "120度"]),
        ("互政〔2026〕12号，3组5社，占25.5%，65周岁以上34人", ["25.5%", "34人"]),
        ("每年9月30日前，截至12月31日，10—12月", []),
        ("2025年度计划", ["2025年"]),
        ("共一户退出，一名党员", ["一户"]),
        ("拨付叁万元，增加-300元，２４０００元", ["叁万元", "-300元", "２４０００元"]),
        ("每一笔都有凭证，每张票据两人签字，共一笔", ["一笔"]),
        ("第12期，联系电话：8321111，上午9:00", []),
    ],
)
def test_a_figure_is_what_another_period_has_another_of(text, figures):
    found = figures_in(text, [QUARTER], frozenset({2025}))
    assert [figure.words for figure in found] == figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24,000.00元", "24000元"),
        ("２４０００ 元", "24000元"),
        ("0.50", "0.5"),
        ("7月 10日", "7月10日"),
    ],
)
def test_one_figure_has_many_spellings(one, other):
    assert figure_value(one) == figure_value(other)


def a_table(*rows, caption="支出"):
    return Table(
        (Column("序号", "number"), Column("项目"), Column("金额（元）", "money"), Column("备注")),
        tuple(rows),
        ("", "合计", "500.00", ""),
        caption,
    )


OLD = Document(
    (
        Paragraph("现将本村2026年第四季度收支公开如下。本季度收入24000元，支出3480元。"),
        Heading(1, "支出"),
        a_table(("1", "办公费", "300.00", "7月购置"), ("2", "电费", "200.00", "")),
        ListBlock(("新增低保3户", "退出2户")),
    )
)
PATTERN = Pattern(title=TITLE, document=OLD, periods=(QUARTER,))


def places(document, confirmed=()):
    found = stale_figures(TITLE, document, PATTERN, confirmed)
    return [(figure.block, figure.row, figure.column, figure.figure) for figure in found]


ALL = [
    (0, None, None, "24000元"),
    (0, None, None, "3480元"),
    (2, 0, 2, "300.00"),
    (2, 0, 3, "7月"),
    (2, 1, 2, "200.00"),
    (2, 2, 2, "500.00"),
    (3, 0, None, "3户"),
    (3, 1, None, "2户"),
]


def test_everything_is_old_at_first_but_wording_numbering_and_the_period():
    assert places(OLD) == ALL


def with_block(at, block):
    return Document((*OLD.blocks[:at], block, *OLD.blocks[at + 1 :]))


@pytest.mark.parametrize(
    ("block", "left"),
    [
        # a row put in above, another order, other thousands: still the old figures
        (
            a_table(("1", "差旅费", "80.00", ""), ("2", "办公费", "300", "7月购置")),
            {"300", "7月", "500.00"},
        ),
        (
            a_table(("1", "电费", "200.00", ""), ("2", "办公费", "300.00", "")),
            {"200.00", "300.00", "500.00"},
        ),
        # a label reworded keeps its figure old
        (a_table(("1", "办公用品费", "300.00", "")), {"300.00", "500.00"}),
        # another figure at the place is new, also one that stood at another place
        (a_table(("1", "办公费", "200.00", ""), ("2", "电费", "300.00", "")), {"500.00"}),
        (a_table(caption="三、支出明细"), {"500.00"}),
    ],
)
def test_a_cell_is_known_by_its_row_and_column(block, left):
    old = {figure for at, *_, figure in places(with_block(2, block)) if at == 2}
    assert old == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("本季度收入24,000元。支出3500元。", ["24,000元"]),
        ("本季度我村共收入24000元", ["24000元"]),
        ("支出24000元，收入3480元", []),
        ("本季度收入26000元，支出3480元", ["3480元"]),
        ("看戏24000元", []),
    ],
)
def test_a_figure_in_a_sentence_is_known_by_the_words_around_it(text, left):
    assert [figure for at, *_, figure in places(with_block(0, Paragraph(text))) if at == 0] == left


def test_what_was_confirmed_stays_so_when_everything_moves():
    first = stale_figures(TITLE, OLD, PATTERN)
    keys = [figure.key for figure in first if figure.block == 2]
    moved = Document((Paragraph("各位村民："), *reversed(OLD.blocks)))
    assert [place[3] for place in places(moved, keys)] == ["3户", "2户", "24000元", "3480元"]


def test_a_figure_of_the_title_is_found_there():
    pattern = Pattern(title="34户低保公示", document=Document(), periods=())
    (found,) = stale_figures("34户低保公示", Document(), pattern)
    assert (found.field, found.figure, found.block) == ("title", "34户", None)


def test_blanks_are_counted_but_for_what_is_printed_filled():
    document = Document((Paragraph("收入＿＿元（大写：＿＿），支出__元"), Paragraph("没有")))
    assert list(blanks_in(document)) == [(0, 2)]


LABELS = ("办公费", "电费", "水费", "差旅费", "保洁费", "道路维修", "慰问金")


@given(
    st.lists(
        st.tuples(st.sampled_from(LABELS), st.integers(1, 99), st.booleans()),
        min_size=1,
        unique_by=lambda row: row[0],
    ),
    st.randoms(use_true_random=False),
    st.integers(0, 3),
)
def test_exactly_the_unchanged_figures_are_old_in_any_order(rows, random, extra):
    """Counted here by a dictionary: label to figure, then and now."""
    heads = (Column("项目"), Column("金额", "money"))
    old = Table(heads, tuple((label, f"{figure}.00") for label, figure, _ in rows))
    now = [(label, str(figure if kept else figure + 100)) for label, figure, kept in rows]
    now += [(f"新的第{number}项", "7777") for number in range(extra)]
    random.shuffle(now)
    pattern = Pattern(title="", document=Document((old,)))
    then = {label: figure for label, figure, _ in rows}
    expected = sum(then.get(label) == int(figure) for label, figure in now)
    found = stale_figures("", Document((Table(heads, tuple(now)),)), pattern)
    assert len(found) == expected
