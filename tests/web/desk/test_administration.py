"""人员、村、目录: the administrator's rooms."""

import re
from urllib.parse import unquote

import pytest
from support.clock import NOON

from bulletin.domain.pages import PER_PAGE
from bulletin.services.duties.overview import duty_lines

SURE = {"sure": "yes"}  # of the second press
FIRST = {"name": "韩示例", "login": "Han", "role": "liaison", "phone": "139 7221 0001"}
OWN = {"new": "a-new-long-one", "again": "a-new-long-one"}


def test_a_password_that_was_read_out_is_changed_at_once_and_leads_on(app, signed_in, zhangjia):
    form = FIRST | {"village": zhangjia.id, "how": "password"}
    page = signed_in("zheng").post("/desk/people", data=form).text
    (password,) = re.findall(r"密码 <b>([^<]+)</b>", page)
    assert password not in signed_in("zheng").get("/desk/people").text
    han = app.test_client()
    answer = han.post("/sign-in?next=/desk/duties", data={"login": "han", "password": password})
    assert answer.location == "/desk/duties"
    for page in ("/desk", "/desk/duties", f"/desk/catalog?village={zhangjia.id}"):
        assert unquote(han.get(page).location) == f"/account/password?next={page}"
    asked = han.get("/account/password?next=/desk/duties").text
    assert "<nav" not in asked, "no room is open yet"
    assert "是管理员给的" in asked, "it says why"
    assert "现在的密码" not in asked, "it was typed a moment ago"
    same = {"new": password, "again": password}
    assert han.post("/account/password", data=same).status_code == 422
    answer = han.post("/account/password?next=/desk/duties", data=OWN)
    assert answer.location == "/desk/duties"
    assert han.get("/desk/duties").status_code == 200, "signed in as before"


def test_who_is_invited_scans_a_slip_sets_a_password_and_is_in(app, signed_in, zhangjia):
    admin = signed_in("zheng")
    page = admin.post("/desk/people", data=FIRST | {"village": zhangjia.id}).text
    for words in ("韩示例", "张家村 信息员", "只能用一次", "2026年10月16日 12:00", "<svg"):
        assert words in page
    (link,) = re.findall(r'value="https://gk.huzhu.example.cn(/sign-in/[^"]+)"', page)
    assert link not in admin.get("/desk/people").text, "shown this once"
    assert "登录条还没用" in admin.get("/desk/people").text
    phone = app.test_client()
    for _ in range(2):  # a messenger looks at a link before its reader does
        seen = phone.get(link.lower())
        assert "韩示例" in seen.text
        assert seen.headers["Cache-Control"] == "no-store"
    assert phone.post(link, data=OWN | {"again": "another-long-one"}).status_code == 422
    assert phone.post(link, data={"new": "kurz", "again": "kurz"}).status_code == 422
    assert phone.post(link, data=OWN).location == "/desk"
    assert phone.get("/desk").status_code == 200
    again = app.test_client()
    for answer in (again.get(link), again.post(link, data=OWN)):
        assert (answer.status_code, "不能用了" in answer.text) == (410, True)


def test_a_slip_that_was_lost_is_withdrawn_after_one_more_look(app, signed_in, zhangjia):
    admin = signed_in("zheng")
    page = admin.post("/desk/people", data=FIRST | {"village": zhangjia.id}).text
    (link,) = re.findall(r'value="https://gk.huzhu.example.cn(/sign-in/[^"]+)"', page)
    (person,) = re.findall(r'href="(/desk/people/\d+)">交给本人了', page)
    asked = admin.post(f"{person}/withdraw-invitation")
    assert "马上打不开" in asked.text
    assert app.test_client().get(link).status_code == 200, "nothing is done yet"
    assert admin.post(f"{person}/withdraw-invitation", data=SURE).status_code == 302
    assert app.test_client().get(link).status_code == 410


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


