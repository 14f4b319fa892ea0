"""Many pages of one picture of the database: what all of them need is asked for once."""

from datetime import timedelta

import pytest
from support.clock import NOON

from bulletin.services.notices import end
from bulletin.store.asked_once import asked_once
from bulletin.store.notice_queries import notice_by_code


@pytest.fixture
def question():
    """A question that says how often it was asked."""

    @asked_once
    def ask(_session, word, *, loudly=False):
        ask.times += 1
        return word.upper() if loudly else word

    ask.times = 0
    return ask


def test_in_one_picture_a_question_is_asked_once(site, question):
    sessions = site.sessions.own()
    with sessions.one_picture():
        for _page in range(3):
            with sessions.reading() as session:
                assert question(session, "a") == "a"
                assert question(session, "a", loudly=True) == "A"
    assert question.times == 2


def test_the_next_picture_is_asked_anew(site, question):
    sessions = site.sessions.own()
    for _picture in range(2):
        with sessions.one_picture() as session:
            question(session, "a")
    assert question.times == 2


def test_whoever_reads_or_writes_by_themselves_asks_each_time(site, question):
    for session_of in (site.sessions.reading, site.sessions.writing):
        with session_of() as session:
            question(session, "a")
            question(session, "a")
    assert question.times == 4


def test_a_picture_is_of_one_moment_and_nobody_else_is_held_in_it(zhangjia, approved):
    later = NOON + timedelta(hours=1)
    sessions = zhangjia.site.sessions.own()
    with sessions.one_picture() as picture:
        before = notice_by_code(picture, approved.code)
        end.take_down(zhangjia.site, zhangjia.li, approved.code, "金额有误", later)
        with sessions.reading() as session:
            assert notice_by_code(session, approved.code) is before
            assert before.editions[0].ended_at is None
        with zhangjia.site.sessions.reading() as session:
            assert notice_by_code(session, approved.code).editions[0].ended_at == later
    with sessions.reading() as session:
        assert notice_by_code(session, approved.code).editions[0].ended_at == later
