"""What changed since a year was sealed: a correction, or only the course of what was open then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.oversight.closings import LedgerKind, by_key, changes_since
from bulletin.domain.oversight.emergency import (
    EmergencyFacts,
    EmergencyState,
    is_code,
    new_code,
    unexplained,
)

HEADER = ("编号", "要什么", "办理", "办结", "结果")
OPEN = ("依申请〔2026〕2号", "合同", "", "", "")
ENDED = ("依申请〔2026〕1号", "招标文件", "", "2026-11-02", "予以公开")


def changes(*rows):
    sealed = by_key(HEADER, [ENDED, OPEN])
    return changes_since(LedgerKind.REQUESTS, 2026, sealed, by_key(HEADER, rows))


@pytest.mark.parametrize(
    ("ended", "open_one", "expected"),
    [
        (ENDED, OPEN, []),
        (ENDED, (*OPEN[:3], "2027-01-08", "予以公开"), [False]),
        (ENDED, (*OPEN[:2], "延长答复期限 12月30日", "", ""), [False]),
        (ENDED, (*OPEN[:3], "2026-12-30", "予以公开"), [True]),
        (ENDED, (OPEN[0], "合同和附件", "", "2027-01-08", "予以公开"), [True]),
        ((*ENDED[:4], "部分公开"), OPEN, [True]),
    ],
)
def test_what_was_open_goes_on_and_all_else_is_a_correction(ended, open_one, expected):
    assert [change.is_correction for change in changes(ended, open_one)] == expected


def test_a_change_says_what_stood_there_and_what_stands_there_now():
    (change,) = changes((*ENDED[:4], "部分公开"), OPEN)
    assert (change.key, change.words) == ("依申请〔2026〕1号", "结果：予以公开 → 部分公开")


def test_what_came_later_or_is_gone_is_named():
    later = ("依申请〔2026〕3号", "补登的", "", "", "")
    said = [(change.key, change.words) for change in changes(ENDED, later)]
    assert said == [
        ("依申请〔2026〕3号", "结账以后补登"),
        ("依申请〔2026〕2号", "结账以后没有了"),
    ]


states = st.lists(st.sampled_from(EmergencyState), max_size=30)


@given(states)
def test_every_number_up_to_the_last_used_one_is_settled_or_named(found):
    sheets = [EmergencyFacts(number, state) for number, state in enumerate(found, 1)]
    named = unexplained(sheets)
    used = [sheet.number for sheet in sheets if sheet.state is EmergencyState.USED]
    for sheet in sheets:
        is_owed = sheet.state is EmergencyState.BLANK and bool(used) and sheet.number < max(used)
        assert (sheet.number in named) == is_owed


def test_a_code_is_read_as_people_type_it():
    code = new_code()
    assert is_code(f" {code.lower()} ", code)
    assert is_code("o1", "01")
    assert not is_code("", code)
    assert not is_code("中文", code)
