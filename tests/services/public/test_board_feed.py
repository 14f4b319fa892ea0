"""What the feeds of a place hold: what its list names, never a person's name, nothing that was withdrawn."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.copies import insert_notices

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.notices.workflow import APPROVED, Act, State
from bulletin.domain.open_data.feeds import BoardKind, FeedForm
from bulletin.services import changes
from bulletin.services.boards import post
from bulletin.services.notices import end, redact
from bulletin.services.notices.reviews import review
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public import board_feed
from bulletin.services.public.feed_files import feed_file
from bulletin.store.notices import Notice

ROOT = "https://gk.huzhu.example.cn"
VILLAGE, TOWNSHIP = "630223202214", "630223202"
STATES = (*APPROVED, State.PUBLISHED, State.PUBLISHED, State.DRAFT, State.CANCELLED)
DAYS = (-400, -31, -30, -3, 0, 1, 20)


def of_village(zhangjia, now=NOON, **asked):
    return board_feed.place_feed(zhangjia.site, VILLAGE, now, ROOT, **asked).records


def _judged(site, now):
    """What the rule alone says of every notice: the codes that a feed may name."""
    with site.sessions.reading() as session:
        views = [NoticeView(site, notice, now) for notice in session.scalars(select(Notice))]
        listed = [(view.notice, view.listed_edition) for view in views if not _gone(view)]
        since = village_day(now) - board_feed.KEPT
        return {notice.code for notice, edition in listed if edition and edition.closes_on >= since}


def _gone(view):
    return view.listed_edition is not None and view.is_nameless


@pytest.mark.parametrize("seed", range(3))
def test_a_feed_names_what_the_rule_says_the_newest_change_first(zhangjia, seed):
    chance = random.Random(seed)
    insert_notices(
        zhangjia,
        [
            [
                (chance.choice(STATES), chance.choice(DAYS), chance.choice(DAYS))
                for _ in range(chance.choice((1, 1, 2, 3)))
            ]
            for _ in range(90)
        ],
        personal=lambda number: number % 3 == 0,
    )
    for days in (0, 10, -40):  # the clock may be set back
        now = NOON + timedelta(days=days)
        feeds = (
            board_feed.place_feed(zhangjia.site, VILLAGE, now, ROOT),
            board_feed.township_feed(zhangjia.site, TOWNSHIP, now, ROOT),
            board_feed.site_feed(zhangjia.site, now, ROOT),
        )
        for feed in feeds:
            codes = [record.code for record in feed.records]
            assert len(codes) == len(set(codes))
            assert set(codes) == _judged(zhangjia.site, now)
            changed = [record.changed_at for record in feed.records]
            assert changed == sorted(changed, reverse=True)


def test_a_feed_holds_the_newest_hundred(zhangjia):
    insert_notices(zhangjia, [[(State.PUBLISHED, -1, 9)]] * 110)
    records = of_village(zhangjia)
    assert len(records) == board_feed.MAX_RECORDS
    assert records[-1].changed_at > NOON - timedelta(days=1)


def test_a_class_has_a_feed_of_its_own(zhangjia, approved):
    assert [record.subject for record in of_village(zhangjia, group=Group.FINANCE)] == ["财务"]
    feed = board_feed.place_feed(zhangjia.site, VILLAGE, NOON, ROOT, Group.PARTY)
    assert (feed.records, feed.title) == ((), "张家村村务公开栏：党务")
    assert feed.address == f"{ROOT}/V/{VILLAGE}/party/feed"


def test_another_place_does_not_name_it_and_the_township_does(zhangjia, approved):
    own = board_feed.place_feed(zhangjia.site, TOWNSHIP, NOON, ROOT)
    assert (own.kind, own.records) == (BoardKind.TOWNSHIP, ())
    assert board_feed.place_feed(zhangjia.site, "630223202215", NOON, ROOT).records == ()
    township = board_feed.township_feed(zhangjia.site, TOWNSHIP, NOON, ROOT)
    assert [record.place for record in township.records] == ["张家村"]
    assert township.parts == tuple(
        f"{ROOT}/V/{code}/feed" for code in (TOWNSHIP, VILLAGE, "630223202215")
    )
    for asked in (board_feed.place_feed, board_feed.township_feed):
        with pytest.raises(NotFoundError):
            asked(zhangjia.site, "000000000000", NOON, ROOT)


def test_a_list_of_people_is_named_by_the_catalog_and_goes_with_its_period(zhangjia):
    notice = a_notice(
        zhangjia, NOON, item="government.low_income_review", title="马玉兰等低保公示"
    ).approved()
    review.take_step(zhangjia.site, zhangjia.wang, notice.code, Act.SCREEN, NOON)
    (record,) = of_village(zhangjia)
    assert (record.personal, record.paper) == (True, "")
    for form in FeedForm:
        feed = board_feed.place_feed(zhangjia.site, VILLAGE, NOON, ROOT)
        assert "马玉兰".encode() not in feed_file(feed, form)
    last_day = NOON + (record.closes_on - village_day(NOON))
    assert of_village(zhangjia, last_day) == (record,)
    assert of_village(zhangjia, last_day + timedelta(days=1)) == ()


def test_what_is_over_stays_a_month_so_that_readers_see_its_end(zhangjia, approved):
    (record,) = of_village(zhangjia)
    over = NOON + (record.closes_on - village_day(NOON)) + board_feed.KEPT
    assert of_village(zhangjia, over) == (record,)
    assert of_village(zhangjia, over + timedelta(days=1)) == ()


def test_what_is_taken_down_is_named_no_more_and_what_is_redacted_has_no_words_of_its_own(
    zhangjia, approved
):
    second = a_notice(zhangjia, NOON, title="写了病情的").approved()
    end.take_down(zhangjia.site, zhangjia.li, approved.code, "金额有误", NOON)
    redact.redact(zhangjia.site, zhangjia.sun, second.code, "写进了病情", NOON)
    (record,) = of_village(zhangjia)
    assert record.code == second.code
    assert (record.title, record.paper) == ("村级财务收支情况", "")


def test_a_correction_is_the_same_notice_anew(zhangjia, approved):
    (before,) = of_village(zhangjia)
    approved.later(hours=2).corrected()
    (after,) = of_village(zhangjia, NOON + timedelta(hours=2))
    assert (after.url, after.edition, after.published_at) == (before.url, 2, before.published_at)
    assert after.changed_at == NOON + timedelta(hours=2)
    assert after.fingerprint != before.fingerprint


def test_an_approved_notice_is_in_the_feed_from_its_moment_on_whatever_the_clock_did(zhangjia):
    at = NOON + timedelta(hours=3)
    notice = a_notice(zhangjia, NOON, publish_at=at).approved()
    assert of_village(zhangjia) == ()
    assert changes.fresh_until(zhangjia.site, NOON) == at
    assert [record.code for record in of_village(zhangjia, at)] == [notice.code]
    assert changes.fresh_until(zhangjia.site, at) > at


def test_the_day_on_which_the_last_paper_came_off(zhangjia, approved):
    approved.printed()
    day, given = village_day(NOON), (zhangjia.site, zhangjia.li)
    posted = [post.hang(*given, approved.code, board, day, NOON) for board in zhangjia.boards]
    for days, posting in zip((2, 5), posted, strict=True):
        assert of_village(zhangjia)[0].removed_on is None
        post.take_off(*given, posting, day + timedelta(days=days), NOON + timedelta(days=6))
    assert of_village(zhangjia)[0].removed_on == day + timedelta(days=5)
