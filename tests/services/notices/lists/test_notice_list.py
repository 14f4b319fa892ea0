"""公开件 among years of them: pages and counts are those that the single notices add up to."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.builders import a_notice
from support.clock import NOON
from support.duty_histories import Histories, histories

from bulletin.domain import pages
from bulletin.domain.notices.workflow import State
from bulletin.services.boards import post
from bulletin.services.notices.lists.in_hand import rows_in_hand
from bulletin.services.notices.lists.notice_list import NoticeTab, notice_list
from bulletin.services.notices.overview import notice_rows

REVIEWED = {State.EXAMINING, State.CONFIRMING, State.SCREENING, State.APPROVING}
STATES = {
    NoticeTab.ALL: set(State),
    NoticeTab.DRAFT: {State.DRAFT},
    NoticeTab.REVIEW: REVIEWED,
    NoticeTab.SCHEDULED: {State.SCHEDULED},
    NoticeTab.PUBLIC: {State.PUBLISHED},
    NoticeTab.ENDED: {State.TAKEN_DOWN, State.CANCELLED},
}


@pytest.fixture
def written(zhangjia, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 5)
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], NOON.date(), NOON)
    return Histories(zhangjia, notice.code)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],  # a smaller example would take minutes to find
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(["wu", "li"]),
    st.lists(histories(), min_size=8, max_size=16),
    st.integers(-3, 6),
    st.sampled_from(["", "财务", "B0000100", "张家村", "没有这样的"]),
)
def test_every_tab_and_page_is_that_of_the_single_notices(written, login, mixed, days, words):
    site, who = written.village.site, written.village.people[login]
    now = NOON + timedelta(days=days)
    written.write(mixed)
    every = notice_rows(site, who, now)
    sought = [
        row
        for row in every
        if any(words in text for text in (row.title, row.code, row.village, row.number or ""))
    ]
    for tab, states in STATES.items():
        first = notice_list(site, who, now, tab=tab, words=words)
        lines = list(first.page.lines)
        for number in range(2, first.page.pages + 1):
            lines += notice_list(site, who, now, tab=tab, words=words, number=number).page.lines
        assert lines == [row for row in sought if row.state in states]
        assert first.counts == {
            each: sum(row.state in STATES[each] for row in sought) for each in NoticeTab
        }
    if login == "li":
        assert rows_in_hand(site, who, now) == [row for row in every if row.state is State.DRAFT]
