"""集中公开日: a village keeps its day, and a new draft is set to it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import a_duty
from support.clock import NOON

from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.disclosure_day import next_disclosure_day, read_disclosure_day
from bulletin.domain.errors import Refused
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import start
from bulletin.services.places import change_village, disclosure_day

ACCOUNTS = "finance.quarterly_accounts"


def keep(village, words, who=None):
    change_village.change_disclosure_day(
        village.site, who or village.zheng, village.id, words, NOON
    )


def moment(village, *items):
    duties = [a_duty(village, item, NOON) for item in items]
    code = start.start(village.site, village.li, duties, NOON)
    return notice_detail(village.site, village.li, code, NOON).row.publish_at


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        ("每季度第一个月10日", date(2026, 10, 9), date(2026, 10, 10)),
        ("每季度第一个月10日", date(2026, 10, 10), date(2026, 10, 10)),
        ("每季度第一个月10日", date(2026, 10, 11), date(2027, 1, 10)),
        ("每个季度第一个月的10日为村务公开日", date(2026, 10, 11), date(2027, 1, 10)),
        ("每月5日", date(2026, 12, 6), date(2027, 1, 5)),
        ("每月31日", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_the_next_day_of_a_village(words, today, day):
    assert next_disclosure_day(read_disclosure_day(words), WorkCalendar(), today) == day


@given(day=st.integers(1, 31), today=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_the_next_day_is_never_past_and_never_two_months_away(day, today):
    found = next_disclosure_day(read_disclosure_day(f"每月{day}日"), WorkCalendar(), today)
    assert 0 <= (found - today).days <= 31


@pytest.mark.parametrize("words", ["有空的时候", "每季度", "每月5日；每月20日", "收到批复后5日内"])
def test_words_that_name_no_day_are_refused(zhangjia, words):
    with pytest.raises(Refused) as refused:
        keep(zhangjia, words)
    assert refused.value.codes == ("disclosure_day_unread",)
    assert disclosure_day.offered_day(zhangjia.site, zhangjia.li, zhangjia.id, NOON.date()) is None


def test_a_new_draft_is_set_to_the_day(zhangjia):
    keep(zhangjia, "每季度第一个月10日")
    assert moment(zhangjia, ACCOUNTS) == datetime(2026, 10, 10, 1, tzinfo=UTC)  # 09:00


def test_what_is_due_before_the_day_or_follows_an_event_does_not_wait_for_it(zhangjia):
    keep(zhangjia, "每季度第一个月20日")
    assert moment(zhangjia, ACCOUNTS) is None
    keep(zhangjia, "每季度第一个月10日")
    assert moment(zhangjia, "affairs.public_works") is None


def test_a_village_without_a_day_publishes_when_it_is_approved(zhangjia):
    keep(zhangjia, "每季度第一个月10日")
    keep(zhangjia, " ")
    assert moment(zhangjia, ACCOUNTS) is None


def test_the_day_is_set_at_the_desk_and_told_in_the_editor(zhangjia, signed_in):
    zheng, li = signed_in("zheng"), signed_in("li")
    url = f"/desk/villages/{zhangjia.id}/disclosure-day"
    bad = zheng.post(url, data={"disclosure_day": "随便哪天"})
    assert bad.status_code == 422
    assert 'value="随便哪天"' in bad.text
    good = zheng.post(url, data={"disclosure_day": "每季度第一个月10日"}, follow_redirects=True)
    assert "集中公开日：每季度第一个月10日" in good.text
    duty = a_duty(zhangjia, ACCOUNTS, NOON)
    page = li.post("/desk/drafts", data={"only": duty}, follow_redirects=True)
    assert "下一次是10月10日" in page.text
    assert 'value="2026-10-10T09:00"' in page.text
    assert li.post(url, data={"disclosure_day": "每月5日"}).status_code == 403
