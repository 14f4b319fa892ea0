"""What is pasted: every visible word arrives, in order and once; what is struck or hidden is left out and said."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.browser import needs_chromium, served
from support.paths import PAGE_TEMPLATES

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_chromium]

READ = """async ([html, text]) => {
    const { pasted } = await import('/static/editor/clipboard.js');
    return pasted(html, text);
}"""
CELLS = READ.replace("pasted", "pastedCells")
WORD_HEAD = '<html xmlns:w="urn:schemas-microsoft-com:office:word">'


@pytest.fixture(scope="module")
def reader(chromium):
    """A page on which the editor's own modules can be called."""
    app = Flask("static", static_folder=str(PAGE_TEMPLATES / "static"))
    app.add_url_rule("/", "front", lambda: "<!doctype html><title>x</title>")
    with served(app) as address:
        page = chromium.new_page()
        page.goto(address)
        yield page


def read(reader, html, text="x"):
    return reader.evaluate(READ, [html, text])


def texts_of(block):
    match block["type"]:
        case "list":
            return block["items"]
        case "table":
            rows = [*block["rows"], *([block["footer"]] if block["footer"] else [])]
            titles = [column["title"] for column in block["columns"]]
            return [block["caption"], *titles, *(cell for row in rows for cell in row)]
        case _:
            return [block["text"]]


def words_of(result):
    if result["blocks"] is None:
        return (result["run"] or "").split()
    return [word for block in result["blocks"] for text in texts_of(block) for word in text.split()]


P = "paragraph"
BLOCKS = {
    "text beside blocks": (
        "<div>一、本季度收入 <b>12000</b> 元，支出如下：<p>电费</p>余下结转</div><p>完</p>",
        [(P, "一、本季度收入 12000 元，支出如下："), (P, "电费"), (P, "余下结转"), (P, "完")],
    ),
    "text beside a list": (
        "<div>名单：<ul><li>张示例</li></ul>共一人</div>",
        [(P, "名单："), ("list", "张示例"), (P, "共一人")],
    ),
    "text beside a table": (
        "<div>明细：<table><tr><td>甲</td><td>乙</td></tr></table>见附表</div>",
        [(P, "明细："), ("table", "甲 乙"), (P, "见附表")],
    ),
    "words typed into a field": (
        '<p>收入<input value="300">元<input type="hidden" value="9"><input type="checkbox"></p>',
        [(None, "收入300元")],
    ),
    "a list of choices that is open": (
        "<div>选项：<select multiple><option>甲</option><option>乙</option></select></div>",
        [(None, "选项：甲 乙")],
    ),
    "a gauge and what stands in for it": ("<p>完成<meter value='1'>一半</meter></p>", [(None, "完成")]),
    "a line break in a paragraph": ("<p>张示例<br>李示例</p>", [(None, "张示例\n李示例")]),
    "two line breaks part paragraphs": ("张示例<br><br>李示例", [(P, "张示例"), (P, "李示例")]),
    "lines of a browser's editor": (
        "<div>甲</div><div><br></div><div>乙</div>",
        [(P, "甲"), (P, "乙")],
    ),
    "a nested list, once and in order": (
        "<ul><li>甲<ul><li>乙</li><li>丙</li></ul></li><li>丁</li></ul>",
        [("list", "甲|乙|丙|丁")],
    ),
    "an item of two paragraphs": (
        "<ol><li><p>甲</p><p>乙</p></li><li>丙</li></ol>",
        [("list", "甲 乙|丙")],
    ),
    "a table inside an item": (
        "<ul><li>甲<table><tr><td>一</td><td>二</td></tr></table>乙</li><li>丙</li></ul>",
        [("list", "甲"), ("table", "一 二"), ("list", "乙|丙")],
    ),
    "a heading with a break": ("<h2>第三季度<br>收支</h2><p>如下</p>", [("heading", "第三季度 收支"), (P, "如下")]),
    "lines kept by white-space": (
        '<div style="white-space: pre-wrap">甲\n乙</div><div>丙\n丁</div>',
        [(P, "甲\n乙"), (P, "丙 丁")],
    ),
    "Word breaks its source inside words": (
        f"{WORD_HEAD}<p class=MsoNormal>各位村\n民：</p><p class=MsoNormal>如下</p>",
        [(P, "各位村民："), (P, "如下")],
    ),
    "Word writes bullets as paragraphs": (
        (f"{WORD_HEAD}<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='font-family:Wingdings'>"
        "<span style='mso-list:Ignore'>l<span>&nbsp; </span></span></span>甲<o:p></o:p></p>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='font-family:Symbol'>"
        "<span style='mso-list:Ignore'>·</span></span>乙</p><p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>"
        "<span style='mso-list:Ignore'>（一）</span>丙</p>"),
        [("list", "甲|乙"), (P, "（一）丙")],
    ),
    "a table that only lays out a page": (
        "<table><tr><td><h2>题</h2><p>甲</p><table><tr><td>一</td><td>二</td></tr></table></td></tr></table>",
        [("heading", "题"), (P, "甲"), ("table", "一 二")],
    ),
    "boxes side by side": (
        '<div style="display:flex"><span>甲</span><span>乙</span></div>',
        [(P, "甲"), (P, "乙")],
    ),
    "a raised figure is no digit": ("<p>12000<sup>1</sup>元</p><p>m<sup>2</sup></p>", [(P, "12000^1元"), (P, "m2")]),
}  # fmt: skip