def test_a_role_is_given_for_a_time_and_ended_with_what_follows_in_view(signed_in, zhangjia):
    browser, person = signed_in("zheng"), zhangjia.people["sun"].id
    form = {"role": "liaison", "village": zhangjia.id, "until_on": "2026-12-31"}
    browser.post(f"/desk/people/{person}/appoint", data=form)
    assert "张家村 信息员，到12月31日" in _row_of(browser.get("/desk/people").text, "sun")
    page = browser.get(f"/desk/people/{person}").text
    for url in re.findall(r'action="([^"]+/end)"', page):
        asked = browser.post(url).text
        assert "孙示例不能再办张家村" in asked
        assert browser.post(url, data=SURE).status_code == 302
    assert "这是最后一项职务" in asked
    assert ">孙示例<" not in browser.get("/desk/people").text
    past = browser.get("/desk/people?show=past").text
    assert "以前：张家村 村务监督委员会成员" in _row_of(past, "sun"), "the past stays named"
    assert signed_in("sun").get("/desk").status_code == 302


def test_a_long_list_of_people_is_looked_through_by_place_and_word(signed_in, zhangjia):
    browser = signed_in("zheng")

    def found(query):
        return re.findall(r"<b>(.示例)</b></a>", browser.get(f"/desk/people?{query}").text)

    assert found(f"village={zhangjia.id}") == ["李示例", "孙示例", "赵示例"]
    assert "周示例" not in found("village=township")
    assert found("q=信息员 白马") == ["周示例"]
    assert found("q=nobody") == []


def _row_of(page, login):
    return next(row for row in page.split("<tr>") if f">{login}</td>" in row)


def test_a_new_password_ends_every_session_of_the_person_and_says_so_before(signed_in, zhangjia):
    li, admin = signed_in("li"), signed_in("zheng")
    person = zhangjia.people["li"].id
    asked = admin.post(f"/desk/people/{person}/password").text
    assert "李示例现在的密码马上不能用，登录着的手机和电脑都会退出" in asked
    assert li.get("/desk").status_code == 200, "nothing is done yet"
    assert "一次性密码" in admin.post(f"/desk/people/{person}/password", data=SURE).text
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


def test_a_village_is_renamed_and_merged_after_a_look_at_what_follows(
    signed_in, resident, zhangjia
):
    browser, ids = signed_in("zheng"), zhangjia.ids
    form = {"act": "rename", "village": str(zhangjia.id), "name": "新张村"}
    assert "登记号接着往下排" in browser.post("/desk/villages/rename", data=form).text
    assert "新张村" not in browser.get("/desk/villages").text
    assert browser.post("/desk/villages/rename", data=form | SURE).status_code == 302
    assert "原来叫张家村" in resident.get("/V/630223202214").text
    form = {"act": "merge", "village": str(zhangjia.id), "into": ids["白马村"]}
    asked = browser.post("/desk/villages/merge", data=form).text
    assert "新张村并入白马村？" in asked
    assert "不能恢复" in asked
    assert browser.post("/desk/villages/merge", data=form | SURE).status_code == 302
    assert "并进来的：新张村" in browser.get("/desk/villages").text
    old = resident.get("/V/630223202214").text
    assert "10月9日起，新张村归白马村" in old
    assert 'href="/V/630223202215"' in old
    li = signed_in("li")
    for page in ("/desk", "/desk/duties", "/desk/coverage", "/desk/boards", "/desk/matters"):
        assert li.get(page).status_code == 200, page
    assert "白马村" in li.get("/desk").text


@pytest.mark.parametrize("into", ["", "x", "same"])
def test_a_merger_that_cannot_be_is_refused_without_a_question(signed_in, zhangjia, into):
    into = str(zhangjia.id) if into == "same" else into
    form = {"act": "merge", "village": str(zhangjia.id), "into": into}
    answer = signed_in("zheng").post("/desk/villages/merge", data=form)
    assert answer.status_code == 422
    assert "请" in answer.text
