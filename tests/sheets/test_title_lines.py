"""Where long titles are broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.sheets.fits import TITLE_EMS
from bulletin.sheets.title_lines import title_lines
from bulletin.sheets.widths import ems


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("公告", ["公告"]),
        ("", [""]),
        (
            "关于2026年第三季度村级财务收支情况的公开",
            ["关于2026年第三季度", "村级财务收支情况的公开"],
        ),
        (
            "关于征收张家村集体土地补偿安置方案的公告",
            ["关于征收张家村集体土地", "补偿安置方案的公告"],
        ),
        (
            "张家村第十二届村民委员会换届选举选民登记名单公告",
            ["张家村第十二届村民委员会", "换届选举选民登记名单公告"],
        ),
    ],
)
def test_a_title_breaks_between_words(title, lines):
    assert title_lines(title) == lines


def test_the_name_of_a_place_is_never_broken():
    title = "关于2026年第三季度红崖子沟乡财政收支情况的公开"
    assert title_lines(title) == ["关于2026年第三季度红崖", "子沟乡财政收支情况的公开"]
    assert title_lines(title, "互助土族自治县红崖子沟乡", "") == [
        "关于2026年第三季度",
        "红崖子沟乡财政收支情况的公开",
    ]


@given(st.text(st.sampled_from("村民委员会财务公开（）《》，。第2026年a的"), max_size=120))
def test_every_title_is_printed_whole_in_lines_that_fit(title):
    lines = title_lines(title)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert all(ems(line) <= TITLE_EMS for line in lines)


@given(st.integers(20, 38))
def test_no_line_of_a_title_is_left_almost_empty(length):
    lines = title_lines("村" * length)
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 1
