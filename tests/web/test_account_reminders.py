"""提醒: each person says how to be reached, and everyone sees whom a message did not reach."""

import re

import pytest
from support.clock import NOON

from bulletin.services.oversight.remind import remind

FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/7fca7e5b-0000-4e6a-9b2a-000000000000"
MORNING = NOON.replace(day=12)  # three days before the accounts are due


def test_a_robot_is_added_shown_without_its_key_and_taken_away(signed_in):
    li = signed_in("li")
    page = li.post(
        "/account/reminders", data={"way": "feishu", "address": FEISHU}, follow_redirects=True
    )
    assert "飞书群机器人" in page.text
    assert "…0000" in page.text
    assert "7fca7e5b" not in page.text
    remove = re.search(r'action="(/account/reminders/\d+/remove)"', page.text)[1]
    assert signed_in("sun").post(remove).status_code == 404
    assert "还没有填" in li.post(remove, follow_redirects=True).text


def test_the_page_says_when_one_is_reminded_as_the_plan_has_it(signed_in):
    page = signed_in("li").get("/account/reminders").text
    assert "到期前7、3、1天和当天各提醒一次，逾期后每3天再提醒一次" in page
    assert "只在08:30到20:00之间发" in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"way": "wecom", "address": FEISHU}, "qyapi.weixin.qq.com"),
        ({"way": "mail", "address": "li@example.cn"}, "改用群机器人"),
        ({"way": "pigeon", "address": "x"}, "用什么方式"),
        ({}, "用什么方式"),
    ],
)
def test_what_is_no_address_is_said_and_stays_typed(signed_in, form, sentence):
    page = signed_in("li").post("/account/reminders", data=form)
    assert page.status_code == 422
    assert sentence in page.text
    if "address" in form:
        assert form["address"] in page.text


def test_whom_a_message_did_not_reach_is_shown(app, signed_in, zhangjia):
    li, wu, zheng = (signed_in(login) for login in ("li", "wu", "zheng"))
    remind(zhangjia.site, MORNING)
    app.extensions["clock"] = lambda: MORNING
    for login, browser in (("li", li), ("wu", wu), ("zheng", zheng)):
        browser.post("/sign-in", data={"login": login, "password": zhangjia.password})
    assert "今天的提醒没有送到您的手机：没有填提醒方式" in li.get("/desk").text
    assert "李示例" in wu.get("/desk").text.partition("请打电话")[2]
    assert "提醒没送到：没有填提醒方式" in zheng.get("/desk/people").text
