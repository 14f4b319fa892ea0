"""The draft editor in a real browser: pasted tables, autosave, and nothing that is ever lost."""

import pytest
from playwright.sync_api import expect
from support.browser import needs_chromium, served, signed_in, until_saved
from support.builders import a_notice
from support.clock import NOON

from bulletin.services.access import edition_for
from bulletin.services.notices.drafts import draft as notices_draft

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.sqlite_only(reason="what the browser does; test_desk_drafts is for its other side"),
]
ONE_LINE = {"blocks": [{"type": "paragraph", "text": "各位村民："}]}
STATUS = "[data-status]"

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<style>.xl65{mso-number-format:"#,##0.00"}</style></head><body>
<!--StartFragment--><table border=0 cellpadding=0 style='border-collapse:collapse'>
<col width=72><tr height=20><td colspan=4 class=xl65>第三季度收支明细</td></tr>
<tr><td class=xl65>序号</td><td class=xl65>摘要</td><td class=xl65>收入（元）</td><td>结余（元）</td></tr>
<tr><td class=xl65 align=right x:num>1</td><td>上级拨款&nbsp;</td><td x:num="24000">24,000.00</td><td>24,000.00</td></tr>
<tr style='display:none'><td>9</td><td>隐藏的行</td><td>1.00</td><td></td></tr>
<tr><td x:num>2</td><td>光伏收益</td><td>18,620.50</td><td>42,620.50</td></tr>
<tr><td>合计</td><td></td><td>42,620.50</td><td>42,620.50</td></tr>
</table><!--EndFragment--></body></html>"""
WPS = """<table><tr><td rowspan="2">姓名</td><td colspan="2">补贴</td></tr>
<tr><td>面积</td><td>金额（元）</td></tr>
<tr><td>马示例</td><td>3.5</td><td>297.50</td></tr></table>"""
WORD = """<body><h2>一、收入</h2><p class=MsoNormal><b>各位</b><span>村民</span></p>
<ol><li>甲</li><li>乙</li></ol></body>"""


@pytest.fixture
def draft(zhangjia):
    return a_notice(zhangjia, NOON, document=ONE_LINE)


@pytest.fixture
def address(app):
    app.config["WTF_CSRF_ENABLED"] = True
    with served(app) as address:
        yield address


@pytest.fixture
def page(browser, address, zhangjia, draft):
    page = signed_in(browser, address, "li", zhangjia.password)
    page.clock.install()
    page.goto(f"{address}/desk/notices/{draft.code}/edit")
    yield page
    page.context.close()


def saved(zhangjia, draft):
    with zhangjia.site.sessions.reading() as session:
        return edition_for(session, zhangjia.li, draft.code).content.document["blocks"]


def paste(page, selector, *, text="", html=""):
    page.locator(selector).first.evaluate(
        """(field, {text, html}) => {
            field.focus();
            const data = new DataTransfer();
            data.setData('text/plain', text);
            if (html) data.setData('text/html', html);
            field.dispatchEvent(new ClipboardEvent('paste',
                {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        {"text": text, "html": html},
    )


def test_what_is_typed_is_saved_by_itself(page, zhangjia, draft):
    page.locator(".block textarea").first.fill("现将第三季度财务收支情况公开如下。")
    expect(page.locator(STATUS)).to_contain_text("已保存", timeout=10_000)
    assert saved(zhangjia, draft)[0]["text"] == "现将第三季度财务收支情况公开如下。"


def test_a_table_copied_from_excel_becomes_a_table(page, zhangjia, draft):
    page.get_by_role("button", name="段落", exact=True).last.click()
    paste(page, ".block:last-of-type textarea", html=EXCEL, text="x")
    until_saved(page)
    table = saved(zhangjia, draft)[-1]
    assert table["caption"] == "第三季度收支明细"
    assert [(c["title"], c["kind"]) for c in table["columns"]] == [
        ("序号", "number"),
        ("摘要", "text"),
        ("收入（元）", "money"),
        ("结余（元）", "money"),
    ]
    assert table["rows"] == [
        ["1", "上级拨款", "24000.00", "24000.00"],
        ["2", "光伏收益", "18620.50", "42620.50"],
    ]
    assert table["footer"] == ["合计", "", "42620.50", "42620.50"]


def test_merged_titles_of_two_rows_from_wps_are_joined(page, zhangjia, draft):
    paste(page, ".block textarea", html=WPS, text="x")
    until_saved(page)
    table = saved(zhangjia, draft)[-1]
    assert [c["title"] for c in table["columns"]] == ["姓名", "补贴面积", "补贴金额（元）"]
    assert table["rows"] == [["马示例", "3.5", "297.50"]]


def test_cells_as_plain_text_become_a_table_too(page, zhangjia, draft):
    paste(page, ".block textarea", text='事项\t说明\n路灯\t"第一行\n第二行"\n电费\t1,000.00\n')
    until_saved(page)
    assert saved(zhangjia, draft)[-1]["rows"] == [["路灯", "第一行 第二行"], ["电费", "1,000.00"]]


def test_a_page_from_word_keeps_its_headings_and_lists_and_nothing_else(page, zhangjia, draft):
    paste(page, ".block textarea", html=WORD, text="x")
    until_saved(page)
    assert saved(zhangjia, draft)[1:] == [
        {"type": "heading", "level": 2, "text": "一、收入"},
        {"type": "paragraph", "text": "各位村民"},
        {"type": "list", "ordered": True, "items": ["甲", "乙"]},
    ]


def test_a_notice_from_word_finds_its_title_headings_and_list_in_one_step(page, zhangjia, draft):
    lines = (
        "村道路灯安装情况公示",
        "各位村民：",
        "一、数量",
        "1. 一社12盏",
        "2. 二社24盏",
        "2026年12月1日",
    )
    paste(page, ".block textarea", text="\n".join(lines))
    expect(page.locator("[name=title]")).to_have_value("村道路灯安装情况公示")
    until_saved(page)
    blocks = saved(zhangjia, draft)
    assert [block["type"] for block in blocks] == ["paragraph", "heading", "list"]
    expect(page.locator("[data-omitted]")).to_contain_text("落款")
    page.keyboard.press("Control+z")  # as it was pasted
    expect(page.locator("[data-block]")).to_have_count(7)
    expect(page.locator("[name=title]")).to_have_value("2026年第三季度村级财务收支情况")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-block]")).to_have_count(1)


def test_sums_are_exact_to_the_cent(page, zhangjia, draft):
    rows = "\n".join(f"第{n}笔\t0.10\t{n}.01" for n in range(1, 31))
    paste(page, ".block textarea", text=f"摘要\t支出（元）\t结余（元）\n{rows}\n")
    page.locator("[data-row='0'][data-column='0']").focus()
    page.get_by_role("button", name="合计行").click()
    until_saved(page)
    assert saved(zhangjia, draft)[-1]["footer"] == ["合计", "3.00", "30.01"]


def test_a_paste_into_the_grid_fills_it_from_the_focused_cell_and_it_grows(page, zhangjia, draft):
    page.get_by_role("button", name="表格", exact=True).last.click()
    page.locator("[data-row='0'][data-column='0']").fill("甲")
    paste(page, "[data-row='1'][data-column='1']", text="乙\t丙\n丁\t戊\n")
    until_saved(page)
    assert saved(zhangjia, draft)[-1]["rows"] == [
        ["甲", "", ""],
        ["", "乙", "丙"],
        ["", "丁", "戊"],
    ]


LAST_TABLE = {
    "blocks": [
        {
            "type": "table",
            "caption": "",
            "columns": [
                {"title": "序号", "kind": "number"},
                {"title": "摘要", "kind": "text"},
                {"title": "支出（元）", "kind": "money"},
            ],
            "rows": [["", "", ""]],
            "footer": None,
        }
    ]
}


@pytest.mark.parametrize("above", ["", "2026年第四季度支出明细\t\t\n"])
def test_a_whole_ledger_pasted_into_last_periods_table_finds_titles_and_total_in_place(
    browser, address, zhangjia, above
):
    draft = a_notice(zhangjia, NOON, document=LAST_TABLE)
    page = signed_in(browser, address, "li", zhangjia.password)
    page.clock.install()
    page.goto(f"{address}/desk/notices/{draft.code}/edit")
    text = f"{above}序号\t摘要\t支出(元)\n1\t电费\t30.00\n2\t水费\t12.00\n\t合计\t42.00"
    paste(page, "[data-row='0'][data-column='0']", text=text)
    until_saved(page)
    [table] = saved(zhangjia, draft)
    assert table["rows"] == [["1", "电费", "30.00"], ["2", "水费", "12.00"]]
    assert table["footer"] == ["", "合计", "42.00"]
    page.keyboard.press("Control+z")
    expect(page.locator("[data-footer]")).to_have_count(0)
    page.context.close()


def test_a_deleted_block_comes_back(page, zhangjia, draft):
    page.locator(".block textarea").first.focus()
    page.get_by_role("button", name="删除", exact=True).click()
    expect(page.locator(".block textarea").first).to_have_value("")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".block textarea").first).to_have_value("各位村民：")


