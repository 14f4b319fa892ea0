"""The pieces of a title that no line breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.notices.title_phrases import title_phrases


@pytest.mark.parametrize(
    "phrases",
    [
        "关于 2026年 第三季度 村级 财务收支 情况的 公开",
        "张家村 第十二届 村民委员会 换届 选举 选民 登记 名单 公告",
        "关于征收 张家村 集体土地 补偿安置 方案的 公告",
        "农村 最低 生活保障 对象 审核 确认 结果的 公示",
        "（一） 村务 监督 委员会 成员",
        "祁示例一",
        "找公开： 输几个字， 或纸上的 编号",
    ],
)
def test_a_title_is_broken_between_its_words(phrases):
    assert " ".join(title_phrases(phrases.replace(" ", ""))) == phrases


def test_the_name_of_a_place_is_one_word():
    assert "红崖子沟乡" in title_phrases("公示红崖子沟乡农村道路", "互助土族自治县红崖子沟乡")


@given(st.text(st.sampled_from("村民委员会财务公开（）《》，。第2026年a的 ·"), max_size=60))
def test_no_character_is_lost_and_none_stands_alone(title):
    phrases = title_phrases(title)
    assert "".join(phrases) == title
    assert all(len(phrase.strip()) > 1 for phrase in phrases[1:])


@given(st.text(st.sampled_from("葛财务a\u0301\u200d👩\U000e0100"), max_size=40))
def test_a_mark_stays_with_the_character_that_it_belongs_to(title):
    phrases = title_phrases(title)
    assert not any(phrase[0] in "\u0301\u200d\U000e0100" for phrase in phrases[1:])
    assert not any(phrase.endswith("\u200d") for phrase in phrases[:-1])
