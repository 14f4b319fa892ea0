"""The whole chain in a real browser, by the people who do it: from the catalog to the scan."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect
from support.browser import needs_chromium, served, signing_in

from bulletin.services.notices.publish import publish_due
from bulletin.services.operations import verify
from bulletin.sheets.qr import decode

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_chromium]
TITLE = "2026年第三季度村级财务收支情况"
PASTED = "序号\t摘要\t收入（元）\t支出（元）\n1\t上级拨款\t24,000.00\t\n2\t路灯维修\t\t3,480.00\n"


def paste(page, selector, text):
    """What a browser does when somebody presses Ctrl+V after copying cells from Excel or WPS."""
    page.locator(selector).first.evaluate(
        """(field, text) => {
            field.focus();
            const data = new DataTransfer();
            data.setData('text/plain', text);
            field.dispatchEvent(new ClipboardEvent('paste',
                {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def photo():
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (150, 60, 40)).save(out, "JPEG")
    return {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_one_notice_walks_from_the_catalog_to_the_residents_phone(browser, app, zhangjia, site):
    app.config["WTF_CSRF_ENABLED"] = True
    with served(app) as address:

        def window(login):
            return signing_in(browser, address, login, zhangjia.password)

        # The catalog says what the village owes, and the duty is there.
        li = window("li")
        li.goto(f"{address}/desk/catalog")
        expect(li.locator("main")).to_contain_text("村级财务收支情况")
        li.goto(f"{address}/desk")
        task = li.locator(".task", has_text="村级财务收支情况")
        expect(task).to_contain_text("10月15日")

        # The liaison drafts it, with a table pasted from the spreadsheet.
        task.get_by_role("button", name="起草").click()
        li.get_by_role("button", name="从提纲开始").click()
        li.wait_for_url("**/edit")
        code = li.url.split("/")[-2]
        li.fill("#title", TITLE)
        paste(li, "#editor textarea", PASTED)
        li.fill("#publish_at", "2026-10-10T09:00")
        li.get_by_role("button", name="提交村务监督委员会审查").click()
        expect(
            li.locator("[name=confirmed]")
        ).to_be_focused()  # some points of the catalog are open
        li.locator("[name=confirmed]").check()
        li.get_by_role("button", name="提交村务监督委员会审查").click()
        li.wait_for_url(f"**/desk/notices/{code}")
        expect(li.locator("main")).to_contain_text("待监委会审查")

        # Other eyes: the supervision committee, then the village head after the joint meeting.
        sun = window("sun")
        sun.goto(f"{address}/desk/notices/{code}/review")
        expect(sun.locator("main")).to_contain_text("24,000.00")
        sun.locator(".decide summary").first.click()
        sun.get_by_role("button", name="审查通过，交联席会议确认").click()
        zhao = window("zhao")
        zhao.goto(f"{address}/desk/notices/{code}/review")
        zhao.locator(".decide summary").first.click()
        zhao.fill("input[name=meeting_on][type=date]", "2026-10-09")
        zhao.get_by_role("button", name="按这一天通过").click()
        li.goto(f"{address}/desk/notices/{code}")
        expect(li.locator("main")).to_contain_text("张家村公开〔2026〕1号")

        # Printed ahead of the moment: the code on the paper is read back from the PDF.
        li.goto(f"{address}/desk/notices/{code}")
        li.get_by_role("button", name="打印和张贴").click()
        li.wait_for_url("**/hang**")
        pdf = li.request.get(address + li.get_by_role("link", name="打开PDF").get_attribute("href"))
        scans = [scan for page in decode(pdf.body()) for scan in page]
        assert {(scan.code, scan.edition) for scan in scans} == {(code, 1)}

        # A resident who scans too early is told when.
        qian = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        scanned = f"{address}/N/{scans[0].tail}"
        qian.goto(scanned)
        expect(qian.locator("main")).to_contain_text("还没到公开的时间")

        # Its moment comes; nobody has to press anything.
        moment = datetime(2026, 10, 10, 1, tzinfo=UTC)
        app.extensions["clock"] = lambda: moment
        qian.goto(scanned)
        expect(qian.locator("main")).to_contain_text("现行版本")
        expect(qian.locator("#content")).to_contain_text("24,000.00")
        assert publish_due(site, moment) == [f"{code}.1"]

        # It goes onto both boards, with a photograph of one.
        app.extensions["clock"] = lambda: moment + timedelta(minutes=30)
        li = window("li")  # the night between ended the session
        li.goto(f"{address}/desk/notices/{code}/hang")
        li.set_input_files("input[type=file] >> nth=0", photo())
        li.get_by_role("button", name="登记张贴").click()
        li.wait_for_url(f"**/desk/notices/{code}")
        expect(li.locator("main")).to_contain_text("现在挂着")

        # The township was told; the resident's page carries no cookie and fits the phone.
        wang = window("wang")
        wang.goto(f"{address}/desk/filings")
        expect(wang.locator("main")).to_contain_text(TITLE)
        assert qian.context.cookies() == []
        assert qian.evaluate("document.documentElement.scrollWidth") <= 360
    assert verify.verify(site).sound
