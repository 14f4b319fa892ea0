"""A comment stays with the words that it is about."""

import pytest

from bulletin.domain.notices.comments import (
    CommentPlace,
    answer_refusals,
    comment_refusals,
    open_comment_checks,
    place_in,
    place_words,
    placed,
)
from bulletin.domain.notices.content import Column, Document, Paragraph, Table
from bulletin.domain.notices.permissions import EditionFacts
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Actor, Role

GREETING, SPENT = Paragraph("各位村民："), Paragraph("本季度路灯维修支出3480元。")
TABLE = Table(
    (Column("摘要"), Column("金额（元）", "money")),
    (("路灯维修材料费", "3480"), ("渠道清淤人工费", "900")),
    ("合计", "4380"),
)
TEXT = Document((GREETING, SPENT, TABLE))


def where(place):
    return place and (place.block, place.row, place.column)


@pytest.mark.parametrize(
    ("pointed", "after", "found"),
    [
        ((1, None, None), (GREETING, SPENT, TABLE), (1, None, None)),
        ((1, None, None), (SPENT, GREETING), (0, None, None)),
        ((1, None, None), (GREETING, Paragraph("本季度路灯维修支出3840元。")), (1, None, None)),
        ((1, None, None), (GREETING,), None),
        ((2, 1, 1), (GREETING, TABLE), (1, 1, 1)),
        (
            (2, 1, 1),
            (Table(TABLE.columns, (("渠道清淤人工费", "950"), ("路灯维修材料费", "3480"))),),
            (0, 0, 1),
        ),
        (
            (2, 0, 1),
            (Table((TABLE.columns[1], TABLE.columns[0]), (("3480", "路灯维修材料费"),)),),
            (0, 0, 0),
        ),
        ((2, 2, 1), (Table(TABLE.columns, TABLE.rows[:1], ("合计", "4380")),), (0, 1, 1)),
        ((2, 1, 1), (Table(TABLE.columns, (("办公用品", "12"),)),), None),
        ((2, 1, 1), (Table((Column("姓名"),), (("张一",),)),), None),
        ((None, None, None), (), (None, None, None)),
    ],
)
def test_it_follows_its_words(pointed, after, found):
    place = place_in(TEXT, *pointed)
    assert where(placed(place, Document(after))) == found


@pytest.mark.parametrize(
    "pointed", [(3, None, None), (-1, None, None), (1, 0, 0), (2, 3, 0), (2, 0, 2)]
)
def test_a_place_that_is_not_there_is_none(pointed):
    assert place_in(TEXT, *pointed) is None


def test_it_says_where_it_stands():
    assert place_words(place_in(TEXT, 1, None, None)) == "第2段"
    assert place_words(place_in(TEXT, 2, 1, 1)) == "第3段表格第2行“金额（元）”"
    assert place_words(CommentPlace()) == ""


def facts(state):
    steps = {Act.EXAMINE: Role.SUPERVISOR, Act.CONFIRM: Role.VILLAGE_HEAD}
    return EditionFacts(state=state, village_id=1, steps=tuple(steps), step_roles=steps)


def person(role, village=1):
    return Actor(1, "某某", 1, frozenset({(role, village)}))


@pytest.mark.parametrize(
    ("role", "village", "state", "writes", "answers"),
    [
        (Role.SUPERVISOR, 1, State.EXAMINING, True, True),
        (Role.VILLAGE_HEAD, 1, State.EXAMINING, True, True),
        (Role.LIAISON, 1, State.EXAMINING, False, True),
        (Role.LIAISON, 1, State.DRAFT, False, True),
        (Role.SUPERVISOR, 1, State.DRAFT, False, True),
        (Role.SUPERVISOR, 2, State.EXAMINING, False, False),
        (Role.SCREENER, None, State.EXAMINING, False, False),
        (Role.SUPERVISOR, 1, State.PUBLISHED, False, False),
        (Role.LIAISON, 1, State.PUBLISHED, False, False),
    ],
)
def test_who_reviews_writes_and_who_drafts_answers(role, village, state, writes, answers):
    assert (not comment_refusals(person(role, village), facts(state))) is writes
    assert (not answer_refusals(person(role, village), facts(state))) is answers


def test_what_is_open_is_a_doubt_at_its_place():
    place = place_in(TEXT, 2, 1, 1)
    (check,) = open_comment_checks([(place, "孙示例", "和发票不一样")])
    assert (check.block, check.row, check.column, check.weight) == (2, 1, 1, "doubt")
    assert "孙示例" in check.words
    assert "和发票不一样" in check.words
