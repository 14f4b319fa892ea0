"""查找: the box of every page, and the page of what was found."""

import re

from support.builders import a_notice
from support.clock import NOON


def test_every_page_has_the_box_and_leads_to_what_was_found(signed_in, zhangjia):
    code = a_notice(zhangjia, NOON).approved().code
    browser = signed_in("li")
    home = browser.get("/desk").text
    assert 'action="/desk/search"' in home
    assert "search.js" in home
    page = browser.get("/desk/search?q=路灯 3480").text
    assert f"/desk/notices/{code}" in page
    assert re.search(r"村道<mark>路灯</mark>维修材料费 \| <mark>3,480.00</mark>", page)
    assert "公开件 1" in re.sub(r"<[^>]*>", "", page)


def test_a_word_that_nothing_has_is_answered_with_a_way_on(signed_in, zhangjia):
    browser = signed_in("li")
    assert "没有找到“水渠”" in re.sub(r"<[^>]*>", "", browser.get("/desk/search?q=水渠").text)
    assert "两个字就能找" in browser.get("/desk/search").text
    elsewhere = browser.get("/desk/search?q=财务&kind=matter").text
    assert "事项里没有“财务”" in re.sub(r"<[^>]*>", "", elsewhere)


def test_what_was_written_and_typed_stays_words(signed_in, zhangjia):
    a_notice(zhangjia, NOON, title="<script>alert(1)</script>路灯")
    page = signed_in("li").get("/desk/search", query_string={"q": "路灯 <script>"}).text
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;alert" in page


def test_kinds_and_pages_that_do_not_exist_are_the_first_ones(signed_in, zhangjia):
    browser = signed_in("wu")
    for asked in ("kind=x", "kind=notice&page=99", "kind=person", "page=x", f"q={'财' * 500}"):
        assert browser.get(f"/desk/search?q=财务&{asked}").status_code == 200
