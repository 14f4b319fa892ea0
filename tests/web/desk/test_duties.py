"""要公开的: what is owed, why on that day, and telling what happened."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from support.browser import needs_chromium, served
from support.browser import signed_in as window_of
from support.builders import a_duty, a_notice
from support.clock import NOON

from bulletin.services.duties.open import open_duties
from bulletin.services.duties.overview import duty_lines
from bulletin.services.people.directory import people
from bulletin.services.people.manage_accounts import end_appointment
from bulletin.store.duties import Duty

QUARTER = "finance.quarterly_accounts"


def _waiting(village):
    lines = duty_lines(village.site, village.li, NOON)
    return next(line for line in lines if line.starts_matter and "工程" in line.item)


def test_a_village_sees_its_own_duties_and_the_township_those_of_every_village(signed_in, zhangjia):
    other = next(
        line.id for line in duty_lines(zhangjia.site, zhangjia.wu, NOON) if line.village == "白马村"
    )
    assert f'id="duty-{other}"' not in signed_in("li").get("/desk/duties?show=all").text
    page = signed_in("wu").get("/desk/duties?show=all").text
    assert f'id="duty-{other}"' in page
    for place in (zhangjia.id, "township"):
        own = signed_in("wu").get(f"/desk/duties?show=all&village={place}").text
        assert f'id="duty-{other}"' not in own
        assert 'id="duty-' in own


def test_the_day_is_explained_by_rule_and_law(signed_in, zhangjia):
    duty = a_duty(zhangjia, QUARTER, NOON)
    page = signed_in("li").get(f"/desk/duties?why={duty}").text
    row = page.partition(f'id="duty-{duty}"')[2].partition("</tr>")[0]
    assert "<details open>" in row
    assert "目录规定：" in row
    assert "从2026年9月30日的第二天数起，第15天是10月15日。" in row
    assert "依据：《中华人民共和国村民委员会组织法》" in row


def test_a_duty_says_on_whose_desk_it_lies_and_since_when(signed_in, zhangjia):
    duty = a_duty(zhangjia, QUARTER, NOON)
    a_notice(zhangjia, NOON).submitted()
    page = signed_in("li").get("/desk/duties?show=all").text
    row = page.partition(f'id="duty-{duty}"')[2].partition("</tr>")[0]
    assert "待监委会审查" in row
    assert "在村务监督委员会成员手里，从10月9日起" in row


def test_a_matter_begins_its_first_event_gets_a_day_and_a_draft_is_started(signed_in, zhangjia):
    browser = signed_in("li")
    waiting = _waiting(zhangjia)
    told = browser.post(f"/desk/duties/{waiting.id}/matter", data={"title": "西社渠道工程"})
    assert told.status_code == 302
    first = int(re.search(r"#duty-(\d+)", told.location)[1])
    page = browser.get("/desk/duties?show=waiting").text
    assert page.index("西社渠道工程") < page.index(waiting.item), "what is under way comes first"
    told = browser.post(
        f"/desk/duties/{first}/event", data={"event_on": "2026-10-09"}, follow_redirects=True
    )
    assert "日期登记好了，最迟2026年" in told.text
    started = browser.post("/desk/drafts", data={"only": first})
    assert re.fullmatch(r"/desk/notices/\w{10}/edit", started.location)


def test_one_draft_may_answer_several_duties(signed_in, zhangjia):
    lines = [
        line
        for line in duty_lines(zhangjia.site, zhangjia.li, NOON)
        if line.is_open and line.publisher == "张家村村民委员会"
    ][:2]
    started = signed_in("li").post("/desk/drafts", data={"duty": [line.id for line in lines]})
    assert started.status_code == 302
    answered = duty_lines(zhangjia.site, zhangjia.li, NOON)
    codes = {line.notices[0].code for line in answered if line.id in {found.id for found in lines}}
    assert len(codes) == 1


@pytest.mark.parametrize(
    ("path", "form", "sentence", "kept"),
    [
        ("{matter}/matter", {"title": "   "}, "请写事项的名称", ""),
        ("{phase}/event", {"event_on": "十月九日"}, "日期要写成 2026-10-09 这样", "十月九日"),
        ("{phase}/event", {"event_on": ""}, "请填这件事发生（或定在）的日期", ""),
        ("{duty}/not-applicable", {"reason": " "}, "请写明为什么这一期不适用", ""),
    ],
)
def test_a_refused_form_stands_open_with_what_was_typed(
    signed_in, zhangjia, path, form, sentence, kept
):
    duty = a_duty(zhangjia, QUARTER, NOON)
    waiting = _waiting(zhangjia)
    browser = signed_in("li")
    told = browser.post(f"/desk/duties/{waiting.id}/matter", data={"title": "渠道工程"})
    phase = told.location.rpartition("-")[2]
    path = path.format(matter=waiting.id, phase=phase, duty=duty)
    answer = browser.post(f"/desk/duties/{path}", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    row = answer.text.partition(f'id="duty-{path.partition("/")[0]}"')[2].partition("</tr>")[0]
    assert "<details open>" in row
    assert kept in row


def test_what_does_not_apply_is_said_with_its_reason(signed_in, zhangjia):
    duty = a_duty(zhangjia, QUARTER, NOON)
    answer = signed_in("li").post(
        f"/desk/duties/{duty}/not-applicable",
        data={"reason": "本季度没有发生"},
        follow_redirects=True,
    )
    row = answer.text.partition(f'id="duty-{duty}"')[2].partition("</tr>")[0]
    assert "不适用" in row
    assert "本季度没有发生" in row


def test_a_running_quarter_stands_apart_from_what_can_be_done_now(app, signed_in, zhangjia):
    """In November the fourth quarter's accounts are due in January, and nobody can write them yet."""
    later = NOON + timedelta(days=42)
    open_duties(zhangjia.site, later)
    app.extensions["clock"] = lambda: later
    now, early = (
        signed_in("li").get(f"/desk/duties?show={show}").text for show in ("open", "early")
    )
    assert ("2026年第三季度" in now, "2026年第四季度" in now) == (True, False)
    assert ("2026年第三季度" in early, "2026年第四季度" in early) == (False, True)


