"""A rule said back in words is understood as the same rule."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import MATERIAL

from bulletin.domain.deadlines.limit_serialization import read_limit
from bulletin.domain.deadlines.parser import read_deadline
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.deadlines.text import limit_words

WORDINGS = MATERIAL / "deadline_wordings.csv"
RULES = [
    read_limit(rule)
    for row in csv.DictReader(WORDINGS.read_text(encoding="utf-8-sig").splitlines())
    for rule in json.loads(row["rules"])
]
UNIT = st.sampled_from(["natural", "working"])
EVENT = st.sampled_from(["信息形成", "收到批准文件", "竣工验收"])


@pytest.mark.parametrize("limit", dict.fromkeys(RULES), ids=limit_words)
def test_every_published_rule_has_words(limit):
    words = limit_words(limit)
    assert words
    assert "None" not in words
    if limit.kind not in {"recur_cond", "recur_choice", "unknown", "external", "recur_max"}:
        assert read_deadline(words).rules == (limit,)


@pytest.mark.parametrize("words", ["每年6月底前", "次年2月底前", "每年12月31日前"])
def test_no_month_is_given_a_day_that_it_lacks(words):
    assert limit_words(read_deadline(words).rules[0]) == words


@given(
    st.builds(TimeLimit, st.just("event_offset"), days=st.integers(1, 90), unit=UNIT, event=EVENT)
)
def test_days_after_an_event_are_read_back(limit):
    assert read_deadline(limit_words(limit)).rules == (limit,)


@given(every=st.sampled_from([Every.QUARTER, Every.HALF_YEAR]), month=st.integers(1, 3),
       day=st.integers(1, 28), by=st.sampled_from(["on", "before"]))  # fmt: skip
def test_days_in_a_period_are_read_back(every, month, day, by):
    limit = TimeLimit("recur", every, month, day, by)
    assert read_deadline(limit_words(limit)).rules == (limit,)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit("promptly"), "随时公开"),
        (TimeLimit("promptly", days=3), "随时公开（3日内）"),
        (TimeLimit("promptly", days=5, unit="working"), "随时公开（5个工作日内）"),
        (TimeLimit("stage", days=7), "每完成一个阶段公开一次（7日内）"),
    ],
)
def test_the_days_that_promptly_means_are_said(limit, words):
    assert limit_words(limit) == words
