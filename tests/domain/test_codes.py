"""Codes: whatever a person typed is read as meant, or refused; a slip never finds another paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.codes import (
    ALPHABET,
    Scan,
    TypedCode,
    check_character,
    check_digit,
    digits_words,
    fingerprint_words,
    new_code,
    new_digits,
    notice_url,
    read_code,
    read_digits,
    without_words_behind,
)
from bulletin.domain.digests import sha256_hex

bodies = st.text(alphabet=ALPHABET, min_size=9, max_size=9)
codes = bodies.map(lambda body: body + check_character(body))
digit_bodies = st.text(alphabet="0123456789", min_size=10, max_size=10)
twins = digit_bodies.map(lambda body: body + check_digit(body))


@given(codes)
def test_a_code_reads_back_as_itself(code):
    assert read_code(code) == code


@given(codes, st.data())
def test_a_code_may_be_typed_in_any_case_with_lookalikes_hyphens_and_blanks(code, data):
    typed = code.lower() if data.draw(st.booleans()) else code
    typed = typed.replace("0", data.draw(st.sampled_from("0oO")))
    typed = typed.replace("1", data.draw(st.sampled_from("1iIlL")))
    place = data.draw(st.integers(0, 10))
    typed = typed[:place] + data.draw(st.sampled_from(["-", " ", ""])) + typed[place:]
    assert read_code(typed) == code


@given(codes, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes_for_a_code(code, place, char):
    wrong = code[:place] + char + code[place + 1 :]
    assert (read_code(wrong) == wrong) == (wrong == code)


@given(codes, st.integers(0, 8))
def test_two_neighbours_swapped_never_pass_for_a_code(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (read_code(swapped) is not None) == (swapped == code)


@given(twins, st.integers(0, 10), st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes_for_a_twin(twin, place, digit):
    wrong = twin[:place] + digit + twin[place + 1 :]
    assert (read_digits(wrong) == wrong) == (wrong == twin)


@given(twins)
def test_a_twin_is_read_with_blanks_and_in_full_width_figures(twin):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in twin)
    assert read_digits(digits_words(twin)) == read_digits(wide) == twin


@pytest.mark.parametrize("typed", ["", "7KQ2M4", "U" * 10, "7KQ2M4XXX!", "7KQ2M4XXXXX", "你好"])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None
    assert read_digits(typed) is None


def test_new_codes_are_sound_and_no_twin_looks_like_a_mobile_phone():
    assert all(read_code(code) == code for code in (new_code() for _ in range(200)))
    for twin in (new_digits() for _ in range(200)):
        assert read_digits(twin) == twin
        assert twin[0] not in "01"


@given(codes, st.integers(1, 9999), st.none() | st.integers(1, 9999))
def test_the_printed_address_reads_back_in_upper_and_lower_case(code, edition, page):
    scan = Scan(code, edition, page)
    url = scan.url("https://gk.huzhu.gov.cn")
    assert url == url.upper()
    assert Scan.parse(url) == Scan.parse(url.lower()) == scan


@pytest.mark.parametrize(
    "url",
    [
        "HTTPS://GK.HUZHU.GOV.CN/N/7KQ2M4XXXX",  # no edition
        "HTTPS://GK.HUZHU.GOV.CN/N/0000000001.1",  # a wrong check character
        "HTTPS://GK.HUZHU.GOV.CN/N/0000000000.0",  # there is no edition nought
        "https://weixin.qq.com/r/abcdefghij",
    ],
)
def test_addresses_that_are_none_of_ours_are_ignored(url):
    assert Scan.parse(url) is None


def test_a_fingerprint_is_printed_as_26_characters_in_groups_of_four():
    words = fingerprint_words(sha256_hex("村务公开".encode()))
    groups = words.split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4, 4, 4, 2]
    assert set("".join(groups)) <= set(ALPHABET)


@given(st.binary(), st.binary())
def test_different_contents_have_different_fingerprints(one, other):
    same = fingerprint_words(sha256_hex(one)) == fingerprint_words(sha256_hex(other))
    assert same == (one == other)


@given(codes, twins, st.integers(1, 99))
def test_what_is_typed_is_read_once_as_what_it_is(code, twin, edition):
    tail = f"{code}.{edition}"
    address = TypedCode.read(f"https://gk.example.cn/N/{tail}")
    assert address == TypedCode(address=Scan(code, edition))
    assert TypedCode.read(tail) == TypedCode(tail=Scan(code, edition))
    assert TypedCode.read(code.lower()) == TypedCode(code=code)
    assert TypedCode.read(notice_url("https://gk.example.cn/", code)) == TypedCode(code=code)
    assert TypedCode.read(twin) == TypedCode(digits=twin)
    assert TypedCode.read("张家村") == TypedCode()
    for typed in (address, TypedCode.read(tail), TypedCode.read(code)):
        assert typed.notice_code == code


HUNG = (
    "。",
    "，",
    "）",
    ".",
    "...",
    "。请大家看",
    "，请看：",
    "请看",
    ") ",
    "!",
    "”",
    "」 转",
    ", see here",
)


@pytest.mark.parametrize("hung", HUNG)
@given(codes, st.builds(new_digits))
def test_what_a_chat_hangs_on_a_code_is_not_part_of_it(hung, code, twin):
    for written in (f"https://gk.example.cn/N/{code}.2.1", f"{code}.2", code, code.lower(), twin):
        assert TypedCode.read(written + hung) == TypedCode.read(written) != TypedCode()


@pytest.mark.parametrize("tail", [".2.1.3", "A", ".0", "/x", ".2x"])
def test_what_goes_on_with_letters_or_figures_is_another_address(tail):
    assert (
        TypedCode.read(f"https://gk.example.cn/N/7KQ2M4XXX{check_character('7KQ2M4XXX')}{tail}")
        == TypedCode()
    )


@given(st.text())
def test_what_stands_behind_is_taken_off_once_and_the_beginning_stays(text):
    rest = without_words_behind(text)
    assert text.startswith(rest)
    assert without_words_behind(rest) == rest
