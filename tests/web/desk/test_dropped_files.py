"""A file dropped on the text of a draft, in a real browser."""

import base64

import pytest
from playwright.sync_api import expect
from support.brought import LEDGER, a_document, a_workbook, saved
from support.browser import needs_chromium, served, signed_in
from support.builders import a_notice
from support.clock import NOON

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.sqlite_only(reason="what the browser does; test_bring is for its other side"),
]
DROP = """(root, {name, data}) => {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name));
    const { left, top } = root.getBoundingClientRect();
    root.dispatchEvent(new DragEvent('drop', {
        dataTransfer: transfer, bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 20 }));
}"""


CHOOSE = """(field) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(25 * 1024 * 1024)], '账本.xlsx'));
    field.files = transfer.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
}"""


@pytest.fixture
def page(app, browser, zhangjia):
    notice = a_notice(zhangjia, NOON, document={"blocks": [{"type": "paragraph", "text": ""}]})
    with served(app) as address:
        page = signed_in(browser, address, "li", zhangjia.password)
        page.goto(f"{address}/desk/notices/{notice.code}/edit")
        yield page
        page.context.close()


def drop(page, data, name):
    page.locator("[data-bring-url]").evaluate(
        DROP, {"name": name, "data": base64.b64encode(data).decode()}
    )


def wait_for_text(page, words):
    page.wait_for_function(
        "(words) => [...document.querySelectorAll('textarea')].some((field) => field.value === words)",
        arg=words,
    )


def test_a_dropped_document_fills_title_and_text_and_a_workbook_of_several_sheets_asks(page):
    drop(
        page,
        saved(a_document("低保评议公示", "各位村民：", "张家村村委会", "2026年10月9日")),
        "公示.docx",
    )
    title = page.locator("[name=title]")
    expect(title).to_have_value("低保评议公示")
    expect(page.locator("[data-omitted]")).to_contain_text("落款")
    wait_for_text(page, "各位村民：")
    page.keyboard.press("Control+z")
    expect(title).to_have_value("2026年第三季度村级财务收支情况")
    page.keyboard.press("Control+y")
    title.fill("我改过的标题")
    drop(page, saved(a_document("另一份公示", "补充。")), "补充.docx")
    wait_for_text(page, "补充。")
    expect(title).to_have_value("我改过的标题")
    expect(page.locator("[data-omitted]")).to_contain_text("标题“另一份公示”没有换上")
    drop(page, saved(a_workbook(三季度=LEDGER, 资产=[["资产", "元"], ["井", 5]])), "账.xlsx")
    page.wait_for_url("**/bring")
    expect(page.locator("main")).to_contain_text("请先选一张")
    page.locator("[name=choice]").first.check()
    page.get_by_role("button", name="看看这一块").click()
    page.get_by_role("button", name="放进草稿").click()
    expect(page.locator("[data-block]")).to_have_count(3)
    page.get_by_role("button", name="带文件进来").click()
    page.locator("[name=choice]").nth(1).check()
    page.get_by_role("button", name="看看这一块").click()
    page.get_by_role("button", name="放进草稿").click()
    expect(page.locator("[data-block]")).to_have_count(3)
    expect(page.locator("[data-row='0'][data-column='0']")).to_have_value("井")


def test_a_file_that_is_too_large_is_said_before_it_is_sent_and_after(page):
    page.locator(".block textarea").fill("写好的一句")
    page.locator(".add [accept*='.pdf']").last.evaluate(CHOOSE)
    fault = page.locator("[data-upload-faults]")
    expect(fault).to_contain_text("“账本.xlsx”没有传上：文件超过20兆")
    expect(page.locator(".block textarea")).to_have_value("写好的一句")
    page.goto(page.url.replace("/edit", "/bring"))
    field = page.locator("#file")
    field.evaluate(CHOOSE)
    assert "文件超过20兆" in field.evaluate("(field) => field.validationMessage")
    field.evaluate(
        "(field) => field.form.noValidate = true"
    )  # as a browser without script sends it
    page.get_by_role("button", name="看看带来了什么").click()
    expect(page.locator("main [role=alert]")).to_contain_text("文件超过20兆")


def test_a_file_dropped_beside_the_field_goes_into_it(page):
    page.goto(page.url.replace("/edit", "/bring"))
    data = base64.b64encode(saved(a_document("公示"))).decode()
    page.locator("h1").evaluate(DROP, {"name": "公示.docx", "data": data})
    assert page.locator("#file").evaluate("(field) => field.files[0].name") == "公示.docx"
