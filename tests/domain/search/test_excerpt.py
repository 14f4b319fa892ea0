"""The line that answers a search, its words marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.search.excerpt import LEFT_OUT, MAX_LENGTH, WIDTH, excerpt, marked
from bulletin.domain.search.query import read_words
from bulletin.domain.search.tokens import pieces


def _shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("村级财务收支情况", "收支 财务", "村级[财务收支]情况"),
        ("合计 | 24,000.00", "24000", "合计 | [24,000.00]"),
        ("于2026年10月10日召开", "10月10日", "于[2026年10月10日]召开"),
        ("于10月10日召开", "2026-10-10", "于[10月10日]召开"),
        ("于10月10日召开", "2026年10月", "于[10月10日]召开"),
        ("于2025年10月10日召开", "2026-10-10", "于2025年10月10日召开"),
        ("编号7KQ2M4XXXX", "7kq2", "编号[7KQ2M4XXXX]"),
        ("收入，支出。", "收入", "[收入]，支出。"),  # the words stay as they were written
        ("<b>收支</b>", "收支", "<b>[收支]</b>"),
        ("共12户", "12号", "共[12]户"),
        ("没有这个词", "财务", "没有这个词"),
    ],
)
def test_found_words_are_marked(text, typed, shown):
    assert _shown(marked(text, read_words(typed))) == shown


def test_the_line_with_most_words_is_shown_cut_to_them():
    long = "开头" * 40 + "村道路灯维修" + "结尾" * 40
    shown = excerpt(["路灯一", long, "路灯二"], read_words("路灯 维修"))
    assert _shown(shown).startswith(LEFT_OUT)
    assert "[路灯维修]" in _shown(shown)
    assert len("".join(piece.text for piece in shown)) <= WIDTH + 2


@pytest.mark.parametrize("before", [0, 3, 995, 1000, 5000, 5998])
def test_of_a_long_line_the_place_with_the_words_is_shown(before):
    line = "头" * before + "路灯维修3480元" + "尾" * 5000
    shown = _shown(excerpt([line], read_words("路灯 3480")))
    assert "[路灯]维修[3480]元尾" in shown
    assert (shown[0] == LEFT_OUT) == (before > 24)
    assert shown[-1] == LEFT_OUT


def test_a_text_of_two_megabytes_in_one_line_is_read_once_and_not_to_its_end(monkeypatch):
    read = []

    def noted(text):
        read.append(len(text))
        return pieces(text)

    monkeypatch.setattr("bulletin.domain.search.excerpt.pieces", noted)
    words = read_words("水渠 24001 77 88 99 2026-10-10 abc xyz")
    assert excerpt(["2026年收入3480.00元，" * 40_000], words) == ()
    assert sum(read) < 1.2 * MAX_LENGTH


def test_a_text_that_was_found_by_something_else_has_no_line():
    assert excerpt(["财务"], read_words("路灯")) == ()


@given(st.text(max_size=60), st.text(max_size=8))
def test_a_marked_text_is_the_text(text, typed):
    shown = "".join(piece.text for piece in marked(text, read_words(typed)))
    assert shown == text or len(shown) != len(text)
