"""Any identity number in any disguise is found; no ordinary figure rings; nothing leaks."""

import random
import re
from datetime import date
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin.domain.privacy.numbers import identity_check_character, passes_luhn
from bulletin.domain.privacy.scan import scan_text
from bulletin.domain.privacy.tables import scan_table

PROVINCES = ("11", "13", "37", "44", "51", "62", "63", "65", "71")
GAPS = ("", " ", "  ", "-", "—", "－", "‐", "–", ".", "\u3000", "\u200b", "\u00a0", "·")


@st.composite
def identities(draw):
    day = draw(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
    region = draw(st.sampled_from(PROVINCES)) + draw(st.from_regex(r"[0-9]{4}", fullmatch=True))
    serial = draw(st.from_regex(r"[0-9]{3}", fullmatch=True))
    body = f"{region}{day:%Y%m%d}{serial}"
    return body + identity_check_character(body)


def _cut(number, *lengths):
    parts, at = [], 0
    for length in lengths:
        parts.append(number[at : at + length])
        at += length
    return parts


@st.composite
def disguised(draw):
    number = draw(identities())
    parts = draw(
        st.sampled_from(
            [
                _cut(number, 6, 8, 4),
                _cut(number, 6, 4, 4, 4),
                _cut(number, 4, 4, 4, 4, 2),
                [*number],
            ]
        )
    )
    worn = draw(st.sampled_from(GAPS)).join(parts)
    if draw(st.booleans()):
        worn = worn.translate({48 + n: 0xFF10 + n for n in range(10)})
    worn = draw(st.sampled_from([worn, worn.lower()]))
    around = st.sampled_from(["", "张三", "（", "身份证号：", "号码", "\n", "，"])
    return number, f"{draw(around)}{worn}{draw(st.sampled_from(['', '李四', '）', '。', '，']))}"


@given(disguised())
def test_every_identity_number_is_found_in_every_disguise(case):
    _number, text = case
    assert [finding.kind for finding in scan_text(text, "正文")] == ["id_number"]


@given(disguised())
def test_a_finding_never_says_the_number_nor_the_birthday(case):
    number, text = case
    for finding in (*scan_text(text, "正文"), *scan_table(("姓名", text), [("张三", text)], "表1")):
        said = f"{finding!r}{finding}{finding.masked}{finding.place}"
        assert number not in said
        assert number[6:14] not in re.sub("[^0-9]", "", said)
        assert number[-4:] not in finding.masked


@given(
    st.lists(identities(), min_size=1, max_size=5), st.sampled_from([" ", "、", "，", "\n", "/"])
)
def test_as_many_findings_as_numbers(numbers, between):
    assert len(scan_text(between.join(numbers), "正文")) == len(numbers)


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from([(3, 4, 4), (3, 8), (11,)]),
    st.sampled_from(["-", "—", "－", "–", "."]),
    st.sampled_from(["", "+86", "+86 ", "0086", "电话：", "张三"]),
)
def test_every_mobile_number_is_found(number, lengths, gap, before):
    (finding,) = scan_text(f"{before}{gap.join(_cut(number, *lengths))}。", "正文")
    assert (finding.kind, finding.masked) == ("phone", "1**********")


@given(st.from_regex(r"62[0-9]{13,16}", fullmatch=True), st.sampled_from(["", " ", "-", "\u3000"]))
def test_every_card_of_our_banks_is_found(body, gap):
    card = next(f"{body}{digit}" for digit in range(10) if passes_luhn(f"{body}{digit}"))
    parts = [card[at : at + 4] for at in range(0, len(card), 4)]
    kinds = [finding.kind for finding in scan_text(f"卡号：{gap.join(parts)}", "正文")]
    assert kinds == ["bank_card"]


amounts = st.decimals(0, 99_999_999, places=2).map(lambda amount: f"{amount:,.2f}")
plain_amounts = st.decimals(0, 9_999_999, places=2).map(str)
days = st.dates(date(1990, 1, 1), date(2035, 1, 1))
ordinary = st.one_of(
    amounts,
    plain_amounts,
    days.map(str),
    days.map("{0.year}年{0.month}月{0.day}日".format),
    days.map("{0:%Y%m%d}".format),
    st.integers(1, 999).map("农经发〔2025〕{}号".format),
    st.integers(0, 16).map("630223202{:03}".format),
    st.integers(0, 9_999_999).map("0972-{:07}".format),
)


@given(st.lists(ordinary, max_size=12), st.sampled_from(["，", "、", "\t", "；", "元 "]))
def test_no_amount_date_or_document_number_rings(figures, between):
    assert scan_text(between.join(figures), "正文") == []


@example(["5105.10", "191.90", "5203318.00"])
@given(st.lists(plain_amounts, min_size=1, max_size=12))
def test_a_row_of_amounts_with_cents_does_not_ring(row):
    assert scan_text(" ".join(row), "正文") == []


@given(st.text())
def test_any_text_can_be_checked(text):
    for finding in scan_text(text, "正文"):
        assert finding.place.startswith("正文")


BIG = 200_000
INVENTED = random.Random(20251010)


@pytest.mark.parametrize(
    "text",
    [
        "7" * BIG,
        "13912345678" * (BIG // 11),
        "本村低保名单公示如下，张三金额1,234.50元。" * (BIG // 22),
        "\n".join(" ".join(str(INVENTED.randrange(9999)) for _ in range(8)) for _ in range(5000)),
        "身份证号 " * (BIG // 5),
        pytest.param("62 " * (BIG // 3), marks=pytest.mark.slow),
        " " * BIG,
    ],
    ids=["one number", "phones", "words", "ledger", "labels", "groups", "blanks"],
)
def test_two_hundred_kilobytes_take_no_noticeable_time(text):
    began = process_time()
    scan_text(text, "正文")
    assert process_time() - began < 3  # of this process; catastrophe takes minutes
