"""Readers are never counted out; who asks for what does not exist is."""

from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan, check_character, new_code, new_digits
from bulletin.services.public.notice_page import notice_page
from bulletin.web import rate_limits
from bulletin.web.rate_limits import WINDOW, limiter

FEW = 12  # misses of a minute; the real number takes a test long
REAL = rate_limits.MAX_MISSES
PHONE = "0972-8321111"


@pytest.fixture(autouse=True)
def counting(app, monkeypatch):
    monkeypatch.setattr(rate_limits, "MAX_MISSES", FEW)
    limiter.enabled = True
    yield
    limiter.enabled = False


@pytest.fixture
def published(approved):
    return approved


def digits_of(village, notice):
    return notice_page(village.site, Scan(notice.code, 1), scanned=False, now=NOON).digits


def guess(resident, count=FEW + 1):
    """The answers to so many codes that nobody was given."""
    return [resident.get(f"/N/{new_code()}").status_code for _ in range(count)]


@pytest.mark.slow
def test_a_thousand_readers_behind_one_address_are_all_answered(app, published, monkeypatch):
    """Within one minute, one in ten after a slip of the finger; each phone on its own."""
    monkeypatch.setattr(rate_limits, "MAX_MISSES", REAL)
    for n in range(1000):
        phone = app.test_client()
        if n % 10 == 0:
            slip = phone.get("/find", query_string={"q": f"{published.code[:-2]}{n % 90 + 10}"})
            assert slip.status_code in (404, 302)
        assert phone.get(f"/N/{published.code}.1").status_code == 200


def test_a_guesser_is_told_to_wait_and_whom_to_call(resident, zhangjia):
    answers = guess(resident)
    assert answers == [404] * FEW + [429]
    refusal = resident.get(f"/N/{new_code()}")
    assert refusal.headers["Retry-After"] == "60"
    assert PHONE in refusal.text
    assert 'name="q"' in refusal.text
    assert 'content="noindex"' in refusal.text


def test_whatever_is_printed_opens_behind_an_address_that_guesses(resident, published, zhangjia):
    guess(resident)
    for path in (
        "/",
        f"/N/{published.code}",
        f"/N/{published.code}.1",
        f"/N/{published.code.lower()}.1",
        f"/N/{published.code}/paper.pdf",
        f"/find?q={published.code}",
        "/V/630223202214",
        "/V/630223202214/catalog",
        "/V/630223202214/catalog.csv",
        "/static/resident.css",
        "/check",
    ):
        answer = resident.get(path, follow_redirects=True, buffered=True)
        assert answer.status_code == 200, path


def test_behind_a_guesser_digits_open_what_the_village_lists_and_nothing_that_waits(
    app, resident, published, zhangjia
):
    ahead = a_notice(zhangjia, NOON, publish_at=NOON + timedelta(days=1)).approved()
    listed, waiting = digits_of(zhangjia, published), digits_of(zhangjia, ahead)
    assert resident.get(f"/find?q={waiting}").location == f"/N/{ahead.code}"
    guess(resident)
    for digits, status in ((listed, 302), (waiting, 429), (new_digits(), 429)):
        assert resident.get(f"/find?q={digits}").status_code == status
        assert resident.get(f"/N/{digits}").status_code == status
    assert resident.get(f"/check?code={listed}&print=ABCDEFGH").status_code == 200
    assert resident.get(f"/check?code={waiting}&print=ABCDEFGH").status_code == 429
    assert resident.get(f"/N/{ahead.code}.1").status_code == 200, "its paper may hang already"


def test_after_a_minute_the_guesser_may_ask_again(app, resident, zhangjia):
    guess(resident)
    app.extensions["clock"] = lambda: NOON + WINDOW
    assert guess(resident, 1) == [404]


def test_the_same_torn_paper_scanned_by_the_whole_village_is_one_miss(resident, zhangjia):
    torn = f"ABCDEFGH7{check_character('ABCDEFGH7')}"
    answers = {resident.get(f"/N/{torn}.1").status_code for _ in range(FEW * 2)}
    assert answers == {404}
    assert guess(resident, 1) == [404]


def test_the_next_house_is_not_counted_with_the_guesser(app, zhangjia):
    def code(address):
        given = {"REMOTE_ADDR": address}
        return app.test_client().get(f"/N/{new_code()}", environ_overrides=given).status_code

    same_house = [code(f"2001:db8:0:1::{n:x}") for n in range(1, FEW + 2)]
    assert same_house[-1] == 429
    assert code("2001:db8:0:2::1") == 404


@pytest.mark.parametrize("door", ["/N/{}", "/find?q={}", "/check?code={}&print=ABCDEFGH"])
def test_every_door_to_a_code_counts_its_misses(resident, zhangjia, door):
    answers = [resident.get(door.format(new_code())).status_code for _ in range(FEW + 1)]
    assert answers[-1] == 429
    assert 429 not in answers[:-1]


def test_a_forged_paper_is_checked_as_often_as_people_like(resident, published):
    address = f"/check?code={published.code}&print=ABCDEFGH"
    assert {resident.get(address).status_code for _ in range(FEW * 2)} == {200}


def test_forty_calendars_of_one_office_are_read_all_day(signed_in, resident, zhangjia):
    signed_in("li").post("/account/calendar")
    page = signed_in("li").get("/account/calendar").text
    address = page.partition("/calendar/")[2].partition(".ics")[0]
    answers = {resident.get(f"/calendar/{address}.ics").status_code for _ in range(61)}
    assert answers == {200}
