"""Whoever changes an inspection, a 督办单 or a training behind the back of the site is found by verify."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from support.clock import NOON
from support.escalations import an_order
from support.inspections import an_inspection, answers, begin_inspections

from bulletin.domain.oversight.escalation.steps import EscalationEnd
from bulletin.domain.oversight.trainings import NewTraining, TrainingKind
from bulletin.services.operations.verify import verify
from bulletin.services.oversight.escalation.answer import answer
from bulletin.services.oversight.escalation.end import end, extend
from bulletin.services.oversight.escalation.overview import escalation_view
from bulletin.services.oversight.inspections.answer import fill
from bulletin.services.oversight.inspections.end_round import begin_second_round, end_round
from bulletin.services.oversight.inspections.sign import sign
from bulletin.services.oversight.trainings.record import record_training

LATER = NOON + timedelta(days=60)
COURSE = NewTraining(
    kind=TrainingKind.TRAINING, held_on=date(2026, 3, 5), topic="公开台怎么用", due=34, came=31
)


@pytest.fixture
def kept(zhangjia):
    """An inspection of two rounds, an order that was answered, extended and closed, and a training."""
    site, wu = zhangjia.site, zhangjia.wu
    begin_inspections(zhangjia, NOON)
    number = an_inspection(zhangjia, NOON, phone="没有写电话", large_enough="褪色")
    begin_second_round(site, wu, number, NOON)
    fill(site, wu, number, answers(zhangjia, phone="还是没有"), NOON)
    end_round(site, wu, number, date(2026, 11, 1), NOON)
    sign(site, wu, number, "吴示例", NOON)
    record_training(site, zhangjia.wang, replace(COURSE), NOON)
    order = an_order(zhangjia, LATER)
    answer(site, zhangjia.li, order, "正在办。", LATER)
    by = escalation_view(site, wu, order, LATER).line.answer_by
    extend(site, wu, order, by + timedelta(days=3), "会计住院", LATER)
    end(site, wu, order, EscalationEnd.MENDED, "看过了", LATER)
    assert verify(site).sound
    return site


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ("UPDATE inspection SET level = '不合格'", "inspection 1"),
        ("UPDATE inspection SET signed_on = '2026-10-08'", "inspection 1"),
        ("UPDATE inspection_answer SET mark = 'met' WHERE round = 2", "inspection 1"),
        ("UPDATE inspection_finding SET mend_by = '2027-01-01'", "inspection 1"),
        ("UPDATE escalation SET demand = '算了'", "escalation 1"),
        ("UPDATE escalation SET answer_by = '2027-03-01'", "escalation 1"),
        ("UPDATE escalation SET ended_as = 'not_owed'", "escalation 1"),
        ("UPDATE escalation SET pdf = 'abcd'", "escalation 1"),
        ("UPDATE escalation_entry SET words = '早就办好了' WHERE kind = 'answer'", "escalation 1"),
        ("DELETE FROM escalation_entry WHERE kind = 'extension'", "escalation 1"),
        ("UPDATE training SET came = 34", "training 1"),
        ("DELETE FROM training", "training 1"),
    ],
)
def test_what_was_changed_in_the_database_is_named(kept, changed, what):
    with kept.sessions.engine.begin() as connection:
        connection.execute(text(changed))
    assert what in {each.what for each in verify(kept).altered}


def test_a_paper_whose_file_is_gone_is_named(kept):
    with kept.sessions.engine.connect() as connection:
        (digest,) = connection.execute(text("SELECT pdf FROM escalation")).scalars()
    (kept.files.folder / digest[:2] / digest).unlink()
    assert [each.what for each in verify(kept).altered] == ["paper of escalation 1"]
