"""A question at the board, by the people who have it in hand, in a real browser: asked, passed on, answered, corrected, told."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from support.browser import needs_chromium, served, signing_in, texts_of
from support.builders import LEDGER
from support.clock import NOON
from support.feedback import a_photo

from bulletin.domain.codes import Scan
from bulletin.services.notices.drafts import draft
from bulletin.services.operations import verify

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="each of its acts is tested on both databases"),
    needs_chromium,
]
ASKED = "我家门口第二盏路灯没有换，3480元怎么花的？"
PASSED = "路灯维修的3480元怎么花的？"
ANSWERED = "材料费写多了300元，马上更正。"
PHONE = {"width": 360, "height": 740}


def corrected_ledger():
    blocks = [dict(block) for block in LEDGER["blocks"]]
    blocks[1]["rows"] = [
        *LEDGER["blocks"][1]["rows"][:1],
        ["2", "村道路灯维修材料费", "", "3180.00"],
    ]
    blocks[1]["footer"] = ["", "合计", "24000.00", "3180.00"]
    return {"blocks": blocks}


def test_a_question_at_the_board_is_answered_and_its_correction_told_again(
    browser, app, zhangjia, approved
):
    app.config["WTF_CSRF_ENABLED"] = True
    with served(app) as address:

        def window(login):
            return signing_in(browser, address, login, zhangjia.password)

        # Auntie Qian scans the paper with an old phone: no script, no cookie, two lines of type.
        qian = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
        qian.goto(f"{address}/N/{Scan(approved.code, 1).tail}")
        above = qian.locator(".objection")
        expect(above).to_contain_text("10月26日前")
        expect(above).to_contain_text("0972-8320000")
        above.get_by_role("link", name="在网上提").click()
        qian.get_by_label("异议").check()
        qian.fill("#words", ASKED)
        qian.set_input_files(
            "#photo", {"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
        )
        app.extensions["clock"] = lambda: NOON + timedelta(seconds=40)
        qian.get_by_role("button", name="提交").click()
        expect(qian.locator(".banner")).to_contain_text("最迟2026年10月19日答复")
        number, code = texts_of(qian.locator(".receipt dd"))
        assert re.fullmatch(r"\d{3} \d{3} \d{3}", number)
        assert code not in qian.url

        # The township reads it first, and gives the village words that tell nobody who asks.
        wang = window("wang")
        wang.locator(".task", has_text="村民的异议").get_by_role(
            "link", name="看过转给村里"
        ).click()
        expect(wang.locator("main")).to_contain_text(ASKED)
        wang.fill("textarea[name=words] >> nth=0", PASSED)
        wang.get_by_role("button", name="转给村里").click()
        expect(wang.locator(".flash")).to_contain_text("已经转给村里")

        # The village answers, and begins the correction from the question.
        li = window("li")
        li.locator(".task", has_text="村民的异议").get_by_role("link", name="答复").click()
        expect(li.locator("main")).to_contain_text(PASSED)
        expect(li.locator("main")).not_to_contain_text("我家门口")
        expect(li.locator("main img")).to_have_count(0)
        li.fill("#answer", ANSWERED)
        li.get_by_role("button", name="答复").click()
        li.get_by_role("button", name="公开件写错了，起草更正").click()
        li.wait_for_url(f"**/desk/notices/{approved.code}/edit")

        # At the receipt: the answer; the correction is not out yet.
        receipt = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
        receipt.goto(f"{address}/receipt")
        receipt.fill("#number", number)
        receipt.fill("#code", code.lower())
        receipt.get_by_role("button", name="查看").click()
        expect(receipt.locator(".said")).to_contain_text(ANSWERED)
        expect(receipt.locator(".banner")).to_contain_text("已答复")
        assert "更正" not in receipt.locator(".banner").inner_text()
        assert receipt.context.cookies() == []
        assert code not in receipt.url

        # The correction goes its way; she is told at the receipt, and it leads there.
        draft.save(
            zhangjia.site,
            zhangjia.li,
            approved.code,
            NOON,
            version=1,
            title="2026年第三季度村级财务收支情况",
            document=corrected_ledger(),
            change_note="路灯维修材料费改为3180元",
        )
        approved.approved()
        receipt.goto(f"{address}/receipt")
        receipt.fill("#number", number)
        receipt.fill("#code", code)
        receipt.get_by_role("button", name="查看").click()
        expect(receipt.locator(".banner")).to_contain_text("公开件更正了")
        assert receipt.evaluate("document.documentElement.scrollWidth") <= 360
        receipt.get_by_role("link", name="看更正后的第2版").click()
        expect(receipt.locator("#content")).to_contain_text("3,180.00")
        expect(receipt.locator("main")).to_contain_text("村民提了不到3件，都已答复")
        expect(receipt.locator(".editions")).to_contain_text("有村民提问后更正")
    assert verify.verify(zhangjia.site).sound