@pytest.mark.browser
@needs_chromium
@pytest.mark.sqlite_only(reason="the layout")
def test_what_is_ticked_on_a_phone_is_written_together_without_going_to_the_end(
    browser, app, zhangjia
):
    with served(app) as address:
        page = window_of(browser, address, "li", zhangjia.password)
        page.set_viewport_size({"width": 360, "height": 640})
        page.goto(f"{address}/desk/duties")
        together = page.get_by_role("button", name="把勾上的事项写成一份")
        expect(together).not_to_be_in_viewport()
        page.locator(".pick input").first.check()
        expect(together).to_be_in_viewport(ratio=1)
        together.click()
        page.wait_for_url("**/desk/drafts/new?duty=*")


def test_starting_without_a_choice_says_what_to_do(signed_in):
    answer = signed_in("li").post("/desk/drafts")
    assert answer.status_code == 422
    assert "请先选要公开的事项" in answer.text


@pytest.mark.parametrize("act", ["matter", "event", "not-applicable"])
def test_the_liaison_of_the_next_village_changes_nothing_here(signed_in, zhangjia, act):
    waiting = _waiting(zhangjia)
    form = {"title": "别村的事", "event_on": "2026-10-09", "reason": "别村的事"}
    answer = signed_in("zhou").post(f"/desk/duties/{waiting.id}/{act}", data=form)
    assert answer.status_code == 403
    with zhangjia.site.sessions.reading() as session:
        duty = session.get_one(Duty, waiting.id)
        assert (duty.event_on, duty.not_applicable_reason) == (None, "")
        assert not session.scalars(select(Duty).where(Duty.matter_id.is_not(None))).all()


def test_a_second_tab_comes_to_the_draft_that_the_first_one_started(signed_in, zhangjia):
    browser, duty = signed_in("li"), a_duty(zhangjia, QUARTER, NOON)
    first = browser.post("/desk/drafts", data={"only": duty})
    second = browser.post("/desk/drafts", data={"only": duty}, follow_redirects=True)
    code = first.location.split("/")[-2]
    assert second.request.path == f"/desk/notices/{code}"
    assert "已经有一份公开件了" in second.text