def test_two_people_editing_one_draft_lose_nothing(page, zhangjia, draft):
    other = {"blocks": [{"type": "paragraph", "text": "另一个人写的一段。"}]}
    notices_draft.save(
        zhangjia.site, zhangjia.li, draft.code, NOON, version=2, title="另一个标题", document=other
    )
    page.locator(".block textarea").first.fill("我写的一段。")
    panel = page.locator("[data-conflict]")
    expect(panel).to_contain_text("您在另一个窗口或另一台设备上刚刚保存过", timeout=10_000)
    panel.get_by_role("button", name="两份都要").click()
    until_saved(page)
    assert [b["text"] for b in saved(zhangjia, draft)] == ["我写的一段。", "另一个人写的一段。"]


@pytest.mark.parametrize(
    ("where", "html", "field_text"),
    [
        (".block textarea", "<p>共<s>300</s>500元</p>", "共500元"),
        ("[name=title]", "<b>路灯</b><del>道路</del>维修", "路灯维修"),
    ],
)
def test_what_a_paste_leaves_out_is_said_beside_the_text(page, where, html, field_text):
    page.locator(where).first.fill("")
    paste(page, where, html=html, text="300500")
    expect(page.locator(where).first).to_have_value(field_text)
    expect(page.locator("[data-omitted]")).to_contain_text("划掉的字没有贴进来：")
    paste(page, where, html="<b>完</b>", text="")
    expect(page.locator("[data-omitted] p")).to_have_count(0)


