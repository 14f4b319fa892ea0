"""Subscribing on a phone: a form, a letter with a link, a page with one press to confirm and one to end."""

import json
import re
from dataclasses import replace

import feedparser
import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON

from bulletin.messaging.notifier import Notifier
from bulletin.store.subscriptions import Subscriber, Subscription
from bulletin.web.rate_limits import limiter

FOLLOW = "/V/630223202214/follow"
FORM = {"mail": "grandson@example.cn", "group": "finance", "word": "", "way": "mail"}


@pytest.fixture
def posting(app, site):
    """The site sends mail; nothing is sent while a form is answered."""
    app.extensions["site"] = replace(site, notifier=Notifier("mailto://127.0.0.1:1?from=a%40b.cn"))


def token_of(site):
    with site.sessions.reading() as session:
        return session.scalar(select(Subscriber.token))


def test_the_answer_is_the_same_whoever_has_the_address_and_the_page_says_what_to_do(
    resident, zhangjia, posting
):
    for _ in range(2):
        answer = resident.post(FOLLOW, data=FORM)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{FOLLOW}?sent=1")
    page = resident.get(f"{FOLLOW}?sent=1").text
    assert "去邮箱里确认" in page
    assert token_of(zhangjia.site) not in page


def _in_order(page, *words):
    places = [page.index(each) for each in words]
    assert places == sorted(places), words


def test_what_a_villager_uses_stands_before_what_readers_read(resident, zhangjia):
    calendar, address = "公示到期日历</a>", "只要订阅地址"
    _in_order(resident.get(FOLLOW).text, "<h1", calendar, "Atom</a>", address)
    one_class = resident.get(FOLLOW).text.partition("只看一类")[2]
    _in_order(one_class, "到期日历</a>", "Atom</a>", "JSON Feed</a>")


def test_where_the_site_sends_mail_it_comes_first(resident, zhangjia, posting):
    _in_order(resident.get(FOLLOW).text, "用邮箱订阅</button>", "公示到期日历</a>", "Atom</a>")


def test_from_the_letter_one_press_confirms_and_one_ends(resident, zhangjia, posting):
    resident.post(FOLLOW, data=FORM)
    own = f"/follow/{token_of(zhangjia.site)}"
    page = resident.get(own).text
    assert "还没有确认" in page
    assert "feed.atom" not in page
    page = resident.post(own, data={"act": "confirm"}, follow_redirects=True).text
    assert "订上了" in page
    assert "张家村，财务" in page
    number = re.search(r'name="subscription" value="(\d+)"', page)[1]
    assert "已经退订" in resident.post(own, data={"subscription": number}).text
    assert resident.get(own).status_code == 404
    assert "已经退订" in resident.post(own, data={"subscription": number}).text, "pressed twice"


def test_what_is_no_subscription_ends_none(resident, zhangjia, posting):
    """Without a number all are ended; so a number that can't be read must not stand for none."""
    resident.post(FOLLOW, data=FORM)
    own = f"/follow/{token_of(zhangjia.site)}"
    for number in ("x", "-1", "9" * 30):
        assert resident.post(own, data={"subscription": number}).status_code == 303
    assert resident.get(own).status_code == 200


