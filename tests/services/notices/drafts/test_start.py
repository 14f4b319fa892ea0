"""One duty, one draft: two tabs, two people or two posts write one notice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from support.builders import a_duty, a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.services.notices import end
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import start
from bulletin.services.notices.drafts.start import AlreadyStarted
from bulletin.store.notices import Notice

ITEM = "finance.quarterly_accounts"


def written(village):
    with village.site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(Notice))


@pytest.fixture
def duty(zhangjia):
    return a_duty(zhangjia, ITEM, NOON)


def test_a_second_start_leads_to_the_notice_that_there_is(zhangjia, duty):
    first = start.start(zhangjia.site, zhangjia.li, [duty], NOON)
    with pytest.raises(AlreadyStarted) as refused:
        start.start(zhangjia.site, zhangjia.li, [duty], NOON)
    assert (refused.value.code, written(zhangjia)) == (first, 1)


def test_two_posts_at_once_write_one_notice(zhangjia, duty):
    def post(_):
        try:
            return start.start(zhangjia.site, zhangjia.li, [duty], NOON)
        except AlreadyStarted as refused:
            return refused.code

    with ThreadPoolExecutor(4) as posts:
        codes = set(posts.map(post, range(4)))
    assert (len(codes), written(zhangjia)) == (1, 1)


def test_several_duties_of_which_one_is_answered_start_nothing(zhangjia, duty):
    start.start(zhangjia.site, zhangjia.li, [duty], NOON)
    other = a_duty(zhangjia, "collective.accounts", NOON)
    with pytest.raises(AlreadyStarted):
        start.start(zhangjia.site, zhangjia.li, [other, duty], NOON)
    assert written(zhangjia) == 1


def test_a_second_one_is_written_for_a_reason_that_the_desk_shows(zhangjia, duty):
    start.start(zhangjia.site, zhangjia.li, [duty], NOON)
    second = start.start(
        zhangjia.site, zhangjia.li, [duty], NOON, second_reason="漏了西社的账，另行补充"
    )
    detail = notice_detail(zhangjia.site, zhangjia.li, second, NOON)
    assert detail.subject.second_reason == "漏了西社的账，另行补充"


def test_a_reason_with_personal_data_is_refused(zhangjia, duty):
    start.start(zhangjia.site, zhangjia.li, [duty], NOON)
    with pytest.raises(Refused, match="手机号"):
        start.start(zhangjia.site, zhangjia.li, [duty], NOON, second_reason="找13800138000核实")
    assert written(zhangjia) == 1


def test_the_first_one_keeps_no_reason(zhangjia, duty):
    code = start.start(zhangjia.site, zhangjia.li, [duty], NOON, second_reason="随手写的")
    assert notice_detail(zhangjia.site, zhangjia.li, code, NOON).subject.second_reason == ""


@pytest.mark.parametrize("ending", ["cancelled", "taken_down"])
def test_what_ended_makes_room_for_another(zhangjia, ending):
    if ending == "cancelled":
        notice = a_notice(zhangjia, NOON)
        end.cancel(zhangjia.site, zhangjia.li, notice.code, "写错了", NOON)
    else:
        notice = a_notice(zhangjia, NOON).approved()
        end.take_down(zhangjia.site, zhangjia.zhao, notice.code, "内容未经会议讨论", notice.now)
    code = start.start(zhangjia.site, zhangjia.li, [a_duty(zhangjia, ITEM, NOON)], notice.now)
    assert code != notice.code
