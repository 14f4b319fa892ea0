"""What is kept is shown again until something changes: by whomever, in whichever process, or by itself."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.resident_pages import ReadingClient

from bulletin.services.notices import end
from bulletin.services.notices.drafts import correct
from bulletin.services.places import change_village
from bulletin.web import stored_pages
from bulletin.web.page_cache import MAX_ADDRESS, MAX_BYTES, CachedPage, PageCache
from bulletin.wiring import make_app

VILLAGE = "/V/630223202214"
PAGES = (
    "/",
    "/T/630223202",
    VILLAGE,
    f"{VILLAGE}/finance",
    f"{VILLAGE}/catalog",
    f"{VILLAGE}/coverage",
    "/coverage",
)


@pytest.fixture
def at(app):
    """at(span): the clock goes on, or back."""

    def go(**span):
        app.extensions["clock"] = lambda: NOON + timedelta(**span)

    return go


@pytest.fixture
def drawn(app, monkeypatch):
    """How often anything was drawn."""
    drawings = []
    draw = app.jinja_env.template_class.render

    def counting(self, *args, **facts):
        drawings.append(self.name)
        return draw(self, *args, **facts)

    monkeypatch.setattr(app.jinja_env.template_class, "render", counting)
    return drawings


def test_a_page_is_drawn_once_and_nobody_is_asked_for_a_cookie(resident, zhangjia, drawn):
    code = a_notice(zhangjia, NOON).approved().code
    for path in (*PAGES, f"/N/{code}", "/find?q=财务", f"{VILLAGE}/feed.atom"):
        first, again = resident.get(path), resident.get(path)
        assert first.get_data() == again.get_data()
        assert dict(first.headers) == dict(again.headers)
        tag = {"If-None-Match": first.headers["ETag"]}
        known = resident.get(path, headers=tag)
        assert (known.status_code, known.get_data()) == (304, b"")
        assert "Content-Type" not in known.headers
        for answer in (first, again, known):
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Last-Modified"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len([name for name in drawn if name.startswith("public/")]) == len(PAGES) + 2


def test_an_act_in_another_process_is_seen_by_the_next_reader(app, settings, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    other = make_app(settings, zhangjia.site, lambda: NOON)
    other.test_client_class = ReadingClient
    phones = app.test_client(), other.test_client()
    paths = (f"/N/{notice.code}", VILLAGE, "/find?q=财务收支", f"{VILLAGE}/feed.json")
    before = {path: [phone.get(path).text for phone in phones] for path in paths}
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "写错了", NOON)
    for path in paths:
        for phone, was in zip(phones, before[path], strict=True):
            assert phone.get(path).text != was
    assert "写错了" in phones[1].get(f"/N/{notice.code}").text


@pytest.mark.parametrize("act", ["correct", "place"])
def test_what_no_reader_sees_change_keeps_its_tag(resident, zhangjia, act):
    """Every act draws the pages anew; a phone that has the same one is told so."""
    notice = a_notice(zhangjia, NOON).approved()
    tag = resident.get(VILLAGE).headers["ETag"]
    if act == "correct":
        correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)  # a draft
    else:
        change_village.change_disclosure_day(
            zhangjia.site, zhangjia.zheng, zhangjia.id, "每月5日", NOON
        )
    answer = resident.get(VILLAGE, headers={"If-None-Match": tag})
    assert answer.status_code == (304 if act == "correct" else 200)


def test_nothing_is_shown_past_its_opening_or_its_midnight(resident, zhangjia, at):
    a_notice(zhangjia, NOON, publish_at=NOON + timedelta(seconds=90)).approved()
    assert "现在没有正在公示的内容" in resident.get(VILLAGE).text
    at(seconds=85)
    assert "s-maxage=5," in resident.get(VILLAGE).headers["Cache-Control"]
    at(seconds=90)
    assert "2026年第三季度" in resident.get(VILLAGE).text
    at(days=40)
    assert "现在没有正在公示的内容" in resident.get(VILLAGE).text
    at(seconds=90)  # and when a clock is set back
    assert "现在没有正在公示的内容" not in resident.get(VILLAGE).text


def test_a_page_says_the_minute_in_which_it_is_read(resident, zhangjia, at):
    for minutes, words in ((0, "2026年10月9日 12:00"), (1, "2026年10月9日 12:01")):
        at(minutes=minutes)
        for _again in range(2):
            page = resident.get(VILLAGE).text
            assert words in page
            assert "\ue000" not in page
    assert "\ue000" not in resident.get("/N/XXXXXXXXXX").text
    assert "\ue000" not in resident.get("/V/1").text
    assert "\ue000" not in resident.get("/find?q=没有这样的字").text


def test_a_visit_of_somebody_signed_in_leaves_nothing_of_theirs(app, resident, signed_in):
    browser = signed_in("li")
    assert "Set-Cookie" not in browser.get(VILLAGE).headers
    assert "Set-Cookie" not in resident.get(VILLAGE).headers
    assert browser.get("/desk").status_code == 200


def test_addresses_of_other_names_have_pages_of_their_own(app, resident, zhangjia):
    """What is printed on a page is the address under which it was opened."""
    app.extensions["page_cache"] = PageCache()
    names = ("a.example", "b.example")
    pages = {name: resident.get(VILLAGE, headers={"Host": name}).text for name in names}
    for name, page in pages.items():
        assert f"{name}{VILLAGE}" in page


def test_behind_a_proxy_an_answer_is_for_the_scheme_that_was_asked_for(settings, zhangjia):
    app = make_app(replace(settings, behind_proxy=True), zhangjia.site, lambda: NOON)
    app.test_client_class = ReadingClient
    phone = app.test_client()
    for scheme, is_safe in (("http", False), ("https", True), ("http", False)):
        answer = phone.get(VILLAGE, headers={"X-Forwarded-Proto": scheme})
        assert ("Strict-Transport-Security" in answer.headers) is is_safe


@pytest.fixture
def cache(app):
    app.extensions["page_cache"] = PageCache()
    return app.extensions["page_cache"]


def test_long_addresses_are_answered_and_not_kept(resident, zhangjia, cache):
    """Anybody can make them up."""
    resident.get(VILLAGE)
    kept = len(cache.pages), len(cache.answers)
    assert kept == (1, 1)
    assert resident.get(f"{VILLAGE}?x={'x' * MAX_ADDRESS}").status_code == 200
    assert (len(cache.pages), len(cache.answers)) == kept
    resident.get(f"{VILLAGE}?x=1")
    assert (len(cache.pages), len(cache.answers)) == (2, 2)


def test_all_that_is_kept_of_an_answer_is_weighed(resident, zhangjia, cache):
    answer = resident.get(VILLAGE)
    more = len(f"http://localhost{VILLAGE}")
    assert cache.pages.weight > len(answer.get_data()) + more
    assert cache.answers.weight > len(answer.get_data()) + more + len(str(answer.headers)) // 2
    small = CachedPage(
        stamp=1, made_at=NOON, fresh_until=NOON, text=b"", mimetype="text/html", headers={}
    )
    for number in range(20_000):  # of nothing but their addresses
        cache.pages.put(f"{number:0{MAX_ADDRESS}}", small)
    assert cache.pages.weight <= MAX_BYTES
    assert len(cache.pages) < MAX_BYTES / MAX_ADDRESS


def test_readers_of_one_moment_wait_for_one_drawing(app, zhangjia, drawn, monkeypatch):
    together, draw = Barrier(6), stored_pages._drawn

    def slowly(view, values):
        sleep(0.2)  # in which the others ask, too
        return draw(view, values)

    monkeypatch.setattr(stored_pages, "_drawn", slowly)

    def read(_number):
        together.wait(10)
        return app.test_client().get(VILLAGE).text

    with ThreadPoolExecutor(6) as threads:
        assert len(set(threads.map(read, range(6)))) == 1
    assert len(drawn) == 1
