"""人员、村、目录: the administrator's rooms."""

import re

import pytest
from support.clock import NOON

from bulletin.domain.pages import PER_PAGE
from bulletin.services.duties.overview import duty_lines


def test_a_new_person_signs_in_once_with_what_the_page_showed_and_must_change_it(
    app, signed_in, zhangjia
):
    form = {"name": "韩示例", "login": "Han", "role": "liaison", "village": zhangjia.id}
    page = signed_in("zheng").post("/desk/people", data=form).text
    (password,) = re.findall(r"密码 <b>([^<]+)</b>", page)
    assert password not in signed_in("zheng").get("/desk/people").text
    han = app.test_client()
    answer = han.post("/sign-in", data={"login": "han", "password": password})
    assert answer.location == "/desk"
    for page in ("/desk", "/desk/duties", f"/desk/catalog?village={zhangjia.id}"):
        assert han.get(page).location == "/account/password"
    assert "<nav" not in han.get("/account/password").text  # no room is open yet
    change = {"old": password, "new": "a-new-long-one", "again": "a-new-long-one"}
    assert han.post("/account/password", data=change).location == "/sign-in"
    han.post("/sign-in", data={"login": "han", "password": "a-new-long-one"})
    assert han.get("/desk").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "king"},
        {"login": "韩"},
        {"login": "li"},
        {"name": ""},
        {"role": "supervisor", "village": ""},
        {"village": ""},
    ],
)
def test_a_refused_person_keeps_the_form(signed_in, zhangjia, wrong):
    form = {
        "name": "韩示例",
        "login": "han",
        "role": "liaison",
        "village": str(zhangjia.id),
    } | wrong
    answer = signed_in("zheng").post("/desk/people", data=form)
    assert answer.status_code == 422
    assert f'value="{form["login"]}"' in answer.text
    if form["role"] != "king":
        assert f'value="{form["role"]}" selected' in answer.text
    assert "韩示例" not in signed_in("zheng").get("/desk/people").text


def test_a_role_is_given_and_ended_from_the_list(signed_in, zhangjia):
    browser = signed_in("zheng")
    person = zhangjia.people["sun"].id
    form = {"role": "liaison", "village": zhangjia.id}
    browser.post(f"/desk/people/{person}/appoint", data=form)
    row = _row_of(browser.get("/desk/people").text, "sun")
    assert "张家村 信息员" in row
    ends = re.findall(r'action="([^"]+/end)"', row)
    for url in ends:
        assert browser.post(url).status_code == 302
    assert "没有职务，不能登录" in _row_of(browser.get("/desk/people").text, "sun")
    assert signed_in("sun").get("/desk").status_code == 302


def _row_of(page, login):
    return next(row for row in page.split("<tr>") if f"<td>{login}</td>" in row)


def test_a_new_password_ends_every_session_of_the_person(signed_in, zhangjia):
    li = signed_in("li")
    assert li.get("/desk").status_code == 200
    person = zhangjia.people["li"].id
    assert "一次性密码" in signed_in("zheng").post(f"/desk/people/{person}/password").text
    assert li.get("/desk").status_code == 302


def test_a_village_is_added_and_its_phones_are_changed(signed_in, zhangjia):
    browser = signed_in("zheng")
    form = {"name": "蔡家村", "code": "630223202201", "phone": "0972-8320201"}
    browser.post("/desk/villages", data=form)
    assert "还没有采用" in browser.get("/desk/villages").text
    again = browser.post("/desk/villages", data=form | {"name": "另一村"})
    assert again.status_code == 422
    assert 'value="另一村"' in again.text
    browser.post(f"/desk/villages/{zhangjia.id}/phones", data={"phone": "0972-8329999"})
    assert "0972-8329999" in browser.get("/desk/villages").text


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("1380013800", "“1380013800”是10位，应是11位手机号"),
        ("0972-83", "“0972-83”不像电话号码：应是11位手机号，或带区号的座机"),
        ("村长家", "“村长家”不像电话号码"),
    ],
)
def test_a_phone_that_reaches_nobody_is_refused_where_it_was_typed(
    signed_in, zhangjia, phone, sentence
):
    browser = signed_in("zheng")
    for form in ({"phone": phone}, {"phone": "0972-8320000", "office_phones": f"12345，{phone}"}):
        answer = browser.post(f"/desk/villages/{zhangjia.id}/phones", data=form)
        assert answer.status_code == 422
        row = next(row for row in answer.text.split("<tr>") if "<b>张家村</b>" in row)
        assert "<details open>" in row
        assert f'<p class="fault">{sentence}' in row
        assert f'value="{form["phone"]}"' in row
    form = {"name": "蔡家村", "code": "630223202201", "phone": phone}
    assert sentence in browser.post("/desk/villages", data=form).text
    assert "蔡家村" not in browser.get("/desk/villages").text


