"""How a question stands, what its asker may do, and who of the staff may do what."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clock import NOON

from bulletin.domain.feedback.clocks import ReplyClock
from bulletin.domain.feedback.counts import count_words
from bulletin.domain.feedback.forms import MAX_WORDS, age_refusals, asked_refusals, contact_refusals
from bulletin.domain.feedback.joint import Joint, JointKind, joint_refusals
from bulletin.domain.feedback.kinds import (
    WHERE_TO_GO,
    FeedbackKind,
    Level,
    NotTaken,
    first_level,
    next_level,
)
from bulletin.domain.feedback.masking import masked_text
from bulletin.domain.feedback.permissions import FeedbackAct, feedback_refusals, handlers, may_enter
from bulletin.domain.feedback.states import (
    MAX_ADDED,
    OPEN,
    FeedbackFacts,
    FeedbackStatus,
    addition_refusals,
    erasure_refusals,
    escalation_refusals,
    feedback_status,
    holds_back_matter,
)
from bulletin.domain.people import Actor, Role

ASKED, DUE = date(2026, 10, 9), date(2026, 10, 19)
HERE, THERE = 1, 2
CLOCK = ReplyClock(level=Level.VILLAGE, started_on=ASKED, due_on=DUE)
ASKED_FACTS = FeedbackFacts(
    kind=FeedbackKind.OBJECTION,
    village_id=HERE,
    level=Level.VILLAGE,
    clocks=(CLOCK,),
    passed=False,
    read_by_village=False,
    within_period=True,
    has_contact=True,
)
PASSED = replace(ASKED_FACTS, passed=True, read_by_village=True)
ANSWERED = replace(PASSED, clocks=(replace(CLOCK, answered_on=ASKED + timedelta(3)),))
AT_TOWNSHIP = replace(
    ANSWERED,
    level=Level.TOWNSHIP,
    clocks=(
        *ANSWERED.clocks,
        replace(CLOCK, level=Level.TOWNSHIP, due_on=DUE + timedelta(10)),
    ),
)
TURNED_AWAY = replace(PASSED, not_taken=NotTaken.PETITION)
LATE = DUE + timedelta(1)


@pytest.mark.parametrize(
    ("facts", "today", "status"),
    [
        (ASKED_FACTS, ASKED, FeedbackStatus.PASSING),
        (ASKED_FACTS, LATE, FeedbackStatus.OVERDUE),
        (PASSED, DUE, FeedbackStatus.WAITING),
        (PASSED, LATE, FeedbackStatus.OVERDUE),
        (ANSWERED, LATE, FeedbackStatus.ANSWERED),
        (replace(ANSWERED, corrected=True), LATE, FeedbackStatus.CORRECTED),
        (AT_TOWNSHIP, LATE, FeedbackStatus.WAITING),
        (TURNED_AWAY, LATE, FeedbackStatus.NOT_TAKEN),
    ],
)
def test_a_question_stands_as_its_dates_say(facts, today, status):
    assert feedback_status(facts, today) is status
    assert (status in OPEN) is facts.is_open


@pytest.mark.parametrize(
    ("facts", "today", "why"),
    [
        (PASSED, DUE, ["not_due"]),
        (PASSED, LATE, []),
        (ASKED_FACTS, LATE, []),
        (ANSWERED, ASKED, []),
        (AT_TOWNSHIP, LATE, ["not_due"]),
        (replace(AT_TOWNSHIP, level=Level.COUNTY), DUE, ["last_level"]),
        (TURNED_AWAY, LATE, ["not_taken"]),
        (replace(ANSWERED, erased=True), LATE, ["erased"]),
    ],
)
def test_the_next_level_is_asked_after_an_answer_or_in_vain(facts, today, why):
    assert [each.code for each in escalation_refusals(facts, today)] == why


@pytest.mark.parametrize(
    ("facts", "adds", "erases"),
    [
        (PASSED, True, False), (ANSWERED, True, True), (TURNED_AWAY, False, True),
        (replace(ANSWERED, added=MAX_ADDED), False, True), (replace(ANSWERED, erased=True), False, False),
    ],
)  # fmt: skip
def test_words_are_added_and_nothing_unanswered_vanishes(facts, adds, erases):
    assert (not addition_refusals(facts), not erasure_refusals(facts)) == (adds, erases)


@pytest.mark.parametrize(
    ("facts", "waits"),
    [
        (PASSED, True), (ASKED_FACTS, True), (ANSWERED, False), (TURNED_AWAY, False),
        (replace(PASSED, within_period=False), False), (replace(PASSED, kind=FeedbackKind.QUESTION), False),
        (AT_TOWNSHIP, True),
    ],
)  # fmt: skip
def test_a_matter_waits_for_the_answer_to_an_objection_in_time(facts, waits):
    assert holds_back_matter(facts) is waits


def holder(role, place):
    return Actor(7, "某", 1, frozenset({(role, place)}))


READ, ANSWER, SEE = FeedbackAct.READ, FeedbackAct.ANSWER, FeedbackAct.SEE_CONTACT


@pytest.mark.parametrize(
    ("role", "place", "facts", "may"),
    [
        (Role.LIAISON, HERE, ASKED_FACTS, set()),
        (Role.LIAISON, HERE, PASSED, {READ, ANSWER}),
        (Role.LIAISON, HERE, ANSWERED, {READ, ANSWER}),
        (Role.LIAISON, HERE, TURNED_AWAY, {READ}),
        (Role.VILLAGE_HEAD, HERE, PASSED, {READ, ANSWER}),
        (Role.SUPERVISOR, HERE, PASSED, {READ}),
        (Role.LIAISON, THERE, PASSED, set()),
        (Role.LIAISON, HERE, AT_TOWNSHIP, {READ}),
        (Role.SCREENER, None, ASKED_FACTS, {READ, SEE}),
        (Role.SCREENER, None, PASSED, {READ, SEE}),
        (Role.SCREENER, None, AT_TOWNSHIP, {READ, ANSWER, SEE}),
        (Role.APPROVER, None, AT_TOWNSHIP, {READ, ANSWER, SEE}),
        (Role.OVERSEER, None, AT_TOWNSHIP, {READ}),
        (Role.ADMINISTRATOR, None, PASSED, {READ}),
        (Role.LIAISON, None, PASSED, set()),
        (Role.LIAISON, None, replace(AT_TOWNSHIP, village_id=None), {READ, ANSWER}),
        (Role.COUNTY_OVERSEER, None, replace(AT_TOWNSHIP, level=Level.COUNTY), {READ, ANSWER}),
    ],
)
def test_the_village_reads_what_was_passed_on_and_never_learns_who_asked(role, place, facts, may):
    person = holder(role, place)
    allowed = {act for act in (READ, ANSWER, SEE) if not feedback_refusals(act, person, facts)}
    assert allowed == may


@pytest.mark.parametrize(
    "facts",
    [ASKED_FACTS, PASSED, AT_TOWNSHIP, replace(AT_TOWNSHIP, level=Level.COUNTY),
     replace(AT_TOWNSHIP, village_id=None)],
)  # fmt: skip
def test_whose_turn_it_is_may_do_it(facts):
    act = FeedbackAct.ANSWER if facts.passed else FeedbackAct.PASS_ON
    turns = handlers(facts)
    assert turns
    for role, place in turns:
        assert not feedback_refusals(act, holder(role, place), facts), (role, place)


@pytest.mark.parametrize("facts", [ANSWERED, TURNED_AWAY])
def test_what_is_closed_is_nobodys_turn(facts):
    assert not handlers(facts)


@given(st.sampled_from([r for r in Role if r not in {Role.SCREENER, Role.APPROVER}]))
def test_nobody_but_the_townships_two_sees_contact_data(role):
    assert feedback_refusals(SEE, holder(role, HERE), PASSED)
    assert feedback_refusals(SEE, holder(role, None), PASSED)


def test_what_was_turned_away_or_answered_is_closed():
    wang = holder(Role.SCREENER, None)
    for facts in (ANSWERED, TURNED_AWAY):
        codes = {each.code for each in feedback_refusals(FeedbackAct.TURN_AWAY, wang, facts)}
        assert codes == {"closed"}


def test_phone_and_paper_box_are_typed_in_by_the_liaison_or_the_township():
    assert may_enter(holder(Role.LIAISON, HERE), HERE)
    assert may_enter(holder(Role.SCREENER, None), HERE)
    assert not may_enter(holder(Role.LIAISON, THERE), HERE)
    assert not may_enter(holder(Role.SUPERVISOR, HERE), HERE)


def test_levels_go_up_to_the_county():
    assert (first_level(HERE), first_level(None)) == (Level.VILLAGE, Level.TOWNSHIP)
    assert [next_level(level) for level in Level] == [Level.TOWNSHIP, Level.COUNTY, None]


def test_whatever_is_turned_away_is_told_where_to_go():
    assert set(WHERE_TO_GO) == set(NotTaken)


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("我是13800138000，低保名单不对", "我是1**********，低保名单不对"),
        ("他的身份证号110101199003074514", "他的身份证号11**************14"),
        ("打村里电话13900139000没人接", "打村里电话13900139000没人接"),
        ("第3行3480元，村公开〔2026〕12号\r\n不对", "第3行3480元，村公开〔2026〕12号\n不对"),
        ("我是１３８００１３８０００", "我是1**********"),
        ("我是138\u200b0013\u200b8000，不对", "我是1**********,不对"),
    ],
)
def test_personal_numbers_are_masked_as_they_arrive(words, masked):
    assert masked_text(words, {"139 0013 9000"}) == masked


@given(st.text(max_size=200))
def test_masking_is_done_once_and_for_all(words):
    once = masked_text(words)
    assert masked_text(once) == once


@pytest.mark.parametrize(
    ("count", "said"), [(0, "没有"), (1, "不到3件"), (2, "不到3件"), (3, "3件"), (40, "40件")]
)
def test_one_or_two_are_not_counted_aloud(count, said):
    assert count_words(count) == said


@pytest.mark.parametrize(
    ("kind", "total", "least"),
    [
        (JointKind.VILLAGERS, 840, 84), (JointKind.VILLAGERS, 841, 85),
        (JointKind.REPRESENTATIVES, 45, 15), (JointKind.REPRESENTATIVES, 46, 16),
        (JointKind.REPRESENTATIVES_FIFTH, 45, 9), (JointKind.REPRESENTATIVES_FIFTH, 46, 10),
    ],
)  # fmt: skip
def test_enough_signed_together(kind, total, least):
    assert Joint(kind, least, total).is_enough
    assert "应当召集" in Joint(kind, least, total).words
    assert not Joint(kind, least - 1, total).is_enough
    assert "不够" in Joint(kind, least - 1, total).words


@pytest.mark.parametrize(("signed", "total", "fits"), [(0, 9, False), (10, 9, False), (9, 9, True)])
def test_signatures_that_cannot_be(signed, total, fits):
    assert (not joint_refusals(Joint(JointKind.VILLAGERS, signed, total))) is fits


@pytest.mark.parametrize(
    ("kind", "words", "requested", "code"),
    [
        (FeedbackKind.QUESTION, " ", "", "words_missing"),
        (FeedbackKind.QUESTION, "字" * (MAX_WORDS + 1), "", "words_too_long"),
        (FeedbackKind.OBJECTION, "不对", "", "notice_missing"),
        (FeedbackKind.REQUEST, "想看", " ", "requested_missing"),
        (FeedbackKind.REQUEST, "想看", "账" * 61, "requested_too_long"),
        (FeedbackKind.REQUEST, "想看", "账", None),
    ],
)
def test_a_form_says_what_it_lacks(kind, words, requested, code):
    found = asked_refusals(kind, words, requested=requested, about_notice=False)
    assert [each.code for each in found] == ([code] if code else [])


@pytest.mark.parametrize(("contact", "fits"), [("1" * 60, True), ("1" * 61, False)])
def test_contact_data_is_a_line(contact, fits):
    assert (not contact_refusals("", contact)) is fits


@pytest.mark.parametrize(
    ("seconds", "fits"), [(1, False), (3, True), (86_400, True), (86_401, False)]
)
def test_a_form_is_open_as_long_as_a_person_needs(seconds, fits):
    opened_at: datetime = NOON
    assert (not age_refusals(opened_at, NOON + timedelta(seconds=seconds))) is fits
