"""Residents' lists: the database finds a page of years of notices, the rule says what is on it."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.clock import NOON
from support.copies import insert_notices

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.notices.workflow import APPROVED, State
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public import notice_lists
from bulletin.services.public.front_pages import township_page
from bulletin.services.public.place_pages import list_page, village_page
from bulletin.store import history
from bulletin.store.notices import Notice

PLACE = "630223202214"
STATES = (*APPROVED, State.PUBLISHED, State.PUBLISHED, State.DRAFT, State.CANCELLED)
DAYS = (-800, -400, -30, -3, 0, 1, 20)


def _judged(site, now):
    """What the rule alone says of every notice of the village: (on display, before), by code."""
    shown = set(), set()
    with site.sessions.reading() as session:
        for notice in session.scalars(select(Notice)):
            view = NoticeView(site, notice, now)
            edition = view.listed_edition
            if edition is not None:
                over = view.is_nameless or edition.closes_on < village_day(now)
                shown[over].add(f"/N/{notice.code}")
    return shown


def _listed(site, now):
    """What the pages of the village list, one after the other."""
    page = village_page(site, PLACE, now)
    current, notices = [line.url for line in page.current.lines], page.current
    while notices.more:
        notices = list_page(site, PLACE, now, number=notices.number + 1).notices
        current += [line.url for line in notices.lines]
    of_years = [line for _year, lines in page.archive for line in lines]
    for year in page.years:
        notices = list_page(site, PLACE, now, year=year).notices
        of_years += notices.lines
        while notices.more:
            notices = list_page(site, PLACE, now, year=year, number=notices.number + 1).notices
            of_years += notices.lines
    return page, current, of_years


@pytest.mark.every_row
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("count", [20, 260])
def test_the_pages_list_what_the_rule_says_each_once_and_no_other(zhangjia, seed, count):
    chance = random.Random(seed)
    insert_notices(
        zhangjia,
        [
            [
                (chance.choice(STATES), chance.choice(DAYS), chance.choice(DAYS))
                for _ in range(chance.choice((1, 1, 2, 3)))
            ]
            for _ in range(count)
        ],
        personal=lambda number: number % 3 == 0,
    )
    for days in (0, 10, -40):  # the clock may be set back
        now = NOON + timedelta(days=days)
        on_display, before = _judged(zhangjia.site, now)
        page, current, older = _listed(zhangjia.site, now)
        assert len(current) == len(set(current)) == page.count
        assert set(current) == on_display
        urls = [line.url for line in older]
        assert len(urls) == len(set(urls))
        assert set(urls) == (on_display | before if page.years else before)
        village = next(
            v
            for v in township_page(zhangjia.site, "630223202", now).villages
            if v.place.code == PLACE
        )
        assert village.current == len(on_display)
        lines = [*page.current.lines, *older]
        assert village.latest_on == (max(line.published_on for line in lines) if lines else None)
        days_in_order = [line.published_on for line in older]
        assert days_in_order == sorted(days_in_order, reverse=True)


def test_a_list_is_cut_into_pages_of_fifty_and_a_page_beyond_is_none(zhangjia):
    insert_notices(zhangjia, [[(State.PUBLISHED, -1, 9)]] * 100)  # and the one that was copied
    sizes = [
        len(list_page(zhangjia.site, PLACE, NOON, number=number).notices.lines)
        for number in (1, 2, 3)
    ]
    assert sizes == [notice_lists.PER_PAGE, notice_lists.PER_PAGE, 1]
    for number, year in ((4, None), (0, None), (1, 1999), (1, 99999), (1, 0)):
        with pytest.raises(NotFoundError):
            list_page(zhangjia.site, PLACE, NOON, year=year, number=number)


def test_a_clock_set_back_shows_no_closed_list_of_people_again(zhangjia):
    insert_notices(zhangjia, [[(State.PUBLISHED, -20, -2)]] * 60, personal=lambda _number: True)
    before = NOON - timedelta(days=5)
    with zhangjia.site.sessions.reading() as session:
        assert history.head(session).at > before
    page, current, older = _listed(zhangjia.site, before)
    assert (page.count, current) == (0, [])
    assert {line.nameless for line in older} == {True}
