"""Finding one's way: the front page, the villages, and what is not there."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import render_template
from support.resident_pages import (
    FRONT,
    NOW,
    TOWNSHIP,
    VILLAGE,
    VILLAGE_PAGE,
    Reader,
    plain,
    words_of,
)


def test_a_village_shows_what_hangs_now_and_keeps_the_fact_of_a_list_that_went(show):
    words = words_of(show(VILLAGE_PAGE, "village"))
    assert "财务10月10日发布，公示到10月25日" in words
    assert "补贴发放名册" in words
    assert "名单已按规定撤下" in words
    assert "村委会门口公开栏大门东侧" in words


def test_a_village_without_notices_says_so(show):
    words = words_of(show(replace(VILLAGE_PAGE, current=(), archive=()), "village"))
    assert "现在没有正在公示的内容" in words
    assert "以前的公开" not in words


def test_the_front_page_has_one_box_and_every_village(show):
    page = Reader(show(FRONT, "township"))
    boxes = [attrs for tag, attrs in page.tags if tag == "input"]
    assert [box["name"] for box in boxes] == ["q"]
    assert any(tag == "label" and attrs["for"] == "q" for tag, attrs in page.tags)
    assert {f"/V/{line.place.code}" for line in FRONT.villages} <= set(page.links())
    assert f"/V/{TOWNSHIP.code}" in page.links()
    words = plain("".join(page.words))
    assert "张家村3件在公示最近10月10日上寨村现无公示" in words


@pytest.mark.parametrize(
    ("at", "late", "words"),
    [
        (NOW, False, "发布时钟正常"),
        (datetime(2026, 10, 9, 23, 0, tzinfo=UTC), True, "发布时钟停了，上次10月10日07:00"),
        (None, True, "发布时钟还没有走过"),
    ],
)
def test_the_front_page_tells_whether_the_publisher_is_alive(show, at, late, words):
    page = replace(FRONT, heartbeat_at=at, heartbeat_late=late)
    assert words in words_of(show(page, "township"))


def test_an_unknown_code_keeps_what_was_typed_and_offers_box_and_villages(show):
    html = show(FRONT, "not_found", typed='"><script>8KQ2')
    assert "<script>" not in html
    box = next(attrs for tag, attrs in Reader(html).tags if attrs.get("id") == "q")
    assert box["value"] == '"><script>8KQ2'
    assert box["aria-invalid"] == "true"
    assert f"/V/{VILLAGE.code}" in Reader(html).links()


def test_an_error_page_says_what_to_do_and_gives_the_number_of_the_incident(bare_app):
    with bare_app.test_request_context("/N/X"):
        html = render_template(
            "public/error.html", status=500, sentences=("请稍后再试。",), incident="7A3F"
        )
    words = words_of(html)
    assert "网站出了故障请稍后再试。" in words
    assert "故障编号7A3F" in words
    assert "/" in Reader(html).links()


@pytest.mark.parametrize(("path", "home"), [("/desk/notices", "/desk"), ("/V/1", "/")])
def test_an_error_page_leads_back_to_where_one_works(bare_app, path, home):
    with bare_app.test_request_context(path):
        html = render_template("public/error.html", status=409, sentences=(), incident="")
    assert Reader(html).links()[-1] == home
