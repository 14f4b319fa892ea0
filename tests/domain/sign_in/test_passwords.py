"""Which passwords are refused: a neighbour's first hundred guesses."""

import pytest

from bulletin.domain.errors import Refused
from bulletin.domain.sign_in.passwords import ensure_unguessable
from bulletin.services.people.passwords import common_passwords, new_password

NAMES = {
    "li",
    "zhangjia-xinxi",
    "李示例",
    "张家村",
    "张家",
    "红崖子沟乡",
    "红崖子沟",
    "互助土族自治县",
}


def code_of(password):
    try:
        ensure_unguessable(password, common_passwords(), NAMES)
    except Refused as refused:
        return refused.codes[0]
    return ""


@pytest.mark.parametrize(
    "password",
    ["1234567890", "0123456789", "9876543210", "1111111111", "1212121212", "abcabcabcabc", "5201314520", "1qaz2wsx3edc", "a1234567890", "Aa123456789", "qq123456789", "abcd123456", "password123", "Password2026!", "P@ssw0rd2026", "passw0rd12", "qwertyuiop", "qwerty-asdfgh", "1q2w3e4r5t6y", "asdfghjkl;", "woaini1314", "woaini@1314", "woaini5201314", "iloveyou520", "mima123456", "wodemima123", "administrator", "admin@2026!!", "zhangwei1990", "wangfang520", "zhongguo1949", "beijing2008", "13897012345", "19900101ab", "我爱你我爱你我爱你1314", "为人民服务为人民服务", "中国中国中国中国中国", "ｐａｓｓｗｏｒｄ１２３", "cunweihui2026", "cunwugongkai1"],
)  # fmt: skip
def test_what_everybody_tries_is_refused(password):
    assert code_of(password) == "password_common"


@pytest.mark.parametrize(
    "password",
    [
        "zhangjia-xinxi",
        "zhangjia-xinxi1",
        "ZHANGJIA-XINXI",
        "张家村李示例张家村1",
        "红崖子沟乡2026!!",
        "红崖子沟张家村2026",
        "李示例-李示例-2026",
        "li-zhangjia-xinxi-li",
        "互助土族自治县12345",
    ],
)
def test_a_name_of_the_person_or_the_place_is_no_password(password):
    assert code_of(password) == "password_is_a_name"


@pytest.mark.parametrize("password", ["", "kurz", "a123456", "5201314", "九个字的短密码啊！"])
def test_a_short_one_is_refused_before_anything_else(password):
    assert code_of(password) == "password_too_short"


@pytest.mark.parametrize(
    "password",
    [
        "correct-horse-battery",
        "a-long-password",
        "limestone-river",
        "张家村后院老槐树下有口井",
        "8f3k29dk1x",
        "4738291057",
        "三斤六两白菜七毛五分",
    ],
)
def test_words_that_do_not_belong_together_are_a_good_password(password):
    assert code_of(password) == ""


def test_the_list_has_a_few_thousand_entries_and_no_word_twice():
    assert 2000 < len(common_passwords()) < 10_000
    for known in ("a123456", "5201314", "woaini1314", "123456", "qwerty", "password", "zhangwei"):
        assert known in common_passwords()
    assert all(word == word.strip().lower() for word in common_passwords())


def test_what_the_machine_makes_up_is_seldom_what_everybody_tries():
    assert sum(bool(code_of(new_password())) for _ in range(40)) <= 1
