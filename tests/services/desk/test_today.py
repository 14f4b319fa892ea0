"""今天: in the order in which to do it, one way to a board as one piece of work, others' work apart."""

from datetime import date, timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain import pages
from bulletin.domain.notices.workflow import Act
from bulletin.services.boards import post
from bulletin.services.desk import today as desk_today
from bulletin.services.desk.board_trips import board_trips
from bulletin.services.desk.cards import Errand, Rank, TaskCard, Work, rank_of
from bulletin.services.notices import end
from bulletin.services.notices.reschedule import reschedule
from bulletin.services.notices.reviews import review

TODAY = date(2026, 10, 9)


def _card(work, rank, days):
    return TaskCard(
        work=work,
        when="",
        title="",
        detail="",
        action="",
        target="",
        rank=rank,
        due_on=TODAY + timedelta(days=days),
    )


ORDER = [  # as it is to be done, from the first to the last
    (Work.COVER, Rank.AT_ONCE, 0),
    (Work.BOARD, Rank.AT_ONCE, 0),
    (Work.WRITE, Rank.LATE, -9),
    (Work.REVIEW, Rank.LATE, -4),
    (Work.WRITE, Rank.LATE, -4),  # on one day first what others wait for
    (Work.OVERSEE, Rank.LATE, -1),
    (Work.REVIEW, Rank.TODAY, 0),
    (Work.CONTINUE, Rank.TODAY, 0),
    (Work.WRITE, Rank.TODAY, 0),
    (Work.BOARD, Rank.TODAY, 0),
    (Work.WRITE, Rank.SOON, 1),
    (Work.BOARD, Rank.SOON, 2),
    (Work.CONTINUE, Rank.ANY_TIME, -30),
    (Work.LOOK_THROUGH, Rank.ANY_TIME, -3),
]


def test_work_stands_in_the_order_in_which_it_is_done():
    cards = [_card(*each) for each in ORDER]
    mixed = list(reversed(cards))
    mixed.sort(key=lambda card: card.sort)
    assert [(card.work, card.rank) for card in mixed] == [each[:2] for each in ORDER]
    assert {card.rank for card in cards if card.urgent} == {Rank.AT_ONCE, Rank.LATE}


@pytest.mark.parametrize(("days", "rank"), [(-1, Rank.LATE), (0, Rank.TODAY), (1, Rank.SOON)])
def test_late_comes_before_today_and_today_before_later(days, rank):
    assert rank_of(TODAY + timedelta(days=days), TODAY) is rank


def _trips(zhangjia, now, who="li"):
    cards = board_trips(zhangjia.site, zhangjia.people[who], now)
    return {
        (card.title, card.rank): [(line.errand, line.title) for line in card.errands]
        for card in sorted(cards, key=lambda card: card.sort)
    }


GATE, WEST = "张家村 村委会门口公开栏", "张家村 西社公开栏"


def test_all_that_is_done_at_one_board_is_one_piece_of_work(zhangjia):
    site, li = zhangjia.site, zhangjia.li
    gone = a_notice(zhangjia, NOON, title="甲").approved()
    gone.printed()
    post.hang(site, li, gone.code, zhangjia.boards[0], TODAY, NOON)
    later = NOON + timedelta(days=20)  # its period is over
    fresh = a_notice(zhangjia, later, item="affairs.decisions_progress", title="乙").approved()
    ready = a_notice(zhangjia, later, item="collective.accounts", title="丙").approved()
    ready.printed()
    post.hang(site, li, ready.code, zhangjia.boards[1], later.date(), later)
    assert _trips(zhangjia, later) == {
        (GATE, Rank.TODAY): [(Errand.PRINT, "乙"), (Errand.HANG, "丙"), (Errand.TAKE_OFF, "甲")],
        (WEST, Rank.TODAY): [(Errand.PRINT, "乙")],
    }
    assert _trips(zhangjia, later, who="zhou") == _trips(zhangjia, later, who="sun") == {}
    fresh.printed()
    for board in zhangjia.boards:
        post.hang(site, li, fresh.code, board, later.date(), later)
    post.hang(site, li, ready.code, zhangjia.boards[0], later.date(), later)
    assert _trips(zhangjia, later) == {(GATE, Rank.ANY_TIME): [(Errand.TAKE_OFF, "甲")]}


