"""What changed in a whole notice since a reviewer saw it."""

from datetime import UTC, datetime
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.notices.changes.blocks import KIND_WORDS, block_changes, block_words
from bulletin.domain.notices.changes.document import NoticeText, notice_changes
from bulletin.domain.notices.changes.words import ChangeMark
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Column,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    SummaryLine,
    Table,
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


blocks = st.lists(
    st.one_of(
        st.sampled_from(["各位村民", "支出三千元", "收入两万元", ""]).map(Paragraph),
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
    assert [c.after for c in changes if c.after is not None] == list(range(len(after)))
    assert sorted(c.before for c in changes if c.before is not None) == list(range(len(before)))
    for change in changes:
        for mark, place, text in (
            (ChangeMark.REMOVED, change.before, before),
            (ChangeMark.ADDED, change.after, after),
        ):
            if (
                place is None
                or change.table is not None
                or isinstance(text[place], ListBlock | Table)
            ):
                continue
            runs = [run for line in change.lines for run in line.words]
            words = "".join(run.text for run in runs if run.mark in (ChangeMark.SAME, mark))
            assert words == block_words(text[place])
    assert any(c.is_changed for c in changes) == (before != after)
