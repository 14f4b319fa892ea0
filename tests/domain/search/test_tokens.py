"""What a text is found by: each way of writing finds each other, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.search.query import MAX_LENGTH, read_words
from bulletin.domain.search.tokens import MAX_BYTES, PLACE, TITLE, indexed, mark, tokens_of

YEAR = 2026


def finds(typed, text, year=YEAR):
    """Whether every word is found; by the rule of the databases: a token, or what one begins with."""
    tokens = tokens_of(text, year)
    words = read_words(typed)
    return bool(words) and all(
        any(token.startswith(needle.token) for token in tokens)
        if needle.is_start
        else needle.token in tokens
        for word in words
        for needle in word.needles
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("收支", "村级财务收支情况"),
        ("情况 财务", "村级财务收支情况"),
        ("支", "村级财务收支情况"),
        ("况", "村级财务收支情况"),
        ("姓名", "姓　名"),
        ("⽀出", "支出"),  # a radical out of a PDF copy
        ("24000", "24,000.00"),
        ("24,000.00", "24000"),
        ("２４０００元", "共计24000.00元"),
        ("￥24,000", "24000"),
        ("2.4万", "24,000.00"),
        ("24000", "2.4万元"),
        ("64027.37", "64,027.37元"),
        ("64027", "64,027.37元"),
        ("0.5", "0.50"),
        ("2026-10-10", "2026年10月10日"),
        ("2026年10月10日", "2026/10/10"),
        ("2026.10.10", "2026-10-10"),
        ("10月10日", "2026-10-10"),
        ("10月10号", "10月10日"),
        ("2026-10-10", "10月10日"),  # of a notice of that year
        ("2026年10月", "2026-10-10"),
        ("2026-10", "2026年10月10日"),
        ("10月", "2026年10月10日"),
        ("2026年1月5日", "2026-01-05"),
        ("2026", "2026年第三季度"),
        ("第三季度 2026", "2026年第三季度"),
        ("2026年第三季度", "2026年第三季度村级财务"),
        ("7KQ2M4XXXX", "7kq2m4xxxx"),
        ("7kq2", "7KQ2M4XXXX"),
        ("wps", "用WPS打开"),
        ("13900001234", "电话13900001234"),
        ("〔2026〕12号", "张家村公开〔2026〕12号"),
        ("张家村公开 [2026] 12号", "张家村公开〔2026〕12号"),
        ("（２０２６）12号", "张家村公开〔2026〕12号"),
        ("12号", "张家村公开〔2026〕12号"),
        ("བོད་ཡིག", "དེབ་བོད་ཡིག"),
    ],
)
def test_a_text_is_found_however_it_is_written(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("支收", "村级财务收支情况"),
        ("财务 水渠", "村级财务收支情况"),
        ("2400", "24000"),
        ("24000", "240001"),
        ("10月10日", "10月1日"),
        ("2025-10-10", "2026-10-10"),
        ("2025-10-10", "10月10日"),
        ("〔2026〕1号", "张家村公开〔2026〕12号"),
        ("〔2026〕1号", "2026年第1季度"),
        ("，。！", "财务，收支。"),
        ("", "财务"),
        ("  ", "财务"),
    ],
)
def test_nothing_else_is_found(typed, text):
    assert not finds(typed, text)


@given(st.text("财务收支公开情况村民代表低保路灯", min_size=2, max_size=30), st.data())
def test_two_characters_of_a_text_suffice(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert finds(text[start:end], text)


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_an_amount_is_one_however_it_is_set(whole, cents):
    written = [f"{whole}.{cents:02}", f"{whole:,}.{cents:02}元", f"￥{whole:,}.{cents:02}"]
    assert all(finds(one, other) for one in written for other in written)


@given(st.dates())
def test_a_day_is_one_however_it_is_set(day):
    written = [
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    ]
    if 1900 <= day.year <= 2099:
        assert all(finds(one, other) for one in written for other in written)
        assert all(finds(f"{day.month}月{day.day}日", other) for other in written)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_and_whatever_stands_is_indexed(text):
    tokens = indexed(text, [text], [mark(PLACE, 12)], YEAR)
    assert not re.search(r"['\"\\&|!:*()<>\x00-\x1f]", tokens)  # no token speaks to a database
    words = read_words(text)
    assert all(needle.token for word in words for needle in word.needles)


def test_long_numbers_leave_no_copy_in_the_index():
    assert not any("6302231990" in token for token in tokens_of("630223199001011234", YEAR))


@pytest.mark.slow
def test_a_title_is_found_as_such_and_a_huge_table_stays_within_what_a_database_takes():
    cells = [f"{number}.{number % 97}" for number in range(1_000_000, 1_090_000)]
    tokens = indexed("低保名单", cells, [mark(PLACE, 12)], YEAR)
    assert len(tokens.encode()) <= MAX_BYTES
    assert {f"{TITLE}低保", "低保"} <= set(tokens.split())
    assert mark(PLACE, 12) in tokens.split()


def test_what_is_typed_has_an_end():
    assert len(read_words("财务 " * MAX_LENGTH)) <= 12
