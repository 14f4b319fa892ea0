"""The page where clerks sign in: who is slowed down, whom it names, where it leads."""

from dataclasses import replace

import pytest
from support.clock import NOON

from bulletin.domain.sign_in.limits import BY_LOGIN
from bulletin.services.people import manage_accounts
from bulletin.wiring import make_app

HALL = {"REMOTE_ADDR": "192.0.2.7"}
GOOD = "a-new-long-one"


def sign_in(browser, login, password, **given):
    form = {"login": login, "password": password}
    return browser.post("/sign-in", data=form, environ_overrides=HALL | given)


def attack(app, login="li", **given):
    """Somebody tries until nothing more is taken; returns the last answer."""
    stranger = app.test_client()
    for _ in range(BY_LOGIN.at_once):
        assert sign_in(stranger, login, "wrong-password", **given).status_code == 422
    return sign_in(stranger, login, "wrong-password", **given)


def test_a_stranger_is_slowed_down_in_words_that_are_the_same_for_every_name(app, zhangjia):
    answers = [attack(app, login) for login in ("li", "nobody")]
    for answer in answers:
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "301")
    pages = [answer.text.replace("nobody", "li") for answer in answers]
    assert pages[0] == pages[1]


def test_the_clerk_comes_in_from_the_device_of_before_while_a_stranger_tries(app, zhangjia):
    own = app.test_client()
    assert sign_in(own, "li", zhangjia.password).location == "/desk"
    attack(app)
    own.post("/sign-out")
    assert sign_in(own, "li", "a-slip-of-the-finger").status_code == 422
    assert sign_in(own, "li", zhangjia.password).location == "/desk"
    new = app.test_client()
    assert sign_in(new, "li", zhangjia.password).status_code == 429, "here nobody knows it"
    elsewhere = sign_in(new, "li", zhangjia.password, REMOTE_ADDR="198.51.100.9")
    assert elsewhere.location == "/desk"


def test_a_new_password_makes_the_old_devices_unknown(app, zhangjia):
    own = app.test_client()
    sign_in(own, "li", zhangjia.password)
    change = {"old": zhangjia.password, "new": GOOD, "again": GOOD}
    assert own.post("/account/password", data=change).location == "/sign-in"
    attack(app)
    assert sign_in(own, "li", GOOD).status_code == 429


