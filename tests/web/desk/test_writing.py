"""Writing in the draft editor as in a letter: blocks that part and join, steps taken back, a list that ticks itself."""

import pytest
from playwright.sync_api import expect
from support.browser import needs_chromium, served, signed_in, until_saved
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.services.access import edition_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.sqlite_only(reason="what the browser does"),
]
TEXT = {"blocks": [{"type": "paragraph", "text": "各位村民："}, *LEDGER["blocks"][1:]]}
PICTURE = """async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d').fillRect(0, 0, 40, 30);
    return new File([await canvas.convertToBlob()], '会场.png', {type: 'image/png'});
}"""


@pytest.fixture
def draft(zhangjia, request):
    return a_notice(zhangjia, NOON, document=getattr(request, "param", TEXT))


@pytest.fixture
def page(browser, app, zhangjia, draft):
    app.config["WTF_CSRF_ENABLED"] = True
    with served(app) as address:
        page = signed_in(browser, address, "li", zhangjia.password)
        faults = []
        page.clock.install()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"{address}/desk/notices/{draft.code}/edit")
        yield page
        page.context.close()
        assert faults == []


def saved(zhangjia, draft):
    with zhangjia.site.sessions.reading() as session:
        return edition_for(session, zhangjia.li, draft.code).content.document["blocks"]


def texts(page):
    return page.locator(".block textarea[data-text]").evaluate_all("all => all.map(f => f.value)")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_blocks_part_and_join_under_the_keys_and_every_step_is_taken_back(page):
    page.locator(".block textarea").first.focus()
    press(page, "End")
    page.keyboard.type("第一段")
    press(page, "Enter")
    page.keyboard.type("第二段")
    assert texts(page) == ["各位村民：第一段", "第二段"]
    press(page, "Home", "Backspace")
    assert texts(page) == ["各位村民：第一段第二段"]
    page.keyboard.type("，")  # at the joint
    assert texts(page) == ["各位村民：第一段，第二段"]
    press(page, "Control+z", "Control+z")
    assert texts(page) == ["各位村民：第一段", "第二段"]
    press(page, *["Control+z"] * 9)
    assert texts(page) == ["各位村民："]
    expect(page.locator("[data-act=undo]")).to_be_disabled()
    press(page, *["Control+y"] * 9)
    assert texts(page) == ["各位村民：第一段，第二段"]


def test_arrows_and_tab_cross_blocks(page):
    here = page.locator(":focus")
    page.locator("[name=title]").focus()
    press(page, "Tab")
    expect(here).to_have_value("各位村民：")
    press(page, "ArrowDown")
    expect(here).to_have_attribute("data-caption", "")
    press(page, "ArrowDown", "ArrowDown", "ArrowDown")
    expect(here).to_have_value("2")  # 序号 of the second row
    press(page, "ArrowUp", "ArrowUp")
    expect(here).to_have_value("序号")
    press(page, "ArrowUp", "ArrowUp")
    expect(here).to_have_value("各位村民：")
    press(page, "ArrowUp", "ArrowUp")  # to the beginning of the line first
    expect(here).to_have_attribute("name", "title")
    press(page, "Enter")  # and hands nothing in
    expect(here).to_have_value("各位村民：")


def test_something_new_stands_between_any_two_blocks_and_moves_by_keys_and_finger(
    page, zhangjia, draft
):
    page.locator("[data-row='0'][data-column='1']").focus()
    page.get_by_role("button", name="在上面加一段").click()
    page.locator("[data-blocks] [data-add]").get_by_role("button", name="小标题").click()
    page.keyboard.type("收支明细如下")
    press(page, "Enter")
    page.keyboard.type("单位：元")
    until_saved(page)
    kinds = [block["type"] for block in saved(zhangjia, draft)]
    assert kinds == ["paragraph", "heading", "paragraph", "table"]
    page.get_by_role("button", name="下移").click()
    assert texts(page)[-1] == "单位：元"
    assert page.locator(".block").last.get_attribute("data-type") == "paragraph"
    grip = page.locator(".block").last.locator("[data-grip]").bounding_box()
    top = page.locator(".block").first.bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(top["x"] + 50, top["y"] + 2, steps=4)
    page.mouse.up()
    assert texts(page)[0] == "单位：元"
    page.locator("[data-act=undo]").click()
    assert texts(page)[-1] == "单位：元"


