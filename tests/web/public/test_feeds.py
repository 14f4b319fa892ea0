"""Feeds as readers ask for them: found from the page, asked for again without being read again."""

import json
from datetime import timedelta
from html.parser import HTMLParser

import feedparser
import pytest
from icalendar import Calendar
from sqlalchemy import event
from support.builders import a_notice
from support.clock import NOON
from support.open_data import faults_of_profile, faults_of_standard

from bulletin.domain.open_data.feeds import FeedForm
from bulletin.services.notices import end
from bulletin.services.places.create import found_township
from bulletin.web.public.feeds import MEDIA_TYPES

PLACES = (
    "/feed",
    "/T/630223202/feed",
    "/V/630223202/feed",
    "/V/630223202214/feed",
    "/V/630223202214/finance/feed",
)


class Alternates(HTMLParser):
    """What the head of a page says of feeds."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "link" and said.get("rel") == "alternate":
            self.found.append((said["type"], said["href"]))


@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_every_shape_and_what_was_read_is_not_sent_again(resident, approved, place):
    for form in FeedForm:
        answer = resident.get(f"{place}.{form.value}")
        assert answer.status_code == 200
        assert answer.mimetype == MEDIA_TYPES[form]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert approved.code in answer.text or place == "/V/630223202/feed"
        known = {"If-None-Match": answer.headers["ETag"]}
        again = resident.get(f"{place}.{form.value}", headers=known)
        assert (again.status_code, again.data) == (304, b"")
        assert "Set-Cookie" not in answer.headers


def test_the_open_data_of_every_place_is_what_the_standard_asks_for(resident, approved):
    approved.corrected()
    for place in PLACES:
        board = json.loads(resident.get(f"{place}.jsonld").text)
        assert faults_of_standard(board) == [], place
        assert faults_of_profile(board) == [], place
        assert board["iri"] == f"https://gk.huzhu.example.cn{place}.jsonld"


def test_a_feed_follows_what_happens(app, resident, zhangjia, approved):
    def titles(at=NOON):
        app.extensions["clock"] = lambda: at
        read = feedparser.parse(resident.get("/V/630223202214/feed.atom").data)
        return [entry.title for entry in read.entries]

    later = NOON + timedelta(hours=1)
    assert titles() == ["2026年第三季度村级财务收支情况"]
    second = a_notice(zhangjia, NOON, title="后来的", publish_at=later).approved()
    assert titles() == ["2026年第三季度村级财务收支情况"]
    assert titles(later) == ["后来的", "2026年第三季度村级财务收支情况"], "no clock ran"
    end.take_down(zhangjia.site, zhangjia.li, second.code, "金额有误", later)
    assert titles(later) == ["2026年第三季度村级财务收支情况"]
    assert titles(NOON + timedelta(days=60)) == [], "over for a month"


def test_a_feed_that_was_made_is_not_made_again(resident, approved, zhangjia):
    resident.get("/T/630223202/feed.jsonld")
    asked = []
    event.listen(
        zhangjia.site.sessions.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: asked.append(statement),
    )
    resident.get("/T/630223202/feed.jsonld")
    assert not [statement for statement in asked if "edition" in statement]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/T/630223202/feed"),
        ("/T/630223202", "/T/630223202/feed"),
        ("/V/630223202214", "/V/630223202214/feed"),
        ("/V/630223202214/follow", "/V/630223202214/feed"),
    ],
)
def test_a_reader_finds_the_feeds_in_the_head_of_the_page(resident, approved, page, feed):
    said = dict(Alternates(resident.get(page).text).found)
    for media_type, address in said.items():
        assert address.startswith(f"{feed}.")
        assert resident.get(address).mimetype == media_type
    assert set(said) >= {"application/atom+xml", "application/feed+json", "application/ld+json"}


def test_a_county_names_the_feeds_of_its_townships(app, resident, zhangjia, approved):
    site = zhangjia.site
    found_township(site, "630223203", "哈拉直沟乡", "互助土族自治县", "0972-8322222", NOON)
    board = json.loads(resident.get("/feed.jsonld").text)
    assert faults_of_standard(board) == faults_of_profile(board) == []
    root = "https://gk.huzhu.example.cn"
    assert board["bulletin"]["parts"] == [
        f"{root}/T/630223202/feed.jsonld",
        f"{root}/T/630223203/feed.jsonld",
    ]
    assert board["informace"][0]["bulletin"]["place"] == "张家村"
    assert dict(Alternates(resident.get("/").text).found)["application/atom+xml"] == "/feed.atom"


def test_people_find_the_calendar_and_each_class_on_the_page_of_the_village(resident, approved):
    assert 'href="/V/630223202214/follow"' in resident.get("/V/630223202214").text
    page = resident.get("/V/630223202214/follow").text
    for address in ("/V/630223202214/feed.ics", "/V/630223202214/finance/feed.atom"):
        assert f'href="{address}"' in page
    events = Calendar.from_ical(resident.get("/V/630223202214/feed.ics").data).walk("VEVENT")
    assert [str(event["url"]) for event in events] == [
        f"https://gk.huzhu.example.cn/N/{approved.code}"
    ]


def test_on_an_english_page_feeds_and_the_calendar_are_english(resident, approved):
    page = resident.get("/V/630223202214/follow?lang=en").text
    for address in ("/V/630223202214/feed.ics", "/V/630223202214/finance/feed.atom"):
        assert f'href="{address}?lang=en"' in page
    assert 'href="/V/630223202214/feed.jsonld"' in page, "open data is in both languages"
    calendar = Calendar.from_ical(resident.get("/V/630223202214/feed.ics?lang=en").data)
    assert calendar["x-wr-calname"] == "Village notice board of 张家村: last days on display"
    (last_day,) = calendar.walk("VEVENT")
    assert last_day["summary"] == (
        "Last day on display: 2026年第三季度村级财务收支情况 (张家村)"
    ), "what people wrote stays"
    assert str(last_day["url"]).endswith(f"/N/{approved.code}?lang=en")
    told = json.loads(resident.get("/V/630223202214/feed.json?lang=en").text)
    assert told["language"] == "en"
    assert told["feed_url"].endswith("/V/630223202214/feed.json?lang=en")
    (item,) = told["items"]
    assert item["id"].endswith(f"/N/{approved.code}"), "the same notice in every language"
    assert item["tags"] == ["Finances"]
    assert "on display from" in item["content_text"]
    atom = feedparser.parse(resident.get("/V/630223202214/finance/feed.atom?lang=en").data)
    assert atom.feed.title == "Village notice board of 张家村: Finances"


@pytest.mark.parametrize(
    "path",
    ["/V/1/feed.atom", "/T/1/feed.rss", "/V/1/follow", "/feed.xml", "/V/630223202214/x/feed.atom"],
)
def test_a_feed_of_nothing_is_not_found(resident, zhangjia, path):
    assert resident.get(path).status_code == 404


def test_an_empty_site_has_no_feed_and_says_so(resident, site):
    assert resident.get("/feed.atom").status_code == 404
