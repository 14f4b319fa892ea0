"""What a report counts is kept until somebody acts in its township: never longer, and no act elsewhere ends it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.feedback import a_question, pass_to_village
from support.inspections import an_inspection, begin_inspections
from support.neighbours import a_neighbour, a_screener_of
from support.own_report import YEAR, standing
from support.questions import questions

from bulletin.domain.days import village_day
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.oversight.trainings import NewTraining, TrainingKind
from bulletin.services.boards import correct, post
from bulletin.services.duties.lists import kept
from bulletin.services.feedback.answer import answer
from bulletin.services.meetings.record import NewMeeting, record_meeting
from bulletin.services.notices import publish
from bulletin.services.oversight.inspections.sign import sign
from bulletin.services.oversight.trainings.record import record_training
from bulletin.store.postings import Posting

TODAY = village_day(NOON)
LATER = NOON + timedelta(hours=3)


def _hang(village):
    notice = a_notice(village, NOON).approved()
    publish.publish_due(village.site, NOON)
    notice.printed()
    post.hang(village.site, village.li, notice.code, village.boards[0], TODAY, NOON)


def _withdraw(village):
    with village.site.sessions.reading() as session:
        posting = session.scalars(select(Posting.id)).one()
    correct.withdraw_posting(village.site, village.li, posting, NOON, reason="贴错了")


def _meet(village):
    meeting = NewMeeting(kind=next(iter(MeetingKind)), held_on=TODAY, due=9, came=9)
    record_meeting(village.site, village.li, village.id, meeting, NOON)


def _answer(village):
    asked = a_question(village, NOON)
    pass_to_village(asked)
    answer(village.site, village.li, asked.id, "更换了12盏灯头。", NOON)


def _inspect(village):
    begin_inspections(village, NOON)
    number = an_inspection(village, NOON)
    sign(village.site, village.wu, number, village.wu.name, NOON)


def _teach(village):
    new = NewTraining(
        kind=TrainingKind.TRAINING, held_on=TODAY, topic="公开台怎么用", due=34, came=31
    )
    record_training(village.site, village.wang, new, NOON)


ACTS = {
    "a notice is corrected": (lambda v: a_notice(v, NOON).approved().corrected(), "更正"),
    "a paper is hung": (_hang, "张贴"),
    "a meeting is held": (_meet, "会议"),
    "a question is asked": (lambda v: a_question(v, NOON), "收到提问"),
    "a question is answered": (_answer, "答复提问"),
    "an inspection is signed": (_inspect, "检查"),
    "a training is held": (_teach, "培训"),
}


def _as_a_process_that_begins(village, now):
    kept._kept.pop(village.site.sessions.engine, None)
    return standing(village, YEAR, now).values


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_counted_at_once(zhangjia, act):
    do, count = ACTS[act]
    before = standing(zhangjia, YEAR, LATER).values
    do(zhangjia)
    after = standing(zhangjia, YEAR, LATER).values
    assert int(after[count]) > int(before[count])
    assert after == _as_a_process_that_begins(zhangjia, LATER)


def test_what_was_recorded_wrongly_counts_no_more(zhangjia):
    _hang(zhangjia)
    assert standing(zhangjia, YEAR, LATER).values["张贴"] == "1"
    _withdraw(zhangjia)
    assert standing(zhangjia, YEAR, LATER).values["张贴"] == "0"


def test_what_comes_out_by_itself_is_counted_from_its_moment_on(zhangjia):
    a_notice(zhangjia, NOON, publish_at=LATER).approved()
    for minutes, published in ((-1, "0"), (0, "1"), (1, "1")):
        now = LATER + timedelta(minutes=minutes)
        assert standing(zhangjia, YEAR, now).values["公开信息"] == published, minutes


def test_what_falls_due_overnight_is_counted_in_the_morning(zhangjia):
    for days in (0, 6, 7, 30):
        now = NOON + timedelta(days=days)
        values = standing(zhangjia, YEAR, now).values
        assert values == _as_a_process_that_begins(zhangjia, now), days
    assert int(values["未按时公开"]) > 0


@pytest.mark.sqlite_only(reason="the questions are the same on both")
def test_it_is_counted_once_and_no_act_in_another_township_ends_it(zhangjia):
    def asked():
        with questions(zhangjia.site) as seen:
            standing(zhangjia, YEAR, LATER)
        return [each for each in seen if "count(" in each]

    neighbour = a_neighbour(zhangjia)
    assert len(asked()) > 10
    assert asked() == []
    a_screener_of(zhangjia, neighbour)
    assert asked() == []
