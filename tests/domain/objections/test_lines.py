"""有异议 as the catalog has it and as a paper prints it: whom, until when, how soon."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.legal_basis import LegalBasis
from bulletin.domain.objections.lines import (
    Addressee,
    DayCount,
    Objection,
    ObjectionLine,
    line_faults,
    line_json,
    merged_objections,
    objection_json,
    objections_words,
    printed_line,
    read_line,
    read_objection,
)
from bulletin.domain.objections.sentences import read_line_words

OPENED, CLOSES = date(2026, 10, 10), date(2026, 10, 25)
ROLL = ObjectionLine(
    to=("election_committee",),
    within=DayCount(5),
    reply=DayCount(3),
    basis=LegalBasis("中华人民共和国村民委员会组织法", "2025年修正", "第十七条"),
)
USUAL = ObjectionLine(to=("supervision_committee", "township"))
NAMES = {"township": "镇政府"}


def printed(line, item="名单"):
    return printed_line(
        line, item, names=NAMES, opens_on=OPENED, calendar=WorkCalendar(), reply_days=10
    )


def test_a_roll_is_objected_to_within_five_days_before_the_election_committee():
    assert printed(ROLL).words(CLOSES) == "10月15日前向村民选举委员会提出，3日内答复"


def test_what_says_no_days_goes_on_until_the_posting_period_ends():
    words = printed(USUAL).words(CLOSES)
    assert words == "10月25日前向村务监督委员会或镇政府提出，10日内答复"


def test_at_any_time_names_no_day():
    line = replace(USUAL, at_any_time=True, reply=DayCount(5, "working"))
    words = printed(line).words(CLOSES)
    assert words == "随时可以向村务监督委员会或镇政府提出，5个工作日内答复"


def test_work_days_skip_the_weekend():
    assert printed(replace(ROLL, within=DayCount(5, "working"))).until_on == date(2026, 10, 16)


def test_another_body_keeps_its_own_words():
    assert "向县民政局提出" in printed(ObjectionLine(to=("县民政局",))).words(CLOSES)


def test_items_that_say_the_same_are_one_line_and_others_stand_apart():
    lines = [printed(USUAL, "财务"), printed(ROLL, "名单"), printed(USUAL, "低保")]
    merged = merged_objections(lines)
    assert [objection.items for objection in merged] == [("财务", "低保"), ("名单",)]
    assert objections_words(merged, CLOSES) == (
        "财务、低保：10月25日前向村务监督委员会或镇政府提出，10日内答复；"
        "名单：10月15日前向村民选举委员会提出，3日内答复"
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (ObjectionLine(to=()), "names nobody"),
        (ObjectionLine(to=("",)), "names nobody"),
        (ObjectionLine(to=("comittee",)), "comittee"),
        (replace(ROLL, within=DayCount(0)), "0 natural"),
        (replace(ROLL, reply=DayCount(3, "months")), "months"),
        (replace(ROLL, at_any_time=True), "either"),
    ],
)
def test_an_impossible_line_says_what_is_wrong(line, fault):
    assert fault in "".join(line_faults(line))


counts = st.none() | st.builds(
    DayCount, st.integers(1, 60), st.sampled_from(["natural", "working"])
)
lines = st.builds(
    ObjectionLine,
    to=st.lists(st.sampled_from(list(Addressee)), min_size=1, max_size=2, unique=True).map(
        lambda bodies: tuple(body.value for body in bodies)
    ),
    within=counts,
    reply=counts,
)


@given(lines)
def test_a_line_comes_back_from_its_json_and_from_its_own_words(line):
    assert not line_faults(line)
    assert read_line(line_json(line)) == line
    assert read_line_words(line.words(10)) == replace(line, reply=line.reply or DayCount(10))


@given(lines, st.integers(0, 400))
def test_what_an_edition_keeps_comes_back_unchanged(line, days):
    objection = printed_line(
        line,
        "名单",
        names={},
        opens_on=OPENED + timedelta(days=days),
        calendar=WorkCalendar(),
        reply_days=10,
    )
    assert isinstance(objection, Objection)
    assert read_objection(objection_json(objection)) == objection


@given(st.integers(1, 60), st.integers(0, 400))
def test_the_last_day_is_counted_from_the_day_after_publication(days, later):
    opened = OPENED + timedelta(days=later)
    last = DayCount(days).last_day(opened, WorkCalendar())
    counted = opened + timedelta(days=days)
    while counted.weekday() >= 5:  # 民法典第二百零三条
        counted += timedelta(days=1)
    assert last == counted


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            "自公布之日起五日内向村监委会提出，五日内答复",
            ObjectionLine(to=("supervision_committee",), within=DayCount(5), reply=DayCount(5)),
        ),
        ("公示期内向县民政局提出", ObjectionLine(to=("县民政局",))),
        (
            "7个工作日内向村监委会或者乡政府提出，5个工作日内答复",
            ObjectionLine(
                to=("supervision_committee", "township"),
                within=DayCount(7, "working"),
                reply=DayCount(5, "working"),
            ),
        ),
        ("随时可以向镇人民政府反映", ObjectionLine(to=("township",), at_any_time=True)),
        ("有事打电话", None),
        ("5日内提出", None),
    ],
)
def test_a_village_types_its_line_in_its_own_words(typed, line):
    assert read_line_words(typed) == line
