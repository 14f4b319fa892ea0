"""What changed in a whole notice since a reviewer saw it."""

from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.notices.changes.block_likeness import block_words
from bulletin.domain.notices.changes.blocks import KIND_WORDS, block_changes
from bulletin.domain.notices.changes.document import NoticeText, notice_changes
from bulletin.domain.notices.changes.words import ChangeMark
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Column,
    ContentLanguage,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    SummaryLine,
    Table,
    Translation,
)

GREETING, HEAD = Paragraph("各位村民："), Heading(1, "支出情况")
SPENT = Paragraph("本季度路灯维修支出3480元。")
LIST = ListBlock(("路灯维修材料费", "渠道清淤人工费"))
TABLE = Table((Column("摘要"), Column("金额（元）", "money")), (("路灯", "3480"), ("渠道", "900")))
PICTURE = Image("a" * 64, "路灯照片")
FILE = Attachment("b" * 64, "明细.xlsx")
ALL = Document((GREETING, HEAD, SPENT, LIST, TABLE, PICTURE, FILE))


def said(before, after):
    """Each block that changed: (mark, kind, place before, place after, moved, notes)."""
    changes = block_changes(before, after)
    return [
        (c.mark.value, c.kind, c.before, c.after, c.moved, *c.notes)
        for c in changes
        if c.is_changed
    ]


def replaced(old, new):
    return Document(tuple(new if block is old else block for block in ALL.blocks))


def test_the_same_text_has_no_changes():
    assert said(ALL, ALL) == []


def test_each_kind_of_block_says_what_changed_in_it():
    cases = {
        "正文": (SPENT, Paragraph("本季度路灯维修支出3840元。"), ()),
        "小标题": (HEAD, Heading(2, "支出情况"), ("由一级标题改成二级标题",)),
        "列表": (LIST, ListBlock(LIST.items, ordered=True), ("改成编号的列表",)),
        "图片": (PICTURE, Image("c" * 64, "路灯照片"), ("换了一张图片",)),
        "附件": (FILE, Attachment("c" * 64, "明细.xlsx"), ("换了文件",)),
        "表格": (TABLE, Table(TABLE.columns, (("路灯", "3480"), ("渠道", "950"))), ()),
    }
    for kind, (old, new, notes) in cases.items():
        at = ALL.blocks.index(old)
        assert said(ALL, replaced(old, new)) == [("changed", kind, at, at, False, *notes)], kind


def test_every_kind_of_block_has_a_word_and_is_compared():
    for kind in get_args(Block):
        assert KIND_WORDS[kind.type]
    old = Summary((SummaryLine("收进来", "2400元"), SummaryLine("还剩下", "300元")))
    new = Summary((SummaryLine("收进来", "2400元"), SummaryLine("还剩下", "500元")))
    (change,) = block_changes(Document((old,)), Document((new,)))
    assert [line.mark for line in change.lines] == [ChangeMark.SAME, ChangeMark.CHANGED]


def test_a_second_language_is_compared_paragraph_by_paragraph():
    old = Translation(ContentLanguage.TIBETAN, "ཡོང་འབབ།", ("གཅིག", "གཉིས"))
    new = Translation(ContentLanguage.TIBETAN, "ཡོང་འབབ།", ("གཅིག", "གསུམ"))
    (change,) = block_changes(Document((old,)), Document((new,)))
    assert ChangeMark.SAME in {line.mark for line in change.lines[:2]}
    assert any(line.is_changed for line in change.lines[2:])
    other = Translation(ContentLanguage.UYGHUR, "ཡོང་འབབ།", ("གཅིག", "གཉིས"))
    (change,) = block_changes(Document((old,)), Document((other,)))
    assert change.notes == ("由藏文改成维吾尔文",)


def test_a_block_put_in_one_left_out_and_one_moved_are_each_named_once():
    new = Paragraph("特此公示。")
    after = Document((GREETING, SPENT, HEAD, TABLE, PICTURE, FILE, new))
    kinds = {(mark, kind, moved) for mark, kind, _, _, moved, *_ in said(ALL, after)}
    moved = (
        {("same", "正文", True)},
        {("same", "小标题", True)},
    )  # either may have gone past the other
    assert kinds - {("added", "正文", False), ("removed", "列表", False)} in moved


def test_a_line_put_into_a_list_is_the_only_line_that_is_new():
    (change,) = block_changes(
        Document((LIST,)), Document((ListBlock(("路灯维修材料费", "运费", "渠道清淤人工费")),))
    )
    assert [line.mark for line in change.lines] == [
        ChangeMark.SAME,
        ChangeMark.ADDED,
        ChangeMark.SAME,
    ]
    assert change.count == 1