def test_a_mail_program_ends_all_with_its_one_click(resident, zhangjia, posting):
    for group in ("finance", "party"):
        resident.post(FOLLOW, data=FORM | {"group": group})
    own = f"/follow/{token_of(zhangjia.site)}"
    answer = resident.post(own, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert token_of(zhangjia.site) is None


def test_looking_at_the_page_changes_nothing(resident, zhangjia, posting):
    """Mail programs open every link before anybody does."""
    resident.post(FOLLOW, data=FORM)
    own = f"/follow/{token_of(zhangjia.site)}"
    for _ in range(2):
        assert "还没有确认" in resident.get(own).text


def test_a_feed_of_ones_own_without_an_address(resident, zhangjia, approved):
    answer = resident.post(FOLLOW, data={"way": "feed", "group": "", "word": "路灯"})
    own = answer.headers["Location"]
    page = resident.get(own).text
    assert "里面有“路灯”" in page
    for form in ("atom", "json", "ics"):
        assert f"https://gk.huzhu.example.cn{own}/feed.{form}" in page
    read = feedparser.parse(resident.get(f"{own}/feed.atom").data)
    assert not read.bozo
    assert [entry.title for entry in read.entries] == ["2026年第三季度村级财务收支情况"]
    again = {"If-None-Match": resident.get(f"{own}/feed.atom").headers["ETag"]}
    assert resident.get(f"{own}/feed.atom", headers=again).status_code == 304
    assert json.loads(resident.get(f"{own}/feed.json").text)["title"] == "我订阅的村务公开"


def test_a_secret_address_is_kept_by_nobody_on_the_way(resident, zhangjia):
    own = resident.post(FOLLOW, data={"way": "feed"}).headers["Location"]
    for path in (own, f"{own}/feed.atom"):
        headers = resident.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in headers
    for path in ("/follow/x", "/follow/x/feed.atom"):
        assert resident.get(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"mail": ""}, "name@example.com"),
        ({"mail": "x"}, "name@example.com"),
        ({"word": "低"}, "2到20个字"),
    ],
)
def test_a_refused_form_comes_back_as_it_was_typed(resident, zhangjia, posting, typed, said):
    answer = resident.post(FOLLOW, data=FORM | {"word": "低保"} | typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert '<option value="finance" selected>' in answer.text
    if "mail" not in typed:
        assert 'value="grandson@example.cn"' in answer.text


def test_without_mail_only_feeds_are_offered(resident, zhangjia):
    page = resident.get(FOLLOW).text
    assert 'name="mail"' not in page
    assert "只要订阅地址" in page


def test_a_matter_is_offered_from_its_notice(resident, zhangjia):
    notice = a_notice(zhangjia, NOON, item="affairs.public_works", title="修路方案").approved()
    page = resident.get(f"{FOLLOW}?about={notice.code}").text
    assert "“修路方案”" in page
    assert f'name="about" value="{notice.code}"' in page
    assert 'name="about"' not in resident.get(f"{FOLLOW}?about=7KQ2M4XW9C").text
    link = f'href="{FOLLOW}?about={notice.code}"'
    assert link in resident.get(f"/N/{notice.code}").text


@pytest.mark.parametrize(
    ("asked", "kept"), [("", "zh-CN"), ("?lang=en", "en"), ("?lang=xx", "zh-CN")]
)
def test_the_language_of_the_page_is_remembered(resident, zhangjia, posting, asked, kept):
    page = resident.get(f"{FOLLOW}{asked}").text
    action = re.search(rf'action="({FOLLOW}[^"]*)"', page)[1]
    resident.post(action, data=FORM)
    with zhangjia.site.sessions.reading() as session:
        assert session.scalar(select(Subscription.language)) == kept


def test_an_english_page_leads_to_a_feed_of_ones_own_in_english(resident, zhangjia, approved):
    own = resident.post(f"{FOLLOW}?lang=en", data={"way": "feed"}).headers["Location"]
    page = resident.get(own).text
    assert '<html lang="en"' in page
    address = re.search(r'href="https://gk.huzhu.example.cn(/[^"]*feed\.atom[^"]*)"', page)[1]
    read = feedparser.parse(resident.get(address).data)
    assert (read.feed.title, read.feed.language) == ("Village affairs that I follow", "en")
    assert [entry.link for entry in read.entries] == [
        f"https://gk.huzhu.example.cn/N/{approved.code}?lang=en"
    ]


def test_too_many_forms_of_one_network_are_put_off(app, resident, zhangjia):
    limiter.enabled = True
    try:
        statuses = [resident.post(FOLLOW, data={"way": "feed"}).status_code for _ in range(31)]
    finally:
        limiter.enabled = False
        limiter.reset()
    assert statuses == [303] * 30 + [429]