def test_a_double_click_does_one_thing(page):
    page.locator("[data-row='1'][data-column='1']").focus()
    page.get_by_role("button", name="加一行").dblclick()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("button", name="删除", exact=True).dblclick()
    expect(page.locator(".block")).to_have_count(1)
    page.locator("[data-act=undo]").dblclick()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.locator("[data-act=undo]").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_rows_columns_kinds_and_pastes_are_taken_back_too(page):
    cells = "[...document.querySelectorAll('tbody tr')].map(r => [...r.querySelectorAll('input')].map(c => c.value))"
    before = page.evaluate(cells)
    page.locator("[data-row='0'][data-column='1']").focus()
    page.get_by_role("button", name="删一列").click()
    page.locator("[data-row='0'][data-column='1']").focus()
    page.locator(".grid-acts select").select_option("text")
    page.get_by_role("button", name="删一行").click()
    page.locator("[data-row='0'][data-column='0']").evaluate(
        """field => {
            const data = new DataTransfer();
            data.setData('text/plain', '7\\t8\\n9\\t10\\n');
            field.focus();
            field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert page.evaluate(cells)[0][:2] == ["7", "8"]
    for _ in range(4):
        press(page, "Control+z")
    assert page.evaluate(cells) == before


def test_the_catalogs_points_tick_themselves_and_begin_a_paragraph(page, zhangjia, draft):
    todo = page.locator("[data-act=todo]")
    point = page.locator("[data-points] li", has_text="期末结余")
    expect(point).to_have_attribute("data-state", "open")
    before = int(todo.inner_text().split("还空")[1].rstrip("项"))
    point.get_by_role("button").click()
    page.keyboard.type("32,520元。")
    expect(point).to_have_attribute("data-state", "written", timeout=10_000)
    expect(todo).to_contain_text(f"还空{before - 1}项")
    assert saved(zhangjia, draft)[-2:] == [
        {"type": "heading", "level": 1, "text": "期末结余"},
        {"type": "paragraph", "text": "32,520元。"},
    ]
    page.locator("[data-submit]").click()
    confirm = page.locator("[name=confirmed]")
    expect(confirm).to_be_focused()  # nothing was sent: some points are open
    confirm.check()
    page.locator("[data-submit]").click()
    page.wait_for_url(f"**/desk/notices/{draft.code}")


def test_a_screenshot_comes_where_the_cursor_is_and_is_confirmed_there(page, zhangjia, draft):
    page.locator(".block textarea").first.evaluate(
        f"""async (field) => {{
            const data = new DataTransfer();
            data.items.add(await ({PICTURE})());
            field.focus();
            field.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}}));
        }}"""
    )
    picture = page.locator(".block").nth(1)
    expect(picture.locator("[data-alt]")).to_be_focused()
    page.keyboard.type("会场全景")
    seen = picture.get_by_role("button", name="我看过，没有个人信息")
    seen.click(timeout=10_000)
    expect(seen).to_have_count(0)
    assert [block["type"] for block in saved(zhangjia, draft)] == ["paragraph", "image", "table"]
    with zhangjia.site.sessions.reading() as session:
        (file,) = edition_for(session, zhangjia.li, draft.code).files
        assert file.seen_by == zhangjia.li.id


def test_the_line_is_down_for_an_hour_and_nothing_is_lost(page, zhangjia, draft):
    page.context.set_offline(True)
    page.locator(".block textarea").first.fill("断网时写的。")
    expect(page.locator("[data-status]")).to_contain_text("断网了", timeout=10_000)
    page.context.set_offline(False)  # saved as soon as the line is back, not after the next wait
    expect(page.locator("[data-status]")).to_contain_text("已保存", timeout=10_000)
    assert saved(zhangjia, draft)[0]["text"] == "断网时写的。"


def test_a_browser_that_broke_off_gives_back_what_it_had(page, zhangjia, draft):
    page.context.set_offline(True)
    page.locator(".block textarea").first.fill("停电前写的。")
    expect(page.locator("[data-status]")).to_contain_text("断网了", timeout=10_000)
    again = page.context.new_page()
    address = page.url
    page.close(run_before_unload=False)
    again.context.set_offline(False)
    again.goto(address)
    again.clock.fast_forward(130_000)  # for so long another window might be writing it
    expect(again.locator("[data-kept] [data-here]")).to_contain_text("停电前写的。")
    again.get_by_role("button", name="用这台电脑上的").click()
    again.clock.resume()
    until_saved(again)
    assert saved(zhangjia, draft)[0]["text"] == "停电前写的。"


def test_the_back_button_after_the_submission_leads_to_what_was_submitted(page, zhangjia, draft):
    page.locator(".block textarea").first.fill("各位村民：都写好了。")
    until_saved(page)
    page.locator("[data-submit]").click()
    page.get_by_label("我核对过了").check()
    page.locator("[data-submit]").click()
    page.wait_for_url(f"**/{draft.code}")
    page.go_back()
    expect(page.locator("main")).to_contain_text("这份公开件现在不能修改")
    assert page.url.endswith(f"/{draft.code}")
    assert saved(zhangjia, draft)[0]["text"] == "各位村民：都写好了。"


def test_figures_stand_whole_in_their_cells(page):
    page.set_viewport_size({"width": 360, "height": 740})
    cell = page.locator("[data-row='0'][data-column='2']")
    cell.fill("123456789012.34")
    assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_dropped_file_becomes_text_where_it_falls_and_is_one_step(page):
    page.locator(".block").nth(1).evaluate(
        """(block) => {
            const data = new DataTransfer();
            data.items.add(new File(['第一段说明。\\n第二段说明。\\n'], '说明.txt', {type: 'text/plain'}));
            const {top, left} = block.getBoundingClientRect();
            block.dispatchEvent(new DragEvent('drop',
                {dataTransfer: data, bubbles: true, cancelable: true, clientX: left + 9, clientY: top + 3}));
        }"""
    )
    expect(page.locator(".block textarea[data-text]")).to_have_count(3, timeout=10_000)
    assert texts(page) == ["各位村民：", "第一段说明。", "第二段说明。"]
    assert page.locator(".block").last.get_attribute("data-type") == "table"
    page.locator("[data-act=undo]").click()
    assert texts(page) == ["各位村民："]


@pytest.fixture
def outline(zhangjia):
    headings = [{"type": "heading", "level": 1, "text": text} for text in ("期初结余", "期末结余")]
    blank = {"type": "paragraph", "text": ""}
    blocks = [TEXT["blocks"][0], headings[0], blank, headings[1], blank]
    return a_notice(zhangjia, NOON, document={"blocks": blocks})


def test_an_old_outline_is_cleared_by_one_press(page, outline):
    page.goto(page.url.rpartition("/desk/")[0] + f"/desk/notices/{outline.code}/edit")
    page.get_by_role("button", name="清空提纲").click()
    assert texts(page) == ["各位村民："]
    page.locator("[data-act=undo]").click()
    assert texts(page) == ["各位村民：", "期初结余", "", "期末结余", ""]


def test_what_is_pasted_runs_no_script_and_fetches_nothing(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".block textarea").first.evaluate(
        """field => {
            const data = new DataTransfer();
            data.setData('text/html', '<p>甲<img src="/tracker.png" onerror="window.ran=1"></p><script>window.ran=1</script><p>乙</p>');
            data.setData('text/plain', '甲\\n乙');
            field.focus();
            field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.locator(".block textarea[data-text]")).to_have_count(3)
    assert texts(page)[1:] == ["甲", "乙"]
    until_saved(page)
    assert page.evaluate("window.ran") is None
    assert asked
    assert not any("tracker" in address for address in asked)