@pytest.mark.parametrize(
    "phone", ["", "13800138000", "+86 138 0013 8000", "(0972)8320000转801", "8320000", "12345"]
)
def test_phones_are_kept_as_they_were_typed(signed_in, zhangjia, phone):
    form = {"phone": phone, "office_phones": "0972-8320000、400-123-4567"}
    answer = signed_in("zheng").post(f"/desk/villages/{zhangjia.id}/phones", data=form)
    assert answer.status_code == 302
    assert f'value="{phone}"' in signed_in("zheng").get("/desk/villages").text


def test_busy_finances_turn_quarters_into_months_from_the_chosen_day(signed_in, zhangjia):
    browser = signed_in("zheng")
    url = f"/desk/catalog?village={zhangjia.id}"
    form = {"from_on": "2026-11-01", "busy_finances": "1", "days-finance.quarterly_accounts": "20"}
    assert browser.post(url, data=form).status_code == 302
    assert "11月1日起换新的目录" in browser.get(url).text
    assert "财务往来较多，财务每月公开" not in browser.get(url).text, "not in force yet"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "请填从哪一天起施行"),
        ({"from_on": "下月"}, "施行日期要写成"),
        ({"from_on": "2026-11-01", "days-finance.quarterly_accounts": "3"}, "15"),
        ({"from_on": "2026-11-01", "drop-finance.quarterly_accounts": "1"}, "村级财务收支情况"),
    ],
)
def test_a_refused_adoption_says_why_and_changes_nothing(signed_in, zhangjia, form, sentence):
    browser = signed_in("zheng")
    answer = browser.post(f"/desk/catalog?village={zhangjia.id}", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text.partition('role="alert"')[2].partition("</section>")[0]
    assert "换新的目录" not in browser.get(f"/desk/catalog?village={zhangjia.id}").text


def test_a_liaison_reads_the_own_catalog_and_adopts_none(signed_in, zhangjia):
    browser = signed_in("li")
    page = browser.get("/desk/catalog").text
    assert "每季度结束后15日内" in page
    assert "采用标准目录" not in page
    assert browser.post("/desk/catalog", data={"from_on": "2026-11-01"}).status_code == 403


def test_the_township_turns_the_pages_of_what_is_owed_and_finds_a_duty_on_its_page(
    signed_in, zhangjia
):
    browser = signed_in("wu")
    first = browser.get("/desk/duties?show=all").text
    assert "下一页" in first
    second = browser.get("/desk/duties?show=all&page=2").text
    assert "上一页" in second
    ids = [set(re.findall(r'id="duty-(\d+)"', page)) for page in (first, second)]
    assert len(ids[0]) == PER_PAGE
    assert not ids[0] & ids[1]
    last = duty_lines(zhangjia.site, zhangjia.wu, NOON)[-1].id
    assert f'id="duty-{last}"' in browser.get(f"/desk/duties?show=all&why={last}").text


def test_the_township_settles_whether_days_off_move_what_ends_on_them(signed_in, zhangjia):
    browser = signed_in("zheng")
    page = browser.get("/desk/villages").text
    assert "《民法典》第二百零三条" in page
    assert '<option value="yes" selected>' in page
    answer = browser.post("/desk/villages/days-off", data={"moves_ends": "no"})
    assert answer.location == "/desk/villages"
    page = browser.get("/desk/villages").text
    assert "以后不再顺延；已经算出来的日子不变" in page
    assert '<option value="no" selected>' in page
    assert signed_in("li").post("/desk/villages/days-off", data={}).status_code in {403, 404}
