"""What cleaning keeps, what is one and the same, and what is told apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain import characters
from bulletin.domain.characters import folded, ordinary, without_controls
from bulletin.domain.codes import TypedCode, new_code
from bulletin.domain.deadlines.parser import read_deadline
from bulletin.domain.notices.content_serialization import document_json, read_document
from bulletin.domain.privacy.scan import scan_text


def _kept(text):
    document = read_document({"blocks": [{"type": "paragraph", "text": text}]})
    return document_json(document)["blocks"][0]["text"]


@pytest.mark.parametrize(
    "char",
    [
        "\ue123",  # private use
        "\U000f0123",  # private use, plane 15
        "\U000323b5",  # Extension H and later: newer than the Unicode of Python 3.11
        "\U0003347a",
        "\U0002a6d6",
        "\uf929",  # a compatibility ideograph, which NFC would replace
        "⽀",
    ],
)
def test_a_character_that_a_reader_would_miss_survives_cleaning(char):
    assert _kept(f"马{char}示") == f"马{char}示"


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d", "\ufe00", "\U000e0100", "\u180e", "\u180b"])
def test_joiners_and_variation_selectors_survive_cleaning(joiner):
    assert _kept(f"葛{joiner}示") == f"葛{joiner}示"


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x85", "\u200b", "\ufeff", "\u202e"])
def test_controls_and_unseen_marks_go(control):
    assert _kept(f"马{control}示") == "马示"


@pytest.mark.parametrize("end", ["\v", "\f", "\u2028", "\u2029"])
def test_a_line_end_of_another_program_keeps_words_apart(end):
    assert _kept(f"张示{end}李示") == "张示\n李示"


@pytest.mark.parametrize("half", ["\ud83d", "\uffff", "\ufffe"])
def test_what_cannot_be_stored_becomes_visible(half):
    assert _kept(f"马{half}示") == "马\ufffd示"


def test_what_is_passed_by_is_what_cleaning_would_leave_as_it_is():
    passed = [char for char in map(chr, range(0x110000)) if characters._CLEAN.fullmatch(char)]
    assert len(passed) > 20_000
    for char in passed:
        assert characters._kept(char) == unicodedata.normalize("NFC", char) == char
        assert not unicodedata.combining(char), (
            "with what stands before it, it might become another"
        )


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert without_controls(without_controls(text)) == without_controls(text)
    assert _kept(_kept(text)) == _kept(text)


@given(st.text(st.characters(blacklist_categories=("Cc", "Cf", "Cs", "Mn", "Mc", "Me", "Zs"))))
def test_no_visible_character_is_lost_by_cleaning(text):
    assert len(without_controls(text)) == len(text)


def test_every_kangxi_radical_becomes_an_ordinary_ideograph():
    for code in range(0x2F00, 0x2FD6):
        assert unicodedata.name(ordinary(chr(code))).startswith("CJK UNIFIED IDEOGRAPH"), hex(code)


def test_no_radical_of_the_supplement_that_is_a_whole_word_stays():
    radicals = "⺠⺟⺝⺜⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺒⺓⺩⺬⻫"
    words = "民母月日肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟巳幺王示斉"
    assert ordinary(radicals) == words


def test_every_compatibility_ideograph_becomes_what_unicode_says_it_is():
    for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        assert ordinary(chr(code)) == unicodedata.normalize("NFKC", chr(code)), hex(code)


@pytest.mark.parametrize(
    ("copied", "typed"),
    [
        ("村级财务收⽀", "村级财务收支"),
        ("村⺠代表", "村民代表"),
        ("每季度⾸⽉15⽇前", "每季度首月15日前"),
        ("⼟地征收", "土地征收"),
        ("⼾主", "户主"),
        ("⾭⿈", "青黄"),
    ],
)
def test_words_copied_out_of_a_pdf_are_the_words_that_people_type(copied, typed):
    assert ordinary(copied) == folded(copied) == typed


def test_ordinary_leaves_width_and_traditional_characters_alone():
    assert ordinary("（戶）１２：靑") == "（戶）１２：靑"


def test_a_deadline_of_radicals_is_read():
    assert read_deadline("每季度⾸⽉15⽇前").rules == read_deadline("每季度首月15日前").rules


def test_a_code_typed_full_width_is_a_code():
    code = new_code()
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    assert TypedCode.read(wide) == TypedCode.read(code)


def test_a_label_of_radicals_is_a_label():
    (finding,) = scan_text("⾝份证号630223198001011239", "正文")
    assert finding.kind == "id_number"
