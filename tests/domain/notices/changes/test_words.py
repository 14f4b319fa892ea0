"""What changed in a text, as a reviewer reads it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.notices.changes.words import (
    MAX_WORK,
    ChangeMark,
    changed_words,
    is_changed,
    likeness,
    replaced_words,
)

SIGN = {ChangeMark.SAME: "{}", ChangeMark.REMOVED: "[-{}]", ChangeMark.ADDED: "[+{}]"}


def shown(runs):
    return "".join(SIGN[run.mark].format(run.text) for run in runs)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("本村支出3480元。", "本村支出3840元。", "本村支出[-3480][+3840]元。"),
        ("路灯维修", "村道路灯维修", "[+村道]路灯维修"),
        ("已经公示三十日", "已公示三十日", "已[-经]公示三十日"),
        # one sign that both texts have by chance makes no island between two changes
        ("现由张三负责此事", "现由李四文负责此事", "现由[-张三][+李四文]负责此事"),
        ("请到村委会领取", "各户于十日前交清", "[-请到村委会领取][+各户于十日前交清]"),
        ("", "新写的", "[+新写的]"),
        ("旧的", "", "[-旧的]"),
        ("没有变", "没有变", "没有变"),
        ("", "", ""),
        ("12.50元", "12.5元", "[-12.50][+12.5]元"),
    ],
)
def test_signs_are_compared_and_figures_whole(before, after, said):
    assert shown(changed_words(before, after)) == said


def test_a_figure_of_a_table_is_another_as_a_whole():
    assert shown(replaced_words("24,000.00", "24,100.00")) == "[-24,000.00][+24,100.00]"


texts = st.text(alphabet="村务公开，。张三12345.\n ", max_size=60)


@given(before=texts, after=texts)
def test_both_texts_can_be_read_out_of_the_runs(before, after):
    runs = changed_words(before, after)
    old = "".join(run.text for run in runs if run.mark in (ChangeMark.SAME, ChangeMark.REMOVED))
    new = "".join(run.text for run in runs if run.mark in (ChangeMark.SAME, ChangeMark.ADDED))
    assert (old, new) == (before, after)
    assert is_changed(runs) == (before != after)
    assert all(run.text for run in runs)
    assert all(one.mark is not other.mark for one, other in pairwise(runs))


def test_a_long_monotonous_text_is_compared_by_sentences_and_one_word_is_found():
    sentence = "".join(f"第{n}户领取补贴，金额为{n}元；" for n in range(1, 400))
    before = sentence + "村" * (MAX_WORK // 100) + "。最后一句是旧的。"
    runs = changed_words(before, before.replace("最后一句是旧的", "最后一句是新的"))
    assert shown(runs[-4:]).endswith("[-旧][+新]的。")
    assert sum(run.mark is not ChangeMark.SAME for run in runs) == 2


def test_texts_are_alike_by_their_pairs_of_signs():
    assert likeness("村道路灯维修", "村道路灯维修") == 1
    assert likeness("村道路灯维修材料费", "村道路灯维修费") > 0.7
    assert likeness("村道路灯维修", "各位村民") < 0.2
    assert likeness("路灯维修五盏", "路灯维修五盏（东社三盏、西社两盏，都已亮）") == 0.6, "added to"
    assert likeness("合计", "合计与说明都在下表，请各位村民核对") < 0.3
