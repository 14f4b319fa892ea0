"""日历: the month on the desk, by day, and one day of it."""

from datetime import timedelta

import pytest
from support.browser import each_of, needs_chromium, served
from support.browser import signed_in as window_of
from support.builders import a_notice
from support.clock import NOON


def test_the_month_shows_what_is_due_goes_out_and_is_hung_with_the_way_there(signed_in, zhangjia):
    out = a_notice(zhangjia, NOON, title="路灯维修明细").approved()
    later = a_notice(
        zhangjia, NOON, item="collective.accounts", title="集体账目",
        publish_at=NOON + timedelta(days=3),
    ).approved()  # fmt: skip
    page = signed_in("li").get("/desk/month").text
    assert "<h1>2026年10月</h1>" in page
    assert f'href="/desk/notices/{out.code}"' in page
    assert f'href="/desk/notices/{later.code}#after"' in page
    for words in ("该公开", "要贴", "定时发布", "已发布", "国庆节", "调休上班", "2块公开栏"):
        assert words in page, words
    day = signed_in("li").get("/desk/month/2026-10-12").text
    assert "12:00" in day
    assert "集体账目" in day
    assert "路灯维修明细" not in day


def test_a_title_is_read_whole_in_its_day_and_without_its_frame_in_the_month(signed_in, zhangjia):
    title = "关于村道硬化工程竣工验收和结算的公开"
    a_notice(zhangjia, NOON, title=title).approved()
    browser = signed_in("li")
    month, day = (browser.get(f"/desk/{at}").text for at in ("month", "month/2026-10-09"))
    assert (title in month, "村道硬化工程竣工验收和结算</a>" in month) == (False, True)
    assert title in day


@pytest.mark.browser
@needs_chromium
@pytest.mark.sqlite_only(reason="the layout")
def test_no_title_of_a_month_is_cut_off_on_a_desk(browser, app, zhangjia):
    a_notice(
        zhangjia, NOON, title="关于农村最低生活保障拟新增、调整、停发家庭名单和金额的公示"
    ).approved()
    cut = "[...document.querySelectorAll('.kind a')].filter((a) => a.scrollHeight > a.clientHeight + 1).length"
    with served(app) as address:
        page = window_of(browser, address, "li", zhangjia.password)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{address}/desk/month")
        assert len(each_of(page.locator(".kind a"))) > 3
        assert page.evaluate(cut) == 0


def test_the_month_explains_only_what_it_shows(signed_in, zhangjia):
    explained = "会提醒的项数"
    assert explained in signed_in("li").get("/desk/month").text
    assert explained not in signed_in("wu").get("/desk/month").text


def test_months_are_turned_and_a_village_is_kept(signed_in, zhangjia):
    browser, beside = signed_in("wu"), zhangjia.ids["白马村"]
    page = browser.get(f"/desk/month?month=2026-12&village={beside}").text
    assert "<h1>2026年12月</h1>" in page
    assert f'href="/desk/month?month=2027-01&amp;village={beside}"' in page
    assert f'href="/desk/month?month=2026-11&amp;village={beside}"' in page
    assert "<h1>2026年10月</h1>" in browser.get("/desk/month?month=2026-13&village=99999").text
    assert browser.get("/desk/month/2026-02-30").status_code == 404
    assert browser.get("/desk/month/9999-01-01").status_code == 404


@pytest.mark.parametrize("login", ["li", "sun", "wang", "wu", "zheng"])
def test_everybody_of_the_desk_has_a_month(signed_in, login):
    assert signed_in(login).get("/desk/month?month=2026-10").status_code == 200


@pytest.mark.browser
@needs_chromium
@pytest.mark.sqlite_only(reason="the layout")
def test_weeks_stand_beside_each_other_on_a_desk_and_under_each_other_on_a_phone(
    browser, app, zhangjia
):
    a_notice(zhangjia, NOON).approved()
    left = "[...document.querySelectorAll('.day')].map((day) => day.getBoundingClientRect().left)"
    with served(app) as address:
        page = window_of(browser, address, "li", zhangjia.password)
        for width, big, columns in (
            (1200, "", 7),
            (1200, "?big=1", 7),
            (360, "", 1),
            (320, "?big=1", 1),
        ):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{address}/desk/month{big}")
            shown = {x for x in page.evaluate(left) if x}
            assert len({round(x) for x in shown}) == columns, (width, big)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
