"""A file dropped on the text of a draft, in a real browser."""

import base64

import pytest
from playwright.sync_api import expect
from support.brought import LEDGER, a_document, a_workbook, saved
from support.browser import a_browser, needs_chromium, served, signed_in
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


@pytest.fixture
def page(app, zhangjia):
    notice = a_notice(zhangjia, NOON, document={"blocks": [{"type": "paragraph", "text": ""}]})
    with served(app) as address, a_browser() as browser:
        page = signed_in(browser, address, "li", zhangjia.password)
        page.goto(f"{address}/desk/notices/{notice.code}/edit")
        yield page


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
    title.fill("我改过的标题")
    drop(page, saved(a_document("另一份公示", "补充。")), "补充.docx")
    wait_for_text(page, "补充。")
    expect(title).to_have_value("我改过的标题")
    drop(page, saved(a_workbook(三季度=LEDGER, 资产=[["资产", "元"], ["井", 5]])), "账.xlsx")
    page.wait_for_url("**/bring")
    expect(page.locator("main")).to_contain_text("请先选一张")
