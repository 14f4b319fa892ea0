"""The one box of residents, on the front page, on a village's and above what was found."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.copies import insert_notices
from support.resident_pages import MAX_BYTES, Reader, words_of

from bulletin.domain.notices.workflow import State

VILLAGE, TOWNSHIP = "630223202214", "630223202"


def _find(resident, **asked):
    return resident.get("/find", query_string=asked)


def _targets(page):
    return {unescape(target) for target in re.findall(r'href="(/find[^"]*)"', page)}


def test_what_was_found_shows_the_line_with_the_words_marked(resident, approved):
    answer = _find(resident, q="路灯 3480")
    assert answer.status_code == 200
    assert re.search(r"村道<mark>路灯</mark>维修材料费 \| <mark>3,480.00</mark>", answer.text)
    assert f'href="/N/{approved.code}"' in answer.text
    assert "找到1件" in words_of(answer.text)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "<script" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_box_stands_on_the_front_page_and_on_a_village_s_for_the_village(resident, approved):
    for path, hidden in (("/", {}), (f"/V/{VILLAGE}", {"in": VILLAGE}), ("/find?q=x", {})):
        page = Reader(resident.get(path).text)
        boxes = [attrs for tag, attrs in page.tags if tag == "input"]
        assert [box["name"] for box in boxes if box["type"] == "search"] == ["q"], path
        assert {box["name"]: box["value"] for box in boxes if box["type"] == "hidden"} == hidden
    page = resident.get(f"/find?q=路灯&in={VILLAGE}&big=1").text
    assert f'name="in" value="{VILLAGE}"' in page
    assert 'name="big" value="1"' in page


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("张家村公开〔2026〕1号", "/N/"),
        ("张家村", f"/V/{VILLAGE}"),
        ("红崖子沟乡", f"/T/{TOWNSHIP}"),
    ],
)
def test_a_number_and_a_village_s_name_lead_straight_there(resident, approved, typed, path):
    assert _find(resident, q=typed, big="1").location.startswith(path)
    assert _find(resident, q=typed, big="1").location.endswith("?big=1")


@pytest.mark.parametrize("typed", ["ABCDEFGH77", "40271685338", "40271 685338"])
def test_a_code_with_a_slip_is_no_word_and_is_called_unknown(resident, approved, typed):
    assert _find(resident, q=typed).status_code == 404


@pytest.mark.parametrize("typed", ["2026-10-10", "13800138000", "24000", "http", "第三季度"])
def test_dates_sums_and_telephones_are_words(resident, approved, typed):
    assert _find(resident, q=typed).status_code == 200


def test_what_is_not_found_is_answered_with_ways_on(resident, approved):
    answer = _find(resident, q="路灯 水渠", **{"in": VILLAGE, "class": "finance", "year": 2026})
    words, targets = words_of(answer.text), _targets(answer.text)
    assert "没有找到：路灯水渠" in words
    assert "换一个说法" in words
    assert "名单里的人名不能搜" in words
    assert f"/V/{VILLAGE}/ask" in answer.text
    assert any("q=路灯&" in target or target.endswith("q=路灯") for target in map(_plain, targets))
    assert "/find?q=路灯+水渠" in map(_plain, targets)
    assert f'href="/V/{TOWNSHIP}/ask"' in _find(resident, q="水渠").text


def _plain(target):
    return unquote(target)


def test_a_search_is_narrowed_by_links_that_can_be_sent_on(resident, zhangjia):
    a_notice(zhangjia, NOON).approved()
    a_notice(zhangjia, NOON, item="affairs.decisions_progress").approved()
    page = _find(resident, q="收支").text
    (finance,) = [target for target in _targets(page) if "class=finance" in target]
    narrowed = resident.get(finance).text
    assert "找到1件" in words_of(narrowed)
    assert "只看财务" in words_of(narrowed)
    assert any("class" not in target for target in _targets(narrowed))


def test_long_results_are_turned_page_by_page_and_stay_light(resident, zhangjia):
    insert_notices(zhangjia, [[(State.PUBLISHED, -1 - 300 * (n % 3), 9)] for n in range(60)])
    address, titles = "/find?q=收支&big=1", 0
    while address:
        page = resident.get(address)
        assert len(page.data) <= MAX_BYTES
        titles += page.text.count('class="number"')
        further = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = further and unescape(further[1])
    assert titles == 61
    assert len([t for t in _targets(_find(resident, q="收支").text) if "year=" in t]) > 1


def test_a_kept_page_of_results_goes_stale_with_an_act_and_with_a_moment(app, resident, zhangjia):
    soon = NOON + timedelta(minutes=5)
    a_notice(zhangjia, NOON).approved()
    a_notice(zhangjia, NOON, title="又一份收支", publish_at=soon).approved()
    shown = [_find(resident, q="收支") for _ in range(2)]
    assert {words_of(answer.text).count("找到1件") for answer in shown} == {1}
    again = resident.get("/find?q=收支", headers={"If-None-Match": shown[0].headers["ETag"]})
    assert again.status_code == 304
    app.extensions["clock"] = lambda: soon
    assert "找到2件" in words_of(_find(resident, q="收支").text)
    a_notice(zhangjia, soon, title="第三份收支").approved()
    assert "找到3件" in words_of(_find(resident, q="收支").text)


def test_nothing_typed_leads_back_and_what_is_no_place_or_class_is_answered(resident, approved):
    assert _find(resident).location == "/"
    assert _find(resident, **{"in": VILLAGE}).location == f"/V/{VILLAGE}"
    assert _find(resident, q="路灯", **{"in": "1"}).status_code == 404
    for asked in ({"class": "x"}, {"year": "x"}, {"year": "99999999999999999999"}, {"page": "99"}):
        assert _find(resident, q="路灯", **asked).status_code == 200, asked
    assert _find(resident, q=f"路灯{'财' * 500}").status_code == 200


def test_what_was_written_and_typed_stays_words(resident, zhangjia):
    a_notice(zhangjia, NOON, title="<script>alert(1)</script>路灯").approved()
    page = _find(resident, q="路灯 <script>").text
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;alert" in page
