"""A page that is printed tells its age, and where what is true today stands."""

import re

import pypdfium2
import pytest
from playwright.sync_api import expect
from support.browser import needs_chromium, served, signed_in
from support.builders import a_notice
from support.clock import NOON

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.sqlite_only(reason="what the browser does"),
]
LONG = {
    "blocks": [
        {
            "type": "table",
            "caption": "收支明细",
            "columns": [
                {"title": "摘要", "kind": "text"},
                {"title": "支出（元）", "kind": "money"},
            ],
            "rows": [[f"第{place}笔电费", "1.00"] for place in range(1, 131)],
            "footer": ["合计", "130.00"],
        }
    ]
}


@pytest.fixture
def published(zhangjia):
    return a_notice(zhangjia, NOON, document=LONG).approved()


def pages_of(page):
    """The words of each printed page, blanks aside."""
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [re.sub(r"\s", "", sheet.get_textpage().get_text_bounded()) for sheet in paper]


def test_a_printed_notice_says_of_when_it_is_its_address_and_code(browser, app, published):
    with served(app) as address:
        page = browser.new_page()
        page.goto(f"{address}/N/{published.code}.1")
        expect(page.locator(".printed"), "on a screen it says nothing").to_be_hidden()
        first, *_ = pages_of(page)
    assert "打印的是2026年10月9日12:00网上的内容" in first
    assert f"{address.partition('//')[2]}/N/{published.code}.1" in first
    digits = re.search(r"编号：([\d ]+)", first)
    assert digits
    assert "是现行版本（打印时）" in first
    assert "打印以后可能有更正或撤下，以网上为准" in first


@pytest.mark.parametrize("desk", [False, True])
def test_a_total_stands_once_at_the_end_of_a_long_table(browser, app, zhangjia, published, desk):
    with served(app) as address:
        if desk:
            page = signed_in(browser, address, "li", zhangjia.password)
            page.goto(f"{address}/desk/notices/{published.code}")
        else:
            page = browser.new_page()
            page.goto(f"{address}/N/{published.code}.1")
        sheets = pages_of(page)
    assert len(sheets) > 2
    words = "".join(sheets)
    assert words.count("130.00") == 1
    assert words.index("第130笔") < words.index("130.00")
    assert words.count("支出（元）") > 1, "titles stand over every page"


def test_a_printed_draft_says_that_it_is_not_public(browser, app, zhangjia):
    draft = a_notice(zhangjia, NOON)
    with served(app) as address:
        page = signed_in(browser, address, "li", zhangjia.password)
        page.clock.set_fixed_time("2026-10-20T07:31:00Z")
        page.goto(f"{address}/desk/notices/{draft.code}")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        first, *_ = pages_of(page)
    assert "打印时间：2026年10月20日15:31" in first, "of the press on the button, not of the page"
    assert "还没有公开，不能张贴" in first
    assert draft.code in first


def test_a_page_that_is_shown_from_memory_tells_its_own_moment(app, published):
    moments = iter([NOON, NOON.replace(hour=NOON.hour + 3)])
    shown = []
    for moment in moments:
        app.extensions["clock"] = lambda moment=moment: moment
        shown.append(app.test_client().get(f"/N/{published.code}.1"))
    assert "2026年10月9日 12:00网上的内容" in shown[0].text
    assert "2026年10月9日 15:00网上的内容" in shown[1].text
    assert shown[0].headers["ETag"] == shown[1].headers["ETag"]
