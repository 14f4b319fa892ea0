"""The leader in charge has five minutes: one page, from the worst village to what it owes, in a real browser."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from support.browser import needs_chromium, served, signing_in
from support.builders import a_notice
from support.clock import NOON
from support.feedback import a_question, pass_to_village

from bulletin.services.boards import post
from bulletin.services.notices import end, publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="each of its figures is tested on both databases"),
    needs_chromium,
]
LATER = NOON + timedelta(days=14)
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def autumn(zhangjia):
    """张家村 disclosed its accounts, took them down with the paper still up, and left a question alone."""
    notice = a_notice(zhangjia, NOON).approved()
    publish.publish_due(zhangjia.site, NOON)
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], NOON.date(), NOON)
    pass_to_village(a_question(zhangjia, NOON))
    end.take_down(
        zhangjia.site, zhangjia.li, notice.code, "金额有误", NOON + timedelta(days=2)
    )  # fmt: skip
    return zhangjia


def test_from_one_page_to_what_each_figure_counts(browser, app, autumn):
    app.extensions["clock"] = lambda: LATER
    with served(app) as address:
        chen = signing_in(browser, address, "chen", autumn.password)
        chen.get_by_role("navigation").get_by_role("link", name="督查").click()
        expect(chen.get_by_role("heading", level=1)).to_contain_text("督查")

        # What changed within a week, and the worst village first.
        panel = chen.locator(".panel").first
        expect(panel).to_contain_text("超期没答多1")
        row = chen.locator("table.list tbody tr", has_text="张家村").first

        # A count leads to as many duties as it says, and back.
        owed = row.get_by_role("link", name=re.compile("^逾期"))
        count = int(re.search(r"\d+", owed.inner_text())[0])
        owed.click()
        expect(chen.locator(".badge.stop")).to_have_count(count)
        chen.go_back()

        # The question that nobody answered, with its clock.
        row.get_by_role("link", name="超期1件").click()
        expect(chen.locator("table.list tbody tr")).to_have_count(1)
        expect(chen.locator(".badge.stop")).to_have_text("超期没答")
        chen.go_back()

        # The paper that should be off the wall.
        row.get_by_role("link", name="1张").click()
        expect(chen.locator("table.list tbody tr")).to_contain_text("不再有效")
        chen.get_by_role("link", name="回督查").click()

        # A month of the map, and a week before.
        chen.locator(".heat td a").first.click()
        expect(chen.get_by_role("heading", level=1)).to_contain_text("2026年10月")
        chen.go_back()
        chen.get_by_role("link", name="看一周前的").click()
        expect(chen.locator(".under").first).to_contain_text("看到2026年10月16日为止")

        # What is taken away is a file of each kind.
        for link in ("下载Excel表", "打印，给领导看", "打印，贴乡镇公开栏"):
            target = chen.get_by_role("link", name=link).get_attribute("href")
            assert chen.request.get(f"{address}{target}").ok, link


def test_on_a_phone_nothing_runs_out_of_the_page(browser, app, autumn):
    app.extensions["clock"] = lambda: LATER
    with served(app) as address:
        chen = signing_in(browser, address, "chen", autumn.password)
        chen.set_viewport_size(PHONE)
        for page in ("supervision", "supervision/items", "supervision/people", "feedback/ledger"):
            chen.goto(f"{address}/desk/{page}")
            wide = chen.evaluate("document.documentElement.scrollWidth")
            assert wide <= PHONE["width"], page


def test_on_a_phone_the_map_begins_with_this_month(browser, app, autumn):
    app.extensions["clock"] = lambda: LATER
    with served(app) as address:
        chen = signing_in(browser, address, "chen", autumn.password)
        chen.set_viewport_size(PHONE)
        chen.goto(f"{address}/desk/supervision")
        months = chen.locator(".heat thead th")
        months.first.scroll_into_view_if_needed()
        expect(months.last).to_have_text("10月")
        expect(months.last).to_be_in_viewport()
        expect(months.nth(1)).not_to_be_in_viewport()