def test_the_device_cookie_is_for_the_sign_in_page_alone_and_no_script_reads_it(app, zhangjia):
    browser = app.test_client()
    answer = sign_in(browser, "li", zhangjia.password)
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("device=")]
    for attribute in ("HttpOnly", "Path=/sign-in", "SameSite=Lax", "Max-Age=34560000"):
        assert attribute in cookie
    assert "device" not in "".join(sign_in(browser, "li", "wrong").headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("forged", ["", "x", "W10.abc", "eyJhIjoxfQ", "é"])
def test_a_cookie_that_we_did_not_sign_is_no_device(app, zhangjia, forged):
    stranger = app.test_client()
    stranger.set_cookie("device", forged, path="/sign-in")
    for _ in range(BY_LOGIN.at_once):
        assert sign_in(stranger, "li", "wrong").status_code == 422
    assert sign_in(stranger, "li", zhangjia.password).status_code == 429


@pytest.mark.parametrize("proxy", ["203.0.113.9:{}", "[2001:db8:0:1::{}]:443", "2001:db8:0:1::{}"])
def test_a_stranger_gets_no_fresh_tries_with_another_port_or_address_of_the_house(
    app, zhangjia, proxy
):
    stranger = app.test_client()
    answers = [
        sign_in(stranger, "li", "wrong", REMOTE_ADDR=proxy.format(n)).status_code
        for n in range(1, BY_LOGIN.at_once + 2)
    ]
    assert answers == [422] * BY_LOGIN.at_once + [429]


def test_behind_a_proxy_that_names_ports_each_phone_is_counted_for_itself(settings, zhangjia):
    app = make_app(replace(settings, behind_proxy=True), zhangjia.site, lambda: NOON)
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    form = {"login": "li", "password": "wrong"}

    def answer(n, address):
        headers = {"X-Forwarded-For": f"{address}:{40000 + n}"}
        return browser.post("/sign-in", data=form, headers=headers).status_code

    assert [answer(n, "192.0.2.7") for n in range(6)] == [422] * 5 + [429]
    assert answer(7, "[2001:db8::7]") == 422


def test_the_page_names_whom_to_call(resident, zhangjia):
    page = resident.get("/sign-in").text
    assert "郑示例" in page
    assert 'href="tel:09728321111"' in page, "the office's phone, for she has none"
    manage_accounts.change_phone(
        zhangjia.site, zhangjia.zheng, zhangjia.zheng.id, "0972-8329999", NOON
    )
    assert "0972-8329999" in resident.get("/sign-in").text


def test_the_phone_is_entered_at_the_desk(signed_in, resident, zhangjia):
    browser, person = signed_in("zheng"), zhangjia.zheng.id
    wrong = browser.post(f"/desk/people/{person}/phone", data={"phone": "1380013800"})
    assert (wrong.status_code, "应是11位手机号" in wrong.text) == (422, True)
    browser.post(f"/desk/people/{person}/phone", data={"phone": "0972-8329999"})
    assert "0972-8329999" in resident.get("/sign-in").text


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/desk/duties", "/desk/duties"),
        ("/desk/duties?show=all&page=2", "/desk/duties?show=all&page=2"),
        ("/desk/duties?q=%E5%BC%A0%20%E4%B8%89", "/desk/duties?q=%E5%BC%A0%20%E4%B8%89"),
        ("/account/reminders", "/account/reminders"),
        ("/desk/notices/7KQ2M4XW9C", "/desk/notices/7KQ2M4XW9C"),
        ("/desk/people", "/desk"),  # not for a liaison
        ("/desk/people/1/password", "/desk"),  # takes a form only
        ("/desk/nothing", "/desk"),
        ("/deskevil", "/desk"),
        ("/", "/desk"),
        ("", "/desk"),
        ("https://evil.example/desk", "/desk"),
        ("//evil.example/desk", "/desk"),
        ("/\\evil.example", "/desk"),
        ("\\\\evil.example", "/desk"),
        ("/desk\r\nSet-Cookie: x=1", "/desk"),
        ("/desk/duties?a=\r\nX: y", "/desk/duties?a=X:%20y"),
        ("javascript:alert(1)", "/desk"),
        ("http://[", "/desk"),
        ("/desk/\0", "/desk"),
        ("/desk/duties\0", "/desk"),
        ("/desk/" + "x" * 9000, "/desk"),
        ("/desk/notices/99999999999999999999999", "/desk/notices/99999999999999999999999"),
        ("/desk/people/99999999999999999999999/phone", "/desk"),
        ("张家村", "/desk"),
        ("\udcff", "/desk"),
    ],
)
def test_the_way_back_is_a_page_that_opens_or_the_desk(app, zhangjia, asked, led):
    query = {"next": asked.encode("utf-8", "surrogateescape").decode("utf-8", "replace")}
    form = {"login": "li", "password": zhangjia.password}
    answer = app.test_client().post("/sign-in", query_string=query, data=form)
    assert (answer.status_code, answer.location) == (302, led)


@pytest.mark.parametrize("path", ["/sign-in?next=%00", "/sign-in?next=%FF%FE", "/sign-in?next="])
def test_the_sign_in_page_opens_whatever_stands_behind_next(resident, zhangjia, path):
    assert resident.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/account/password",
        "/account/reminders",
        "/account/calendar",
        "/desk",
        "/desk/x",
    ],
)
@pytest.mark.parametrize("login", ["", "li"])
def test_no_browser_keeps_what_staff_see(resident, signed_in, zhangjia, path, login):
    answer = (signed_in(login) if login else resident).get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
