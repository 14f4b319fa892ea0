"""The typed document: one way in, every fault named, the same bytes for the same content."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.amounts import amount_of
from bulletin.domain.digests import canonical
from bulletin.domain.errors import Refused
from bulletin.domain.notices.content import Document, Paragraph, Table, cell_words, texts
from bulletin.domain.notices.content_serialization import document_json, read_document

DIGEST = "a" * 64
TABLE = {
    "type": "table",
    "caption": "收支",
    "columns": [{"title": "摘要", "kind": "text"}, {"title": "金额", "kind": "money"}],
    "rows": [["电费", "1,234.5"], ["材料费", "待核"]],
    "footer": ["合计", "1234.50"],
}
WHOLE = {
    "blocks": [
        {"type": "heading", "level": 1, "text": "一、收入"},
        {"type": "paragraph", "text": "各位村民："},
        {"type": "list", "ordered": True, "items": ["甲", "乙"]},
        TABLE,
        {"type": "image", "file": DIGEST, "alt": "村道", "caption": "完工的村道"},
        {"type": "attachment", "file": DIGEST, "name": "合同.pdf"},
        {"type": "summary", "lines": [{"label": "收进来", "words": "12000元"}]},
        {"type": "translation", "language": "ug", "title": "كىرىم", "paragraphs": ["كەنت", ""]},
    ]
}

lines = st.text(st.characters(blacklist_categories=("C",)), max_size=20)


@st.composite
def documents(draw):
    width = draw(st.integers(1, 4))
    row = st.lists(lines, min_size=width, max_size=width)
    kinds = st.sampled_from(["text", "number", "money", "date"])
    table = st.fixed_dictionaries(
        {
            "type": st.just("table"),
            "caption": lines,
            "columns": st.lists(
                st.fixed_dictionaries({"title": lines, "kind": kinds}),
                min_size=width,
                max_size=width,
            ),
            "rows": st.lists(row, max_size=4),
            "footer": st.none() | row,
        }
    )
    blocks = st.one_of(
        st.fixed_dictionaries({"type": st.just("paragraph"), "text": lines}),
        st.fixed_dictionaries(
            {"type": st.just("heading"), "level": st.sampled_from([1, 2, 3]), "text": lines}
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("list"),
                "ordered": st.booleans(),
                "items": st.lists(lines, max_size=4),
            }
        ),
        table,
    )
    return {"blocks": draw(st.lists(blocks, max_size=5))}


@given(documents())
def test_what_was_read_is_written_and_read_back_unchanged(raw):
    document = read_document(raw)
    said = document_json(document)
    assert read_document(said) == document
    assert document_json(read_document(json.loads(canonical(said)))) == said


def test_the_texts_of_a_document_come_in_reading_order():
    assert list(texts(read_document(WHOLE))) == [
        "一、收入", "各位村民：", "甲", "乙",
        "收支", "摘要", "金额", "电费", "1,234.50", "材料费", "待核", "合计", "1,234.50",
        "完工的村道", "合同.pdf",
        "明白账", "收进来", "12,000元", "كىرىم", "كەنت", "",
    ]  # fmt: skip


def test_money_is_kept_as_a_plain_figure_and_printed_with_separators():
    table = read_document({"blocks": [TABLE]}).blocks[0]
    assert isinstance(table, Table)
    assert table.rows[0][1] == "1234.5"
    assert cell_words("money", table.rows[0][1]) == "1,234.50"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,234.50", Decimal("1234.50")),
        ("￥ 24,000 元", Decimal(24000)),
        ("１２３．４", Decimal("123.4")),
        ("-36.47", Decimal("-36.47")),
        ("待核", None),
        ("", None),
        ("12-3", None),
        ("1e9", None),
    ],
)
def test_the_figure_in_a_cell_is_read_as_people_type_it(cell, amount):
    assert amount_of(cell) == amount


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("(1234.5)", "(1,234.50)"),
        ("（1234.5）", "(1,234.50)"),
        ("−1234.5", "-1,234.50"),
        ("–", "–"),
        ("(待核)", "(待核)"),
    ],
)
def test_what_is_below_nought_is_printed_as_accounts_write_it(cell, printed):
    assert cell_words("money", cell) == printed


def test_control_characters_and_windows_line_ends_are_cleaned_away():
    document = read_document({"blocks": [{"type": "paragraph", "text": " 一\r\n二\u200b\x00 "}]})
    assert document == Document((Paragraph("一\n二"),))


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"type": "video"}, "不认识的段落类型“video”"),
        ({"type": "heading", "level": 4, "text": "甲"}, "标题只有一、二、三级"),
        ({"type": "image", "file": "../../etc/passwd", "alt": ""}, "文件没有上传成功"),
        (TABLE | {"rows": [["只有一格"]]}, "第1行有1格，应为2格"),
        (TABLE | {"columns": []}, "表格应有1到16列"),
        (TABLE | {"rows": [["甲", "1"]] * 5001}, "表格不能超过5000行"),
        ({"type": "paragraph", "text": "甲", "onclick": "alert(1)"}, "多了不认识的内容"),
        ({"type": "paragraph", "text": 3}, "缺少必要的内容"),
        ({"type": "summary", "lines": []}, "明白账应有1到8行"),
        ({"type": "summary", "lines": [{"label": "甲" * 13, "words": ""}]}, "不超过12字"),
        ({"type": "paragraph", "text": "甲" * 20_001}, "一段文字不能超过20000字"),
        ({"type": "translation", "language": "xx", "paragraphs": []}, "不认识的文种“xx”"),
        ({"type": "translation", "language": "bo", "paragraphs": "字"}, "缺少必要的内容"),
        ("段落", "缺少必要的内容"),
    ],
)
def test_a_faulty_block_is_refused_by_its_place_and_reason(block, said):
    with pytest.raises(Refused) as refused:
        read_document({"blocks": [{"type": "paragraph", "text": "好的一段"}, block]})
    assert str(refused.value).startswith("正文第2段有误：")
    assert said in str(refused.value)


@pytest.mark.parametrize("raw", [None, [], "文字", {}, {"blocks": "文字"}])
def test_what_is_no_document_is_refused(raw):
    with pytest.raises(Refused):
        read_document(raw)


def test_there_is_one_plain_account():
    box = {"type": "summary", "lines": [{"label": "收进来", "words": "1元"}]}
    with pytest.raises(Refused, match="只有一个明白账"):
        read_document({"blocks": [box, box]})


def test_every_fault_is_named_at_once():
    with pytest.raises(Refused) as refused:
        read_document({"blocks": [{"type": "a"}, {"type": "b"}]})
    assert len(refused.value.refusals) == 2


def test_a_document_without_words_is_empty():
    assert read_document({"blocks": [{"type": "paragraph", "text": "  "}]}).is_empty
    assert not read_document(WHOLE).is_empty


def test_files_are_named_once_each():
    assert read_document(WHOLE).files == (DIGEST,)
