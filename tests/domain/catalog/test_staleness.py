"""Where a catalog is out of date, it says so: with the reason, and never as a refusal."""

import pytest

from bulletin.domain.catalog.rows import CatalogRow
from bulletin.domain.catalog.staleness import stale_hints

OWN = "630223202"  # 红崖子沟乡, in 青海


def hints(title="村级财务收支情况", basis="", deadline_text="", publisher="村民委员会", code=OWN):
    row = CatalogRow(
        "第2行", (title,), basis=basis, deadline_text=deadline_text, publisher=publisher
    )
    return stale_hints(row, code)


@pytest.mark.parametrize(
    "basis",
    [
        "《中华人民共和国村民委员会组织法》第三十条",
        "《村民委员会组织法》（2018年修正）第三十条",
        "《中华人民共和国村民委员会组织法》第30条",
        "《村民委员会组织法》第二十四条、第三十条",
        "《村委会组织法》（主席令第37号）第三十条第一款",
    ],
)
def test_the_article_on_disclosure_moved_from_30_to_35(basis):
    (hint,) = hints(basis=basis)
    assert "第三十五条" in hint


@pytest.mark.parametrize(
    "basis",
    [
        "《中华人民共和国村民委员会组织法》（2025年修正）第三十五条",
        "《中华人民共和国村民委员会组织法》（2025年修正）第三十条",  # is something else today
        "《中华人民共和国村民委员会组织法》",
        "《土地管理法》第三十条",
        "《村民委员会组织法》第二十四条；《土地管理法》第三十条",
    ],
)
def test_what_did_not_move_is_left_alone(basis):
    assert hints(basis=basis) == ()


@pytest.mark.parametrize("title", ["计划生育政策落实情况", "社会抚养费征收"])
def test_family_planning_is_no_longer_in_the_law(title):
    (hint,) = hints(title=title)
    assert "不再列计划生育" in hint


@pytest.mark.parametrize(
    ("facts", "warned"),
    [
        ({"deadline_text": "公示7天"}, True),
        ({"deadline_text": "公示时间不少于5个工作日"}, True),
        ({"deadline_text": "公示15日"}, False),
        ({"deadline_text": "公示不少于11个工作日"}, False),
        ({"deadline_text": "公示7天", "title": "农村低保对象公示"}, False),
        ({"deadline_text": "公示7天", "publisher": "镇人民政府"}, False),
        ({"deadline_text": "公示7天", "publisher": "村/社区"}, True),
        ({"deadline_text": "公示7天", "publisher": ""}, True),
    ],
)
def test_a_committees_period_under_fifteen_days_needs_a_rule_of_its_own(facts, warned):
    assert bool(hints(**facts)) is warned


@pytest.mark.parametrize(
    ("basis", "code", "warned"),
    [
        ("《山东省村务公开条例》第七条", OWN, True),
        ("《广西壮族自治区实施办法》", OWN, True),
        ("《青海省村务公开办法》", OWN, False),
        ("《山东省村务公开条例》第七条", "370100001", False),
        ("《山东省村务公开条例》第七条", "", False),  # nobody knows whose it is
        ("《中国共产党党务公开条例》", OWN, False),
    ],
)
def test_another_provinces_rule_is_no_basis_here(basis, code, warned):
    assert bool(hints(basis=basis, code=code)) is warned