def test_another_one_is_written_from_the_page_of_the_duty_with_a_reason(signed_in, zhangjia):
    browser, duty = signed_in("li"), a_duty(zhangjia, QUARTER, NOON)
    assert "second_reason" not in browser.get(f"/desk/duties/{duty}").text
    browser.post("/desk/drafts", data={"only": duty})
    assert "second_reason" in browser.get(f"/desk/duties/{duty}").text
    second = browser.post("/desk/drafts", data={"only": duty, "second_reason": "西社的账另行补充"})
    assert second.location.endswith("/edit")
    page = browser.get(second.location.removesuffix("/edit")).text
    assert "西社的账另行补充" in page


def test_the_next_village_starts_no_draft_here(signed_in, zhangjia):
    duty = a_duty(zhangjia, QUARTER, NOON)
    assert signed_in("zhou").post("/desk/drafts", data={"only": duty}).status_code == 403
    assert signed_in("sun").post("/desk/drafts", data={"only": duty}).status_code == 403


def _late(app, days):
    app.extensions["clock"] = lambda: NOON + timedelta(days=days)


def test_what_is_overdue_has_a_list_of_its_own_the_latest_first(app, signed_in, zhangjia):
    _late(app, 40)
    page = signed_in("wu").get("/desk/duties?show=overdue").text
    days = [int(found) for found in re.findall(r"迟(\d+)天", page)]
    assert days
    assert days == sorted(days, reverse=True)
    assert page.count('id="duty-') == page.count("逾期</span>")
    assert f"逾期 {len(days)}</a>" in page


def test_the_township_reads_whose_duties_these_are_and_whom_to_call(app, signed_in, zhangjia):
    _late(app, 40)
    page = signed_in("wu").get("/desk/duties?show=overdue").text
    assert "<h1>红崖子沟乡和各村要公开的 <small>逾期</small></h1>" in page
    row = next(row for row in page.split("<tr ") if "张家村<small>" in row)
    assert "信息员 李示例" in row
    assert 'href="tel:09728320000"' in row
    own = signed_in("wu").get(f"/desk/duties?show=overdue&village={zhangjia.id}").text
    assert "<h1>张家村要公开的 <small>逾期</small></h1>" in own
    assert "show=overdue&amp;village=" in signed_in("wu").get("/desk").text


def test_a_village_without_a_liaison_says_so(signed_in, zhangjia):
    held = next(p for p in people(zhangjia.site, zhangjia.zheng, NOON) if p.login == "li").roles
    end_appointment(zhangjia.site, zhangjia.zheng, held[0].appointment_id, NOON)
    page = signed_in("wu").get("/desk/duties?show=all").text
    assert "还没有信息员" in next(row for row in page.split("<tr ") if "张家村<small>" in row)


def test_a_period_that_is_still_running_says_when_it_ends(app, signed_in, zhangjia):
    later = datetime(2026, 12, 9, 4, tzinfo=UTC)
    open_duties(zhangjia.site, later)
    lines = duty_lines(zhangjia.site, zhangjia.li, later)
    running = {line.label: line.runs_until for line in lines if line.item_code == QUARTER}
    assert running["2026年第三季度"] is None
    assert running["2026年第四季度"] == date(2026, 12, 31)
    app.extensions["clock"] = lambda: later
    assert "这一期12月31日才结束" in signed_in("li").get("/desk/duties?show=all").text


def test_what_was_told_wrongly_is_mended_on_the_page_of_the_duty(signed_in, zhangjia):
    duty = a_duty(zhangjia, "affairs.public_works", NOON)
    li = signed_in("li")
    page = f"/desk/duties/{duty}"
    assert "登记的日期不对？" in li.get(page).text
    assert "登记的日期不对？" not in signed_in("wu").get(page).text
    mended = li.post(f"{page}/event-day", data={"event_on": "2026-10-01"}, follow_redirects=True)
    assert "最迟2026年10月12日公开" in mended.text
    assert "原来是2026年10月19日，改为2026年10月12日" in mended.text
    refused = li.post(f"{page}/event-day", data={"event_on": "never"})
    assert (refused.status_code, 'value="never"' in refused.text) == (422, True)
    li.post(f"{page}/not-applicable", data={"reason": "看错了"})
    assert "看错了" in li.get(page).text
    assert "看错了" not in li.post(f"{page}/owed", follow_redirects=True).text
    assert li.post(f"{page}/owed").status_code == 422
