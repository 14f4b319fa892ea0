"""A request for information in a real browser: asked on a phone, confirmed, a third party heard, answered by a letter."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from support.browser import needs_chromium, served, signing_in, texts_of
from support.clock import NOON

from bulletin.services.operations import verify

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="each of its acts is tested on both databases"),
    needs_chromium,
]
ASKED = "2025年村道硬化工程的招标文件和合同"
PHONE = {"width": 360, "height": 740}
CONTACT = "0972-8321234"


def test_a_request_goes_from_the_phone_to_the_letter(browser, app, zhangjia):
    app.config["WTF_CSRF_ENABLED"] = True
    with served(app) as address:
        # Uncle Ding asks on an old phone: no script, no cookie, no account.
        ding = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
        ding.goto(f"{address}/T/630223202")
        ding.get_by_role("link", name="申请信息公开").click()
        ding.fill("#asked_for", ASKED)
        ding.fill("#name", "丁示例")
        ding.fill("#identity", "居民身份证 630223196001011234")
        ding.fill("#contact", CONTACT)
        app.extensions["clock"] = lambda: NOON + timedelta(seconds=40)
        ding.get_by_role("button", name="提交申请").click()
        number, code = texts_of(ding.locator(".receipt dd"))
        assert re.fullmatch(r"\d{3} \d{3} \d{3}", number)
        assert code not in ding.url
        ding.get_by_role("button", name="现在就去看一看").click()
        expect(ding.locator(".banner")).to_contain_text("等乡镇和您确认")
        assert ding.context.cookies() == []

        # The clerk finds it among today's work, calls him, and it counts from today.
        wang = signing_in(browser, address, "wang", zhangjia.password)
        card = wang.locator(".task", has_text="网上来的信息公开申请")
        card.get_by_role("link", name="与申请人确认").click()
        expect(wang.locator("main")).not_to_contain_text(CONTACT)
        wang.get_by_role("button", name="看联系方式").click()
        expect(wang.locator("main")).to_contain_text(CONTACT)
        wang.get_by_role("button", name="列入台账").click()
        expect(wang.locator("h1")).to_have_text("依申请〔2026〕1号")
        here = wang.url

        # A letter says that it arrived; two mistakes are refused with their article.
        wang.get_by_role("link", name="收件回执").click()
        expect(wang.locator("#text")).to_have_value(re.compile("2026年11月5日前答复"))
        wang.get_by_role("button", name="出具").click()
        expect(wang.locator(".flash")).to_contain_text("收件回执出好了")
        wang.get_by_text("办结", exact=True).last.scroll_into_view_if_needed()
        wang.select_option("#outcome", "disclosed_in_part")
        wang.fill("#answer-on", "2026-10-08")
        wang.locator("form", has=wang.locator("#outcome")).get_by_role("button").click()
        expect(wang.locator(".errors")).to_contain_text("第三十一条")

        # The company that built it is heard; the answer says what is kept back, and the way to 复议.
        wang.goto(here)
        wang.get_by_text("征求意见", exact=False).first.click()
        wang.fill("#inquire-who", "示例建筑公司")
        wang.get_by_role("button", name="登记征求意见").click()
        wang.get_by_role("link", name="征求第三方意见书（示例建筑公司）").click()
        expect(wang.locator("#text")).not_to_have_value(re.compile("丁示例"))
        wang.get_by_role("button", name="出具").click()
        wang.get_by_role("button", name="登记收到").click()
        wang.select_option("#outcome", "disclosed_in_part")
        wang.fill("#answer-words", "合同附后，单价属于商业秘密，不予公开。")
        wang.locator("form", has=wang.locator("#outcome")).get_by_role("button").click()
        wang.get_by_role("link", name="答复书").click()
        expect(wang.locator("#text")).to_have_value(re.compile("应当先申请行政复议"))
        wang.get_by_role("button", name="出具").click()
        with wang.expect_download() as letter:
            wang.evaluate(
                "href => { const a = document.createElement('a'); a.href = href; a.download = ''; a.click() }",
                wang.get_by_role("link", name="答复书").first.get_attribute("href"),
            )
        assert letter.value.path().read_bytes().startswith(b"%PDF")

        # At the receipt: answer and letters, and nobody's number.
        ding.goto(f"{address}/receipt")
        ding.fill("#number", number)
        ding.fill("#code", code.lower())
        ding.get_by_role("button", name="查看").click()
        expect(ding.locator(".banner")).to_contain_text("已经答复")
        expect(ding.locator("main")).to_contain_text("应当先申请行政复议")
        expect(ding.locator("main")).not_to_contain_text("示例建筑公司")
        expect(ding.locator("main")).not_to_contain_text(CONTACT)
        assert ding.evaluate("document.documentElement.scrollWidth") <= 360
    assert verify.verify(zhangjia.site).sound
