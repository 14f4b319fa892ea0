"""The words of the desk: plain ones, of the device in the hand, and no way out of the frame."""

import re

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.paths import PAGE_TEMPLATES

BARE = re.compile(  # a technical word stands nowhere without a plain one beside it
    r"Webhook|URL(?! ?导入)|JSON|哈希|令牌|存证号(?!（防改动的编号）)|内容指纹(?![\sA-Z0-9（-]*内容改一个字)"
)
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 13; HarmonyOS) Mobile Safari/537.36"}
PAGES = {
    "li": ["", "/duties", "/matters", "/notices", "/boards", "/coverage", "/catalog", "/settings"],
    "zheng": [
        "",
        "/people",
        "/people/1",
        "/villages",
        "/filings",
        "/settings",
        "/outlets",
        "/notices/NOTICE",
    ],
    "sun": ["/reviews", "/notices/NOTICE/review"],
}
ROOMS = {
    "/duties": "要公开的",
    "/notices": "公开件",
    "/boards": "公开栏",
    "/matters": "事项",
    "/feedback": "提问",
    "/coverage": "进度",
    "/settings": "设置",
}


@pytest.mark.parametrize("login", PAGES)
def test_no_page_has_a_technical_word_without_a_plain_one(signed_in, zhangjia, login):
    notice, browser = a_notice(zhangjia, NOON).submitted(), signed_in(login)
    paths = [f"/desk{path}".replace("NOTICE", notice.code) for path in PAGES[login]]
    for path in (*paths, "/account/reminders", "/account/calendar", "/account/password"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        text = re.sub(r"<[^>]*>", "", answer.text)
        assert not BARE.search(text), (path, BARE.search(text))


def test_a_room_has_one_name(signed_in):
    browser = signed_in("li")
    for path, name in ROOMS.items():
        page = browser.get(f"/desk{path}").text
        (link,) = re.findall(
            r'<a href="[^"]+" aria-current="page">([^<]+)</a>', page.partition("</nav>")[0]
        )
        assert link == name
        assert name in re.search(r"<title>(.*?)</title>", page)[1], path


@pytest.mark.parametrize(("headers", "device"), [(PHONE, "这台手机"), ({}, "这台电脑")])
def test_the_device_is_called_what_it_is(signed_in, zhangjia, headers, device):
    notice = a_notice(zhangjia, NOON)
    page = signed_in("li").get(f"/desk/notices/{notice.code}/edit", headers=headers).text
    assert device in page
    assert {"这台手机", "这台电脑"} - {device} == {
        word for word in ("这台手机", "这台电脑") if word not in page
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/desk/nothing-here", 404),
        ("GET", "/desk/people", 403),
        ("GET", "/desk/notices/XXXXXXXXXX", 404),
        ("POST", "/desk/duties/99999", 405),
        ("POST", "/account/reminders/99/remove", 404),
    ],
)
def test_an_error_at_the_desk_stays_in_its_frame_with_a_way_on(signed_in, method, path, status):
    li = signed_in("li")
    answer = li.open(path, method=method, headers={"Referer": "http://localhost/desk/duties"})
    assert answer.status_code == status
    assert "<nav" in answer.text
    assert 'href="/desk/duties">回到刚才的页面' in answer.text
    assert "去“今天”" in answer.text


def test_residents_and_strangers_see_no_desk(resident):
    assert "公开台</a>\n  <nav" not in resident.get("/desk/nothing-here").text
    assert resident.get("/N/XXXXXXXXXX").status_code == 404


def test_a_refusal_bears_no_tick(resident, zhangjia):
    resident.get("/desk")
    page = resident.get("/sign-in").text
    said = re.search(r'<p class="flash[^"]*"[^>]*>.*?</p>', page, re.DOTALL)[0]
    assert "请先登录" in said
    assert "✓" not in said


SAID = re.compile(r'_\("([^"]*)"')
TECHNICAL = re.compile(r"Webhook|JSON|哈希|令牌|接口|缓存|服务器|数据库|Token|API|存证号(?!（)")


@pytest.mark.sqlite_only(reason="templates alone")
def test_no_template_says_a_technical_word():
    for template in sorted(PAGE_TEMPLATES.rglob("*.html")):
        for said in SAID.findall(template.read_text(encoding="utf-8")):
            assert not TECHNICAL.search(said), (template.name, said)


@pytest.mark.sqlite_only(reason="templates alone")
def test_where_a_fingerprint_is_named_a_plain_word_says_what_it_is():
    for template in sorted((PAGE_TEMPLATES / "desk").glob("*.html")):
        text = re.sub(r"<[^>]*>|\{\{ [\w.]* }}", "", template.read_text(encoding="utf-8"))
        for named in re.finditer("指纹", text):
            assert "内容改一个字" in text[named.start() : named.end() + 60], template.name
