"""看过137次: the village sees how often a notice was opened, and nobody by whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.store.metadata import metadata
from bulletin.store.readings import NoticeReading
from bulletin.web.public import reading_counter


def counted(site):
    """(day, opened, scanned) as they are on record."""
    with site.sessions.reading() as session:
        rows = session.scalars(select(NoticeReading).order_by(NoticeReading.day_on))
        return [(row.day_on, row.opened, row.scanned) for row in rows]


@pytest.fixture
def after(app):
    """after(minutes=2): the clock goes on."""

    def go_on(**span):
        app.extensions["clock"] = lambda: NOON + timedelta(**span)

    return go_on


def test_what_was_opened_is_written_down_once_a_minute_by_day(resident, zhangjia, approved, after):
    today = village_day(NOON)
    for path in (f"/N/{approved.code}.1", f"/N/{approved.code}.1.1", f"/N/{approved.code}"):
        etag = resident.get(path).headers["ETag"]
        assert resident.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert counted(zhangjia.site) == [], "a reader pays for no writing"
    after(minutes=1)
    resident.get("/")
    assert counted(zhangjia.site) == [(today, 6, 4)]
    after(days=1)
    resident.get(f"/N/{approved.code}.1")
    after(days=1, minutes=2)
    resident.get(f"/N/{approved.code}")
    assert counted(zhangjia.site) == [(today, 6, 4), (today + timedelta(days=1), 2, 1)]


@pytest.mark.parametrize("mark", ["/", "/?from=timeline", "?from=groupmessage&isappinstalled=0"])
def test_an_address_to_which_a_chat_added_something_counts_every_time(
    resident, zhangjia, approved, after, mark
):
    """Also when it is answered with what is kept."""
    for tail in (f"{approved.code}.1", approved.code):
        for _reader in range(3):
            assert resident.get(f"/N/{tail}{mark}").status_code == 200
    after(minutes=1)
    resident.get("/")
    assert counted(zhangjia.site) == [(village_day(NOON), 6, 3)]


def test_machines_looks_ahead_and_what_is_no_page_are_not_counted(
    resident, zhangjia, approved, after
):
    page = f"/N/{approved.code}.1"
    for headers in (
        {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"User-Agent": "curl/8.5.0"},
        {"Sec-Purpose": "prefetch;prerender"},
    ):
        etag = resident.get(page, headers=headers).headers["ETag"]
        known = resident.get(page, headers=headers | {"If-None-Match": etag})
        assert known.status_code == 304, "answered with what is kept"
    resident.head(page)
    resident.get(page.lower())  # led on to the page
    resident.get("/N/0000000000")
    resident.get(f"/N/{approved.code}/paper.pdf")
    after(minutes=2)
    resident.get("/")
    assert counted(zhangjia.site) == []


def test_the_village_reads_it_on_the_page_of_the_notice(resident, signed_in, zhangjia, approved):
    li = signed_in("li")
    assert "看过" not in li.get(f"/desk/notices/{approved.code}").text
    for path in (f"/N/{approved.code}.1", f"/N/{approved.code}.1", f"/N/{approved.code}"):
        resident.get(path)
    page = li.get(f"/desk/notices/{approved.code}").text
    assert "看过3次，其中扫码2次" in page
    assert "今天看过3次" in page


def test_what_could_not_be_written_down_is_written_down_later(
    app, resident, zhangjia, approved, after, monkeypatch
):
    def fails(*_):
        raise OperationalError("", {}, Exception("database is locked"))

    resident.get(f"/N/{approved.code}.1")
    with monkeypatch.context() as broken:
        broken.setattr(reading_counter, "record_readings", fails)
        after(minutes=2)
        assert resident.get(f"/N/{approved.code}.1").status_code == 200
    assert counted(zhangjia.site) == []
    after(minutes=4)
    resident.get("/")
    assert counted(zhangjia.site) == [(village_day(NOON), 2, 2)]


def test_the_record_holds_nothing_of_a_reader():
    columns = set(metadata.tables["notice_reading"].columns.keys())
    assert columns == {"notice_id", "day_on", "township_id", "opened", "scanned"}