def test_a_paragraph_that_became_a_heading_is_the_same_words_in_another_kind():
    assert said(Document((Paragraph("支出情况"),)), Document((Heading(1, "支出情况"),))) == [
        ("changed", "小标题", 0, 0, False, "由正文改成小标题")
    ]


def test_a_table_that_came_is_shown_whole():
    (change,) = block_changes(Document(()), Document((TABLE,)))
    assert change.mark is ChangeMark.ADDED
    assert [row.mark for row in change.table.rows] == [ChangeMark.ADDED, ChangeMark.ADDED]


def test_title_note_moment_and_days_are_named_with_their_former_words():
    moment = datetime(2026, 10, 10, 1, tzinfo=UTC)
    before = NoticeText(title="收支", document=ALL, period="15日")
    after = NoticeText(
        title="收支情况", document=ALL, period="30日", publish_at=moment, change_note="改了"
    )
    changes = notice_changes(before, after)
    words = {f.label: "".join(run.text for run in f.words) for f in changes.fields}
    assert words == {
        "标题": "收支情况",
        "更正说明": "改了",
        "发布时间": "审完即发布2026年10月10日 09:00",
        "公示": "15日30日",
    }
    assert changes.count == 4


def _places(change, side):
    first = (change.before, change.after)[side]
    others = (change.also_before, change.also_after)[side]
    return () if first is None else (first, *others)


RENT = "西社渠道维修方案已经村民代表会议通过。"
COST = "投资三万元，从集体收入中列支。"
WHEN = "十一月开工，年底完工，由村委会主任负责。"


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ([RENT + COST], [RENT, COST], ("拆成2段", (0,), (0, 1), 1)),
        ([RENT + COST + WHEN], [RENT, COST, WHEN], ("拆成3段", (0,), (0, 1, 2), 1)),
        ([RENT, COST], [RENT + COST], ("由2段合成", (0, 1), (0,), 1)),
        ([COST, WHEN, RENT], [COST + WHEN + RENT], ("由3段合成", (0, 1, 2), (0,), 1)),
        ([RENT + COST], [RENT, COST.replace("三", "五")], ("拆成2段", (0,), (0, 1), 2)),
    ],
)
def test_a_paragraph_that_was_split_or_joined_is_neither_removed_nor_added(before, after, change):
    texts = (Document(tuple(map(Paragraph, ["各位村民：", *each]))) for each in (before, after))
    greeting, found = block_changes(*texts)
    places = tuple(tuple(at - 1 for at in _places(found, side)) for side in (0, 1))
    assert not greeting.is_changed
    assert (*found.notes, *places, found.count) == change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([RENT], [RENT, COST]),
        ([RENT, COST], [RENT]),
        ([RENT + COST], [RENT, WHEN]),
        ([RENT + COST, WHEN], [RENT, WHEN, COST]),  # its other half went somewhere else
    ],
)
def test_what_came_or_went_beside_a_paragraph_is_no_part_of_it(before, after):
    texts = (Document(tuple(map(Paragraph, each))) for each in (before, after))
    assert not any(note for found in block_changes(*texts) for note in found.notes)


blocks = st.lists(
    st.one_of(
        st.sampled_from(["各位村民", "支出三千元", "收入两万元", ""]).map(Paragraph),
        st.sampled_from([RENT, COST, WHEN, RENT + COST, COST + WHEN]).map(Paragraph),
        st.sampled_from(["一", "二"]).map(lambda text: Heading(1, text)),
        st.just(TABLE),
        st.just(PICTURE),
        st.just(LIST),
    ),
    max_size=6,
)


@given(before=blocks, after=blocks)
def test_both_texts_are_there_whole(before, after):
    changes = block_changes(Document(tuple(before)), Document(tuple(after)))
    then, now = ([place for c in changes for place in _places(c, side)] for side in (0, 1))
    assert (sorted(then), now) == (list(range(len(before))), list(range(len(after))))
    for change in changes:
        for mark, side, text in ((ChangeMark.REMOVED, 0, before), (ChangeMark.ADDED, 1, after)):
            told = [text[place] for place in _places(change, side)]
            if change.table is not None or any(isinstance(b, ListBlock | Table) for b in told):
                continue
            runs = [run for line in change.lines for run in line.words]
            words = "".join(run.text for run in runs if run.mark in (ChangeMark.SAME, mark))
            assert words == "\n".join(map(block_words, told))
    assert any(c.is_changed for c in changes) == (before != after)
