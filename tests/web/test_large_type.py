"""大字 on a small phone: the older resident reads a list without a word torn apart."""

import pytest
from support.browser import a_browser, needs_chromium, served
from support.builders import a_notice
from support.clock import NOON

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.sqlite_only(reason="what the browser does"),
]
COLUMNS = {
    "序号": "number",
    "户主姓名": "text",
    "村民小组": "text",
    "保障人数": "number",
    "月保障金额（元）": "money",
    "初审意见": "text",
}
ROWS = [
    ["1", "祁示例一", "第一村民小组", "2", "860.00", "拟新增"],
    ["2", "李示例一", "第二村民小组", "13", "1275.00", "由475.00元拟调整"],
]
LINES = """cells => cells.map(cell => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    const tops = [...words.getClientRects()].map(line => Math.round(line.top));
    return [cell.textContent, new Set(tops).size];
})"""


def test_no_cell_of_a_list_is_squeezed_beside_a_figure(app, zhangjia):
    table = {
        "type": "table",
        "caption": "拟新增家庭",
        "columns": [{"title": title, "kind": kind} for title, kind in COLUMNS.items()],
        "rows": ROWS,
    }
    notice = a_notice(zhangjia, NOON, document={"blocks": [table]}).approved()
    with a_browser() as browser, served(app) as address:
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(f"{address}/N/{notice.code}.1?big=1")
        lines = dict(page.locator("tbody td").evaluate_all(LINES))
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    torn = {words: count for words, count in lines.items() if len(words) < 9 and count > 1}
    assert torn == {}
    assert lines["由475.00元拟调整"] <= 2
