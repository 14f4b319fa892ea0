"""One inspection by the people who make it, on a phone in front of the board: self-check, findings, second round, attestation."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from support.boards import close_up
from support.browser import each_of, needs_chromium, served, signing_in
from support.clock import NOON
from support.inspections import begin_inspections

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="each of its acts is tested on both databases"),
    needs_chromium,
]
PHONE = {"width": 360, "height": 740}


def mark_all(page: Page, **unmet: str) -> None:
    """做到了 everywhere but where something is wrong."""
    for question in each_of(page.locator("form fieldset")):
        key = question.get_attribute("id") or ""
        question.get_by_label("没做到" if key in unmet else "做到了", exact=True).check()
        question.locator("input[maxlength]").fill(unmet.get(key, ""))


def test_a_village_checks_itself_and_the_township_attests_it(browser, app, zhangjia, approved):
    app.config["WTF_CSRF_ENABLED"] = True
    begin_inspections(zhangjia, NOON)
    photo = close_up([approved.printed().sheet.pdf])
    with served(app) as address:

        def phone(login):
            page = signing_in(browser, address, login, zhangjia.password)
            page.set_viewport_size(PHONE)
            return page

        # The end of the month: 今天 asks the liaison, who photographs the board and fills in the form there.
        app.extensions["clock"] = lambda: NOON + timedelta(days=21)
        li = phone("li")
        li.goto(f"{address}/desk")
        li.locator(".task", has_text="张家村2026年10月自查").get_by_role(
            "link", name="去看"
        ).click()
        li.get_by_role("button", name="开始自查").click()
        li.wait_for_url("**/inspections/*")
        form = li.url
        li.get_by_role("link", name="村委会门口公开栏").click()
        picture = {"name": "墙.jpg", "mimeType": "image/jpeg", "buffer": photo}
        li.set_input_files("#photos", picture)
        li.get_by_role("button", name="看看贴得对不对").click()
        expect(li.locator("main")).to_contain_text("要处理的")  # its period ended on the 26th
        li.goto(form)
        expect(li.locator("#board_is_there")).to_contain_text(
            "10月30日拍照：对的0张，不对的1张，缺0张"
        )
        expect(li.locator("#board_is_there").get_by_label("没做到", exact=True)).to_be_checked()
        mark_all(li, phone="没有写电话")
        li.get_by_role("button", name="填完了").click()
        expect(li.locator(".note")).to_contain_text("按现在填的是优秀")
        li.get_by_label("写自己的姓名").fill("李示例")
        li.get_by_role("button", name="签字").click()
        expect(li.locator(".note.good")).to_contain_text("李示例签字")
        li.get_by_label("怎么改的").fill("写上了")
        li.get_by_role("button", name="改好了", exact=True).click()

        # The overseer comes with a phone too; what is faded is to be mended.
        wu = phone("wu")
        wu.goto(f"{address}/desk/supervision")
        wu.get_by_role("link", name="检查和整改").click()
        wu.locator("li", has_text="张家村").get_by_role("button", name="开始检查").click()
        mark_all(wu, large_enough="字褪色了")
        wu.get_by_role("button", name="填完了").click()
        expect(wu.locator(".note")).to_contain_text("有1条等整改")
        sun = phone("sun")
        sun.goto(f"{address}/desk")
        sun.locator(".task", has_text="张家村整改").get_by_role("link", name="登记整改").click()
        sun.get_by_label("怎么改的").fill("重新打印了")
        sun.get_by_role("button", name="改好了", exact=True).click()

        # The second round asks one thing, and then it is signed.
        wu.reload()
        expect(wu.locator("main")).to_contain_text("重新打印了")
        wu.get_by_role("button", name="开始复查").click()
        expect(wu.locator("form fieldset")).to_have_count(1)
        mark_all(wu)
        wu.get_by_role("button", name="填完了").click()
        wu.get_by_label("写自己的姓名").fill("吴示例")
        wu.get_by_role("button", name="签字").click()
        expect(wu.locator(".note.good")).to_contain_text("优秀")
        assert wu.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

        resident = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
        resident.goto(f"{address}/V/630223202214")
        resident.get_by_role("link", name="一条一条看").click()
        expect(resident.locator("main")).to_contain_text("截至2026年10月30日")
        expect(resident.locator("main")).to_contain_text("整改好了")
        expect(resident.locator("main")).not_to_contain_text("褪色了")