def test_a_list_of_people_comes_off_the_wall_on_its_day_and_late_after_it(zhangjia):
    site, li = zhangjia.site, zhangjia.li
    names = a_notice(zhangjia, NOON, item="government.temporary_relief", title="甲").approved()
    review.take_step(site, zhangjia.wang, names.code, Act.SCREEN, NOON)
    names.printed()
    for board in zhangjia.boards:
        post.hang(site, li, names.code, board, TODAY, NOON)
    over = NOON + timedelta(days=18)  # fifteen days, the first not counted and the last no Saturday
    assert [rank for _, rank in _trips(zhangjia, over)] == [Rank.TODAY, Rank.TODAY]
    (card, _) = board_trips(site, li, over + timedelta(days=2))
    assert (card.rank, card.when, card.day) == (Rank.LATE, "迟2天", "")
    assert card.errands[0].detail == "名单里有个人信息，公示期满就要取下"


def test_what_was_taken_down_comes_off_before_all_else(zhangjia, approved):
    approved.printed()
    post.hang(zhangjia.site, zhangjia.li, approved.code, zhangjia.boards[0], TODAY, NOON)
    end.take_down(zhangjia.site, zhangjia.li, approved.code, "未经会议讨论", NOON)
    (trip,) = _trips(zhangjia, NOON)
    assert trip == (GATE, Rank.AT_ONCE)


def test_a_day_to_come_is_a_way_of_its_own_and_paper_with_old_days_is_changed(zhangjia):
    at = NOON + timedelta(days=2)
    notice = a_notice(zhangjia, NOON, publish_at=at, title="甲").approved()
    notice.printed()
    ahead = [(Errand.HANG, "甲")]
    assert _trips(zhangjia, NOON) == {(GATE, Rank.SOON): ahead, (WEST, Rank.SOON): ahead}
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON)
    other = at + timedelta(days=1)
    reschedule(
        zhangjia.site, zhangjia.li, notice.code, other, NOON + timedelta(hours=1), reason="雨"
    )
    assert _trips(zhangjia, other) == {
        (GATE, Rank.TODAY): [(Errand.REPLACE, "甲")],
        (WEST, Rank.TODAY): [(Errand.PRINT, "甲")],
    }


def test_the_paper_in_force_is_asked_for_while_its_correction_is_written(zhangjia, approved):
    assert len(_trips(zhangjia, NOON)) == 2
    approved.corrected()
    assert len(_trips(zhangjia, NOON)) == 2
    assert all(len(lines) == 1 for lines in _trips(zhangjia, NOON).values())


def test_what_lies_on_others_desks_stands_apart(zhangjia):
    def waiting(who, now=NOON):
        found = desk_today.today(zhangjia.site, zhangjia.people[who], now)
        return [(line.title, line.lies_with, line.days) for line in found.waiting.lines]

    notice = a_notice(zhangjia, NOON, title="甲").submitted()
    later = NOON + timedelta(days=2)
    assert waiting("li", later) == [("甲", "村务监督委员会成员", 2)]
    assert waiting("sun") == waiting("zhao") == waiting("wu") == waiting("zhou") == []
    notice.now = later
    notice.examined()
    assert waiting("li", later) == waiting("sun", later) == [("甲", "村民委员会主任", 0)]
    review.send_back(zhangjia.site, zhangjia.zhao, notice.code, "合计不对", later)
    assert waiting("li", later) == waiting("sun", later) == []


def test_of_hundreds_of_villages_a_page_is_shown_and_the_rest_counted(zhangjia, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 1)
    later = NOON + timedelta(days=400)
    for login, work, rest in (
        ("wu", Work.OVERSEE, "coverage"),
        ("zheng", Work.LOOK_THROUGH, "catalog"),
    ):
        entries = desk_today.today(zhangjia.site, zhangjia.people[login], later).entries
        (shown,) = (entry for entry in entries if entry.work is work)
        (more,) = (entry for entry in entries if entry.target == rest)
        assert (more.work, more.count) == (Work.MORE, 2), login  # of three places
        assert entries.index(shown) < entries.index(more)
