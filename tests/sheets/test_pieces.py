"""Where the lines of a cell end."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin.sheets.pieces import cell_lines, hard_pieces, head_lines, head_widths, pieces_of
from bulletin.sheets.widths import ems


@pytest.mark.parametrize(
    ("words", "room", "lines"),
    [
        ("上级拨付村级组织运转经费", 10, ["上级拨付村级组织运转", "经费"]),
        ("村道路灯维修材料费", 8, ["村道路灯维修材", "料费"]),  # no character alone
        ("村道路灯维修材料。", 8, ["村道路灯维修", "材料。"]),
        ("村道路灯维修材料费（含运输）", 10, ["村道路灯维修材料费", "（含运输）"]),
        ("由520元调整（9月）", 6, ["由520元调整", "（9月）"]),
        ("自2026年9月30日起施行", 8, ["自2026年9月30日", "起施行"]),
        ("阿布都热合曼·买买提", 8, ["阿布都热合曼·", "买买提"]),
        ("第一行\n第二行", 8, ["第一行", "第二行"]),
        ("祁示例", 2, None),  # a name is never torn
    ],
)
def test_lines_end_between_pieces_of_sense(words, room, lines):
    assert cell_lines(words, room, ems) == lines


@pytest.mark.parametrize(
    ("title", "room", "lines"),
    [
        ("序号", 1.5, ["序号"]),  # too narrow: the plan gives it two characters
        ("月保障金额（元）", 9, ["月保障金额（元）"]),
        ("月保障金额（元）", 6, ["月保障金额", "（元）"]),
        ("月保障金额（元）", 3.2, ["月保障", "金额", "（元）"]),
        ("承包面积数", 4, ["承包面", "积数"]),
        ("保障人口", 2.2, ["保障", "人口"]),
    ],
)
def test_a_head_is_broken_alike_and_before_its_unit(title, room, lines):
    assert head_lines(title, room, ems) == lines


CELLS = st.text(
    "村民委员会公开（）。，、·0123456789年月日元亩ab -", min_size=1, max_size=30
).filter(str.strip)


@given(CELLS, st.floats(2, 20))
def test_lines_hold_the_words_fit_and_leave_no_character_alone(words, room):
    lines = cell_lines(words, room, ems)
    if lines is None:
        assert any(ems(piece) > room for piece in pieces_of(words))
        return
    assert "".join(lines) == words
    assert all(ems(line.rstrip()) <= room for line in lines)
    assert all(any(piece in line for line in lines) for piece in hard_pieces(words))
    assert not any(line.startswith(tuple("，。、）")) and n for n, line in enumerate(lines))


@given(CELLS)
@example("00000、亩00a、、")
def test_more_lines_never_make_a_head_wider(title):
    widths = head_widths(title, ems)
    assert list(widths) == sorted(widths, reverse=True)
