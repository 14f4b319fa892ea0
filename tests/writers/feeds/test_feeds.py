"""Each shape of a feed is what its own readers and schemas take, and says the same of every notice."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import feedparser
import pytest
from icalendar import Calendar
from lxml import etree
from support.open_data import faults_of_profile, faults_of_standard

from bulletin.domain.open_data.feeds import BoardFeed, BoardKind, BoardRecord, FeedForm
from bulletin.services.public.feed_files import feed_file
from bulletin.writers.feeds import rss

ROOT = "https://gk.huzhu.example.cn"
RECORD = BoardRecord(
    code="7KQ2M4XW9C",
    edition=2,
    url=f"{ROOT}/N/7KQ2M4XW9C",
    paper=f"{ROOT}/N/7KQ2M4XW9C/paper.pdf",
    title="2026年第三季度“财务”收支 <更正> & 说明",
    number="张家村公开〔2026〕12号",
    register_key="张家村公开/2026/12",
    publishers=("张家村村民委员会", "张家村股份经济合作社"),
    place="张家村",
    place_code="630223202214",
    subject="财务",
    subject_code="finance",
    published_at=datetime(2026, 10, 10, 1, 0, tzinfo=UTC),
    changed_at=datetime(2026, 10, 12, 2, 30, tzinfo=UTC),
    opens_on=date(2026, 10, 10),
    closes_on=date(2026, 10, 25),
    removed_on=date(2026, 10, 27),
    fingerprint="a" * 64,
    personal=False,
)
LIST = replace(
    RECORD,
    code="402V1Y7XYJ",
    edition=1,
    url=f"{ROOT}/N/402V1Y7XYJ",
    paper="",
    title="低保对象",
    personal=True,
    removed_on=None,
)
VILLAGE = BoardFeed(
    kind=BoardKind.VILLAGE,
    address=f"{ROOT}/V/630223202214/feed",
    page=f"{ROOT}/V/630223202214",
    place="张家村",
    code="630223202214",
    county="互助土族自治县",
    publisher="张家村村民委员会",
    subject="",
    changed_at=RECORD.changed_at,
    records=(RECORD, LIST),
    parts=(),
)
COUNTY = replace(
    VILLAGE,
    kind=BoardKind.COUNTY,
    address=f"{ROOT}/feed",
    page=f"{ROOT}/",
    place="互助土族自治县",
    code="",
    publisher="互助土族自治县",
    parts=(f"{ROOT}/T/630223202/feed",),
)
EMPTY = replace(VILLAGE, records=())


def board(feed):
    return json.loads(feed_file(feed, FeedForm.OFN))


@pytest.mark.parametrize("feed", [VILLAGE, COUNTY, EMPTY])
def test_a_board_is_what_the_standard_asks_for_and_exactly_what_we_say_we_write(feed):
    written = board(feed)
    assert faults_of_standard(written) == []
    assert faults_of_profile(written) == []


def _without_english(written):
    del written["informace"][0]["název"]["en"]


def _czech_number(written):
    written["provozovatel"] = {"typ": "Osoba", "název": {"en": "x"}}


def _no_last_day(written):
    del written["informace"][0]["relevantní_do"]


@pytest.mark.parametrize("spoil", [_without_english, _czech_number, _no_last_day])
def test_the_schemas_do_find_faults(spoil):
    written = board(VILLAGE)
    spoil(written)
    assert faults_of_standard(written)
    assert faults_of_profile(written)


def test_a_misspelt_key_passes_the_standard_and_not_our_profile():
    written = board(VILLAGE)
    written["informace"][0]["cislo_jednaci"] = "1"
    assert faults_of_standard(written) == []
    assert faults_of_profile(written)


def test_a_board_says_who_answers_until_when_and_when_the_paper_came_off():
    written = board(VILLAGE)
    first, second = written["informace"]
    assert written["provozovatel"]["název"]["zh"] == "张家村村民委员会"
    assert first["relevantní_do"]["datum"] == "2026-10-25"
    assert (first["bulletin"]["removed_on"], second["bulletin"]["removed_on"]) == (
        "2026-10-27",
        None,
    )
    assert first["revize"] == "2"
    assert first["dokument"][0]["url"] == RECORD.paper
    assert "dokument" not in second
    assert board(COUNTY)["bulletin"]["parts"] == [f"{ROOT}/T/630223202/feed.jsonld"]


@pytest.mark.parametrize("form", [FeedForm.ATOM, FeedForm.RSS])
@pytest.mark.parametrize("feed", [VILLAGE, COUNTY, EMPTY])
def test_a_feed_reader_finds_nothing_wrong(feed, form):
    read = feedparser.parse(feed_file(feed, form))
    assert not read.bozo
    assert [entry.title for entry in read.entries] == [record.title for record in feed.records]
    assert [entry.id for entry in read.entries] == [record.url for record in feed.records]
    assert [entry.link for entry in read.entries] == [record.url for record in feed.records]
    assert all("公示2026-10-10至2026-10-25" in entry.summary for entry in read.entries)


def test_atom_tells_a_correction_from_a_new_notice():
    entry = feedparser.parse(feed_file(VILLAGE, FeedForm.ATOM)).entries[0]
    assert entry.published == "2026-10-10T01:00:00+00:00"
    assert entry.updated == "2026-10-12T02:30:00+00:00"
    assert [author.name for author in entry.authors] == list(RECORD.publishers)
    assert (entry.tags[0].term, entry.tags[0].label) == ("finance", "财务")


def test_rss_has_the_categories_of_italian_boards_and_no_more_than_they_allow():
    many = replace(VILLAGE, records=(RECORD,) * 30)
    root = etree.fromstring(feed_file(many, FeedForm.RSS))
    items = root.findall("channel/item")
    assert len(items) == rss.MAX_ITEMS
    said = {each.get("domain").partition("#")[2]: each.text for each in items[0].iter("category")}
    assert said["item-category-uid"] == "张家村公开/2026/12"
    assert said["item-category-pubStart"] == "Sat, 10 Oct 2026 00:00:00 +0800"
    assert said["item-category-pubEnd"] == "Mon, 26 Oct 2026 00:00:00 +0800"
    channel = {each.get("domain").partition("#")[2] for each in root.findall("channel/category")}
    assert {"channel-category-type", "channel-category-name"} <= channel
    assert root.find("channel/{http://www.w3.org/1999/xhtml}meta").get("content") == "noindex"


@pytest.mark.parametrize("form", FeedForm)
def test_a_board_of_invented_people_says_so(form):
    assert "演示数据".encode() in feed_file(replace(VILLAGE, demo=True), form)


def test_a_json_feed_has_what_its_version_asks_for():
    read = json.loads(feed_file(VILLAGE, FeedForm.JSON))
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["feed_url"] == f"{ROOT}/V/630223202214/feed.json"
    for item in read["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
        assert datetime.fromisoformat(item["date_modified"]).tzinfo


def test_the_calendar_has_the_last_day_of_each_period():
    read = Calendar.from_ical(feed_file(VILLAGE, FeedForm.CLOSING_DAYS))
    events = read.walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == [date(2026, 10, 25)] * 2
    assert events[0]["summary"] == f"公示最后一天：{RECORD.title}（张家村）"
    assert [event["sequence"] for event in events] == [1, 0], "a phone takes the corrected one"
    assert len({event["uid"] for event in events}) == 2


@pytest.mark.parametrize("form", FeedForm)
def test_nothing_that_somebody_pasted_into_a_title_breaks_a_feed(form):
    odd = replace(RECORD, title="收支\x0b表\x00\ufffe", publishers=("张\x1f",))
    data = feed_file(replace(VILLAGE, records=(odd,)), form)
    match form:
        case FeedForm.ATOM | FeedForm.RSS:
            assert not feedparser.parse(data).bozo
        case FeedForm.CLOSING_DAYS:
            assert Calendar.from_ical(data).walk("VEVENT")
        case _:
            assert json.loads(data)


@pytest.mark.parametrize("form", FeedForm)
def test_the_same_board_is_the_same_file(form):
    assert feed_file(VILLAGE, form) == feed_file(replace(VILLAGE), form)