def test_a_struck_figure_is_not_glued_in_a_cell(page, zhangjia, draft):
    page.get_by_role("button", name="表格", exact=True).last.click()
    page.locator("[data-caption]").fill("明细")
    paste(page, "[data-row='0'][data-column='0']", html="<s>300</s>500", text="300500")
    until_saved(page)
    assert saved(zhangjia, draft)[-1]["rows"][0] == ["500", ""]


# --- what is kept in the browser -----------------------------------------------------------------


def left_unsent(page, text):
    """The page is left while the line is down."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('line is down')); }")
    page.locator(".block textarea").first.fill(text)
    expect(page.locator(STATUS)).to_contain_text("存在这台电脑上", timeout=10_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()


def saved_elsewhere(zhangjia, draft, text, version=2):
    document = {"blocks": [{"type": "paragraph", "text": text}]}
    notices_draft.save(
        zhangjia.site,
        zhangjia.li,
        draft.code,
        NOON,
        version=version,
        title="路灯",
        document=document,
    )


def test_what_could_not_be_sent_is_kept_on_the_computer_and_offered_again(page, zhangjia, draft):
    left_unsent(page, "断网时写的一段。")
    panel = page.locator("[data-kept]")
    expect(panel).to_contain_text("还没有保存上")
    expect(panel.locator("[data-here]")).to_contain_text("断网时写的一段。")
    expect(panel.locator("[data-there]")).to_contain_text("各位村民：")
    page.get_by_role("button", name="用这台电脑上的").click()
    until_saved(page)
    assert saved(zhangjia, draft)[0]["text"] == "断网时写的一段。"
    page.reload()
    expect(page.locator(".block textarea").first).to_have_value("断网时写的一段。")
    expect(page.locator("[data-kept] section")).to_have_count(0)


def test_a_newer_text_from_another_device_is_shown_beside_the_kept_one(page, zhangjia, draft):
    left_unsent(page, "电脑上的一段。")
    saved_elsewhere(zhangjia, draft, "手机上后写的一段。")
    page.reload()
    panel = page.locator("[data-kept]")
    expect(panel).to_contain_text("跟后来保存的不一样")
    expect(panel.locator("[data-here]")).to_contain_text("电脑上的一段。")
    expect(panel.locator("[data-here-facts]")).to_contain_text("李示例")
    expect(panel.locator("[data-there]")).to_contain_text("手机上后写的一段。")
    expect(panel.locator("[data-there-facts]")).to_have_text("李示例，12:00")
    assert saved(zhangjia, draft)[0]["text"] == "手机上后写的一段。", (
        "nothing is overwritten unasked"
    )
    panel.get_by_role("button", name="两份都要").click()
    until_saved(page)
    assert [b["text"] for b in saved(zhangjia, draft)] == ["手机上后写的一段。", "电脑上的一段。"]


def test_what_the_server_has_in_another_spelling_is_not_called_unsaved(page, zhangjia, draft):
    typed = " 合计１２元，e\u0301 "  # blanks and an accent that the server spells otherwise
    title = page.locator("[name=title]").input_value()
    left_unsent(page, typed)
    notices_draft.save(
        zhangjia.site, zhangjia.li, draft.code, NOON, version=2, title=title,
        document={"blocks": [{"text": typed, "type": "paragraph"}]},
    )  # fmt: skip
    page.reload()
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('draft '))")
    expect(page.locator("[data-kept] section")).to_have_count(0)


def test_an_offer_that_waits_is_not_lost_by_typing_on(page, zhangjia, draft):
    left_unsent(page, "断网时写的一段。")
    expect(page.locator("[data-kept] section")).to_have_count(1)
    page.locator(".block textarea").first.fill("先写别的。")
    until_saved(page)
    page.reload()
    expect(page.locator("[data-kept] [data-here]")).to_contain_text("断网时写的一段。")
    expect(page.locator("[data-kept] [data-there]")).to_contain_text("先写别的。")
    page.get_by_role("button", name="用已经保存的").click()
    page.reload()
    expect(page.locator(".block textarea").first).to_have_value("先写别的。")
    expect(page.locator("[data-kept] section")).to_have_count(0)


def test_a_form_goes_off_once_the_server_has_its_text(page, zhangjia, draft):
    page.locator(".block textarea").first.fill("马上就交的一段。")
    page.get_by_role("button", name="先存着，不交").click()
    page.wait_for_url(f"**/desk/notices/{draft.code}")
    assert saved(zhangjia, draft)[0]["text"] == "马上就交的一段。"
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_finding_is_shown_masked_while_one_writes(page, zhangjia, draft):
    page.locator(".block textarea").first.fill("户主身份证11010519491231002X")
    for said in (page.locator("[data-wrong]"), page.locator(".block [data-notes]").first):
        expect(said).to_contain_text("身份证号", timeout=10_000)
        assert "11010519491231002X" not in said.inner_text()
    expect(page.locator("[data-act=todo]")).to_contain_text("要改2处")
    expect(page.get_by_role("link", name="有的不是个人信息")).to_be_visible()


def test_an_upload_becomes_an_attachment(page, zhangjia, draft):
    page.set_input_files(
        ".upload >> nth=1 >> input",
        {"name": "明细.csv", "mimeType": "text/csv", "buffer": "摘要,金额\n电费,24\n".encode()},
    )
    until_saved(page)
    block = saved(zhangjia, draft)[-1]
    assert (block["type"], block["name"]) == ("attachment", "明细.csv")


def test_a_file_of_the_wrong_kind_is_refused_in_words_and_the_text_stays(page, zhangjia, draft):
    page.locator(".block textarea").first.fill("还在。")
    page.set_input_files(
        ".upload >> nth=1 >> input",
        {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90 no pdf"},
    )
    expect(page.locator("[data-upload-faults] .fault")).to_contain_text("“x.pdf”没有传上：")
    expect(page.locator("[data-faults]")).to_be_hidden()
    expect(page.locator(".block textarea").first).to_have_value("还在。")
    until_saved(page)


def test_a_refused_save_is_said_beside_its_field_until_it_is_mended(page):
    page.fill("[name=posting_days]", "3")
    beside = page.locator(".faulty [data-fault=posting_days]")
    expect(beside).to_contain_text("不能少于15天", timeout=10_000)
    expect(page.locator(STATUS)).to_contain_text("请改红字说的地方")
    page.fill("[name=posting_days]", "20")
    until_saved(page)
    expect(beside).to_have_count(0)


@pytest.mark.parametrize("where", [".block textarea", "[data-title='0']"])
def test_what_a_table_cannot_hold_is_said_where_it_was_pasted(page, zhangjia, draft, where):
    page.get_by_role("button", name="表格", exact=True).last.click()
    if "title" in where:
        page.locator("[data-row='0'][data-column='0']").fill("甲")
    wide = "\n".join("\t".join(f"{row}.{column}" for column in range(20)) for row in range(3))
    paste(page, where, text=f"{wide}\n")
    expect(page.locator(".block [data-lost]")).to_contain_text("后面4列没有放进来")
    until_saved(page)
    (table,) = [b for b in saved(zhangjia, draft) if len(b.get("columns", ())) > 2]
    assert len(table["columns"]) == 16
    assert all(len(row) == 16 for row in table["rows"])


def test_the_editor_fits_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    paste(page, ".block textarea", text="a\tb\tc\td\te\tf\n1\t2\t3\t4\t5\t6\n")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_moment_after_the_due_day_is_said_while_it_is_chosen(page, zhangjia, draft):
    said = page.locator("[data-late]")
    expect(said).to_be_hidden()
    page.locator("[name=publish_at]").fill("2026-11-25T09:00")
    expect(said).to_have_text("定在11月25日公开，比应公开的10月15日晚41天")
    page.locator("[name=publish_at]").fill("2026-10-15T09:00")
    expect(said).to_be_hidden()