MONEY = {
    "type": "table",
    "caption": "收支明细",
    "columns": [{"title": "摘要", "kind": "text"}, {"title": "支出（元）", "kind": "money"}],
    "rows": [["电费", "30"]],
    "footer": ["合计", "31"],
}


@pytest.mark.parametrize("draft", [{"blocks": [TEXT["blocks"][0], MONEY]}], indirect=True)
def test_a_form_and_an_explanation_come_without_leaving_the_page(page, zhangjia, draft):
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    page.locator(".block textarea").first.press_sequentially("写到一半")
    page.get_by_role("button", name="收支明细", exact=True).click()
    expect(page.locator("[data-block]")).to_have_count(3)
    expect(page.locator(":focus")).to_have_attribute("data-caption", "")
    assert texts(page)[0] == "各位村民：写到一半"
    page.keyboard.press("Control+z")
    expect(page.locator("[data-block]")).to_have_count(2)
    until_saved(page)
    money = page.locator("#money")
    money.get_by_label("为什么差").fill("手续费没有单独列出")
    money.get_by_role("button", name="写明说明").click()
    expect(page.locator("#money [data-said]")).to_contain_text("说明记下了")
    expect(money.get_by_label("为什么差")).to_have_count(0)
    assert texts(page)[-1] == "说明：手续费没有单独列出"
    total = page.locator("[data-footer][data-column='1']")
    total.fill("32")  # another difference: said here as soon as it is saved
    expect(money.get_by_label("为什么差")).to_have_count(1, timeout=10_000)
    money.get_by_label("为什么差").fill("无")
    money.get_by_role("button", name="写明说明").click()
    expect(money.locator("[data-said]")).to_contain_text("请写明差在哪里")
    expect(money.get_by_label("为什么差")).to_have_value("无")
    assert page.evaluate("document.documentElement.dataset.same") == "yes"


def test_the_sheet_is_shown_as_pictures_and_every_way_leads_back(page):
    page.locator(".block textarea").first.press_sequentially("照着看")
    page.get_by_role("link", name="看纸样").click()
    over = page.get_by_role("dialog", name="纸样，共1页")
    picture = over.get_by_role("img", name="纸样第1页")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('.sheet-over img').naturalWidth > 700")
    page.keyboard.press("Escape")
    expect(over).to_have_count(0)
    expect(page.get_by_role("link", name="看纸样")).to_be_focused()
    page.get_by_role("link", name="看纸样").click()
    over.get_by_role("link", name="回去").click()
    expect(over).to_have_count(0)
    page.get_by_role("link", name="看纸样").click()
    expect(over).to_be_visible()
    page.go_back()  # the key of a phone
    expect(over).to_have_count(0)
    assert texts(page) == ["各位村民：照着看"]
    page.locator("[data-act=undo]").click()
    assert texts(page) == ["各位村民："]
