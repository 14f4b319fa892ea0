"""起草 opens with three doors, and the first keeps last period's figures from going out again."""

import io
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from support.brought import LEDGER, a_workbook, saved
from support.browser import needs_chromium, served
from support.browser import signed_in as signed_in_window
from support.builders import a_duty
from support.clock import NOON

from bulletin.services.duties.open import open_duties
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import start
from bulletin.store.duties import Duty

ITEM = "finance.quarterly_accounts"
JANUARY = datetime(2027, 1, 6, 4, tzinfo=UTC)


@pytest.fixture
def fourth(app, approved):
    """The duty of the fourth quarter; the third is public."""
    app.extensions["clock"] = lambda: JANUARY
    village = approved.village
    open_duties(village.site, JANUARY)
    with village.site.sessions.reading() as session:
        asked = select(Duty.id).where(Duty.village_id == village.id, Duty.item_code == ITEM)
        return session.scalar(asked.where(Duty.occasion == "2026-Q4"))


def test_the_first_door_is_last_periods_notice(signed_in, fourth):
    page = signed_in("li").get(f"/desk/drafts/new?only={fourth}").text
    assert "“2026年第三季度村级财务收支情况”，2026年10月9日公开的" in page
    assert "标题改成“2026年第四季度村级财务收支情况”" in page
    assert "上一期的4个数标成灰的" in page


def test_without_an_earlier_notice_the_first_door_says_so(signed_in, zhangjia):
    page = signed_in("li").get(f"/desk/drafts/new?only={a_duty(zhangjia, ITEM, NOON)}").text
    assert "这一项还没有公开过" in page
    assert 'value="earlier"' not in page
    assert "期初结余" in page  # what the outline asks for


def test_what_is_written_already_is_gone_on_with(signed_in, approved, fourth):
    village = approved.village
    code = start.start(village.site, village.li, [fourth], JANUARY)
    answer = signed_in("li").get(f"/desk/drafts/new?only={fourth}")
    assert answer.location == f"/desk/notices/{code}"


def test_another_one_goes_through_the_doors_with_its_reason(signed_in, approved, fourth):
    village, li = approved.village, signed_in("li")
    start.start(village.site, village.li, [fourth], JANUARY)
    form = {"only": fourth, "door": "choose", "second_reason": "漏了西社的账"}
    page = li.post("/desk/drafts", data=form).text
    assert 'value="漏了西社的账"' in page
    form = {"duty": fourth, "door": "outline", "second_reason": "漏了西社的账"}
    begun = li.post("/desk/drafts", data=form).location
    detail = notice_detail(village.site, village.li, begun.split("/")[-2], JANUARY)
    assert detail.subject.second_reason == "漏了西社的账"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"door": "file"}, "请先选一个文件"),
        ({"door": "earlier", "like": "7KQ2M4XW9C"}, "重新选一次"),
    ],
)
def test_a_door_that_leads_nowhere_shows_the_doors_again(signed_in, fourth, form, said):
    answer = signed_in("li").post("/desk/drafts", data={"duty": fourth} | form)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert "从提纲开始" in answer.text


def test_the_second_door_looks_through_the_file_and_starts_the_draft(signed_in, fourth):
    form = {
        "duty": fourth,
        "door": "file",
        "file": (io.BytesIO(saved(a_workbook(账=LEDGER))), "账.xlsx"),
    }
    page = signed_in("li").post("/desk/drafts", data=form, follow_redirects=True)
    assert page.request.path.endswith("/bring")
    assert "路灯电费" in page.text


def test_nobody_begins_for_another_village(signed_in, fourth):
    assert signed_in("zhou").get(f"/desk/drafts/new?only={fourth}").status_code == 403
    assert signed_in("sun").get(f"/desk/drafts/new?only={fourth}").status_code == 403


def test_figures_are_confirmed_by_form_and_by_script(signed_in, approved, fourth):
    li = signed_in("li")
    form = {"duty": fourth, "door": "earlier", "like": approved.code}
    edit = li.post("/desk/drafts", data=form).location
    assert "还有4个上一期的数" in li.get(edit).text
    where = edit.removesuffix("edit") + "old-figures"
    answer = li.post(where, data={"block": "1", "row": "0", "column": "2"})
    assert answer.location == f"{edit}#old-figures"
    assert "还有3个上一期的数" in li.get(edit).text
    assert "还有2个上一期的数" in li.post(where, json={"block": 1, "row": 1}).text
    refused = li.post(where, json={"block": "1", "row": "0", "column": "2"})
    assert (refused.status_code, "没有上一期的数了" in refused.json["sentences"][0]) == (422, True)
    assert li.post(where, json={"block": "9" * 99}).status_code == 422
    assert li.post(where, json=[1]).status_code == 422
    assert "其中4个数没有变" in li.post(where, json={}).text


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
def test_three_doors_in_a_browser(browser, app, approved, fourth):
    """Through the first door: grey figures, one replaced, one confirmed; the editor keeps count."""
    with served(app) as address:
        li = signed_in_window(browser, address, "li", approved.village.password)
        li.goto(f"{address}/desk/duties/{fourth}")
        li.get_by_role("button", name="起草").click()
        expect(li.locator(".door h2")).to_have_text(
            ["照上一期写一份", "把Word/Excel拖进来", "从空白提纲开始"]
        )
        li.get_by_role("button", name="照上一期写").click()
        li.wait_for_url("**/edit")
        expect(li.locator(".is-old")).to_have_count(4)
        li.locator('[data-row="0"][data-column="2"]').fill("26000")
        expect(li.locator("#old-figures")).to_contain_text("还有3个上一期的数", timeout=15_000)
        expect(li.locator(".is-old")).to_have_count(3)
        li.get_by_text("看是哪些").click()
        li.get_by_role("button", name="这一期确实还是这些数", exact=True).click()
        expect(li.locator("#old-figures")).to_contain_text("其中3个数没有变")
        expect(li.locator(".is-old")).to_have_count(0)