def shape(result):
    if result["blocks"] is None:
        return [(None, result["run"])]
    joint = {"list": "|", "table": " "}
    return [
        (block["type"], joint.get(block["type"], "").join(t for t in texts_of(block) if t))
        for block in result["blocks"]
    ]


@pytest.mark.parametrize("name", BLOCKS)
def test_text_beside_under_and_between_blocks_is_kept_in_order(reader, name):
    html, expected = BLOCKS[name]
    assert shape(read(reader, html)) == expected


OMITTED = {
    "s": ("<p>共<s>300</s>500元</p>", "共500元", "struck", "300"),
    "strike": ("共<strike>三百</strike>五百元", "共五百元", "struck", "三百"),
    "del": ("共<del>三百</del><ins>五百</ins>元", "共五百元", "struck", "三百"),
    "line-through": (
        '<p>共<span style="text-decoration: underline line-through">三百</span>五百</p>',
        "共五百", "struck", "三百",
    ),
    "text-decoration-line": (
        '<i style="text-decoration-line:line-through">三百</i>五百', "五百", "struck", "三百",
    ),
    "a class of Excel": (
        ("<style><!-- .font5{color:red;text-decoration:line-through;} --></style>"
        "<table><tr><td>共<font class=font5>三百</font>五百</td></tr></table>"),
        "共五百", "struck", "三百",
    ),
    "figures beside what is struck": ("12<s>34</s>56", "12 56", "struck", "34"),
    "display": ('<p>甲<span style="display:none">乙</span>丙</p>', "甲丙", "hidden", "乙"),
    "visibility": (
        '<p>甲<span style="visibility:hidden">乙<b style="visibility:visible">丁</b></span>丙</p>',
        "甲丁丙", "hidden", "乙",
    ),
    "mso-hide": ("<p>甲<span style='mso-hide:all'>乙</span>丙</p>", "甲丙", "hidden", "乙"),
    "mso-hide by a class": (
        "<style>span.x {mso-hide:all}</style><p>甲<span class=x>乙</span>丙</p>", "甲丙", "hidden", "乙",
    ),
    "hidden": ("<p>甲<span hidden>乙</span>丙</p>", "甲丙", "hidden", "乙"),
    "a hidden block": ('<div style="display: none !important"><p>乙</p></div><p>甲</p>', "甲", "hidden", "乙"),
    "font size nought": ('甲<span style="font-size:0px">乙</span>', "甲", "hidden", "乙"),
    "a comment of Word": (
        ("<p>甲<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[马1]</a></span></p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'>改一下</div></div>"),
        "甲", "comment", "[马1]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OMITTED)
def test_what_is_struck_or_hidden_is_left_out_and_named(reader, name):
    html, visible, reason, words = OMITTED[name]
    result = read(reader, html)
    assert shape(result) == [(None, visible)]
    assert result["omitted"][reason][0] == words


def test_what_is_seen_as_plain_text_anyway_is_left_to_the_browser(reader):
    result = read(reader, "<span>共<b>500</b>元</span>", "共500元")
    assert (result["blocks"], result["run"]) == (None, None)


def table(reader, rows):
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    ((block),) = read(reader, f"<table>{cells}</table>")["blocks"]
    return block


@pytest.mark.parametrize(
    ("title", "cells", "kind"),
    [
        ("支出（元）", ["300.00", "(300.00)", "-"], "money"),
        ("支出（元）", ["300.00", "（300.00）", "—", "——", "－"], "money"),
        ("收到", ["￥300", "¥1,200.50"], "money"),
        ("收到", ["３００．００", "１，２００．００"], "money"),
        ("收到", ["300元", "−5元"], "money"),
        ("收到", ["(￥300.00)", "20.00"], "money"),
        ("收到", ["¥ (1,200.00)", "¥ -   ", "（￥30.00）"], "money"),
        ("户数", ["12", "/", "3"], "number"),
        ("收到", ["300.00", "待核"], "text"),
        ("收到", ["300<br>500", "20.00"], "text"),
        ("时间", ["2026年9月3日", "—"], "date"),
    ],
)
def test_a_column_of_figures_stays_one_whatever_accountants_write(reader, title, cells, kind):
    block = table(reader, [["摘要", title], *(["电费", cell] for cell in cells)])
    assert block["columns"][1]["kind"] == kind


@pytest.mark.parametrize("cell", ["(300.00)", "（300.00）", "-", "—", "－", "−5元"])
def test_what_is_no_plain_figure_stays_as_it_was_typed(reader, cell):
    block = table(reader, [["摘要", "支出（元）"], ["电费", "1,300.00"], ["水费", cell]])
    assert [row[1] for row in block["rows"]] == ["1300.00", cell]


def test_a_total_counts_figures_in_brackets_as_money_going_out(reader):
    footer = reader.evaluate(
        """async () => {
            const { totals } = await import('/static/editor/model.js');
            const columns = [{title: '摘要', kind: 'text'}, {title: '收支', kind: 'money'}];
            return totals({columns, rows: [['甲', '500.00'], ['乙', '(300.00)'], ['丙', '-']]}, '合计');
        }"""
    )
    assert footer == ["合计", "200.00"]


def test_breaks_blocks_and_tables_inside_a_cell_never_glue_words(reader):
    inner = "<table><tr><td>一</td><td>二</td></tr></table>"
    block = table(
        reader,
        [["姓名", "备注"], ["张示例<br>李示例", f"<p>甲</p><p>乙</p>{inner}<ul><li>丙</li></ul>"]],
    )
    assert block["rows"] == [["张示例 李示例", "甲 乙 一 二 丙"]]  # fmt: skip


def test_rows_and_columns_that_a_spreadsheet_hides_are_left_out_and_named(reader):
    html = """<table><col><col style='display:none'><col>
        <tr><td>姓名</td><td>电话</td><td>金额</td></tr>
        <tr style='display:none'><td>李示例</td><td>1</td><td>2</td></tr>
        <tr><td>张示例</td><td>139</td><td>500</td></tr>
        <tr><td colspan=3 style='mso-ignore:colspan'>说明写在格子外面</td></tr></table>"""
    result = read(reader, html)
    ((block),) = result["blocks"]
    assert [column["title"] for column in block["columns"]] == ["姓名", "金额"]
    assert block["rows"] == [["张示例", "500"], ["说明写在格子外面", ""]]
    assert set(result["omitted"]["hidden"]) == {"李示例 1 2", "电话", "139"}


def test_titles_of_three_rows_keep_the_third(reader):
    html = """<table><tr><th rowspan=3>姓名</th><th colspan=3>补贴</th></tr>
        <tr><th colspan=2>草原</th><th rowspan=2>合计（元）</th></tr><tr><th>面积</th><th>金额</th></tr>
        <tr><td>张示例</td><td>3</td><td>4</td><td>4</td></tr></table>"""
    ((block),) = read(reader, html)["blocks"]
    titles = [column["title"] for column in block["columns"]]
    assert titles == ["姓名", "补贴草原面积", "补贴草原金额", "补贴合计（元）"]


def test_a_first_row_with_gaps_is_no_reason_to_take_people_for_titles(reader):
    block = table(reader, [["姓名", "", "备注"], ["张示例", "", "已领"], ["李示例", "甲", ""]])
    assert [column["title"] for column in block["columns"]] == ["姓名", "", "备注"]
    assert block["rows"] == [["张示例", "", "已领"], ["李示例", "甲", ""]]


def test_the_caption_and_the_unit_stand_over_the_titles(reader):
    block = table(reader, [["收支明细", ""], ["", "单位：元"], ["摘要", "金额"], ["电费", "24"]])
    assert block["caption"] == "收支明细 单位：元"
    assert [column["title"] for column in block["columns"]] == ["摘要", "金额"]


def test_an_empty_corner_is_no_caption(reader):
    block = table(reader, [["", "金额"], ["电费", "24"]])
    assert (block["caption"], block["columns"][1]["title"]) == ("", "金额")


def test_struck_rows_of_a_table_are_named(reader):
    html = """<table><tr><td>甲</td><td>1</td></tr><tr style='text-decoration:line-through'><td>乙</td>
        <td>2</td></tr></table><s><table><tr><td>丙</td><td>3</td></tr></table></s>"""
    result = read(reader, html)
    assert words_of(result) == ["甲", "1"]
    assert result["omitted"]["struck"] == ["乙 2", "丙 3"]


def test_a_sheet_of_five_thousand_rows_is_read_while_one_waits(reader):
    row = "<tr>" + "<td class=xl65>电费&nbsp;</td><td class=xl66>1,200.00</td>" * 8 + "</tr>"
    rules = "".join(
        f".xl{at}{{white-space:nowrap;display:table-cell;font-size:11pt}}" for at in range(65, 99)
    )
    took, count = reader.evaluate(
        """async (html) => {
            const { pasted } = await import('/static/editor/clipboard.js');
            const start = performance.now();
            const { blocks } = pasted(html, 'x');
            return [performance.now() - start, blocks[0].rows.length];
        }""",
        f"<style>{rules}</style><table>{row * 5000}</table>",
    )
    assert count == 5000
    assert took < 20_000, "milliseconds"


def test_numbers_that_would_count_otherwise_are_said(reader):
    result = read(reader, "<ol><li>甲<ol><li>乙</li></ol></li><li>丙</li></ol>")
    assert shape(result) == [("list", "甲|乙|丙")]
    assert (result["blocks"][0]["ordered"], result["omitted"]["numbers"]) == (False, 1)


def test_cells_pasted_into_a_grid_bring_the_text_beside_their_table(reader):
    html = "<p>上半年</p><table><tr><td>甲</td><td><s>1</s>2</td></tr></table>完"
    result = reader.evaluate(CELLS, [html, "x"])
    assert result["rows"] == [["上半年", ""], ["甲", "2"], ["完", ""]]
    assert result["omitted"]["struck"] == ["1"]
    assert reader.evaluate(CELLS, ["<s>300</s>500", "300500"])["run"] == "500"


def test_plain_text_with_line_ends_of_any_machine_loses_nothing(reader):
    assert words_of(read(reader, "", "甲\r乙\u2028丙\v丁")) == ["甲", "乙", "丙", "丁"]
    assert words_of(read(reader, "", "甲\t乙\r丙\t丁")) == ["甲", "乙", "丙", "丁"]


# --- any page ------------------------------------------------------------------------------------
# Pieces of a page: (html, what a person reads). A blank in the reading is where words stand apart.

SYLLABLES = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
word = st.text(SYLLABLES, min_size=1, max_size=4)
LEFT_OUT = (
    "<s>{}</s>", "<strike>{}</strike>", "<del>{}</del>", "<span hidden>{}</span>",
    '<span style="display:none">{}</span>', "<span style='mso-hide:all'>{}</span>",
    '<span style="visibility: hidden">{}</span>', '<b style="text-decoration:line-through">{}</b>',
)  # fmt: skip
plain = word.map(lambda text: (text, text))
marked = st.tuples(st.sampled_from(["b", "span", "em", "font", "a", "o:p"]), word).map(
    lambda pair: (f"<{pair[0]}>{pair[1]}</{pair[0]}>", pair[1])
)
left_out = st.tuples(st.sampled_from(LEFT_OUT), word).map(
    lambda pair: (pair[0].format(pair[1]), "")
)
gap = st.sampled_from([("<br>", " "), (" ", " "), ("&nbsp;", " "), ("<!-- 注 -->", "")])


def joined(pieces, before="", after="", apart=""):
    html = "".join(piece for piece, _ in pieces)
    return before + html + after, apart + "".join(reading for _, reading in pieces) + apart


inline = st.lists(plain | marked | left_out | gap, min_size=1, max_size=5).map(joined)


def around(tag, pieces):
    return joined(pieces, f"<{tag}>", f"</{tag}>", " ")


def nested(children):
    several = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.sampled_from(["div", "blockquote", "section"]), several).map(lambda x: around(*x)),
        inline.map(lambda piece: around("p", [piece])),
        inline.map(lambda piece: around("h3", [piece])),
        st.tuples(st.sampled_from(["ul", "ol"]), st.lists(several.map(lambda p: around("li", p)), min_size=1, max_size=3))
        .map(lambda x: around(*x)),
        grids(children),
    )  # fmt: skip


ROWS = ("", "", "", "hidden", "style='display: none'", "style='text-decoration:line-through'")


def row_of(cells, attributes):
    html, reading = joined(cells, f"<tr {attributes}>", "</tr>", " ")
    return html, "" if attributes else reading


def grids(children):
    return st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.tuples(
                st.lists(children.map(lambda c: around("td", [c])), min_size=width, max_size=width),
                st.sampled_from(ROWS),
            ).map(lambda row: row_of(*row)),
            min_size=1, max_size=3,
        ).map(lambda rows: around("table", rows))
    )  # fmt: skip


pages = st.lists(st.recursive(inline, nested, max_leaves=12), min_size=1, max_size=3).map(joined)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(page=pages)
def test_every_visible_word_arrives_in_order_and_once(reader, page):
    html, reading = page
    assert words_of(read(reader, html, "")) == reading.split(), html
