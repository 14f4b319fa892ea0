"""From a row of a county's file to an item that can be owed; whatever was guessed is named."""

from datetime import date

import pytest
from support.paths import SCHEDULES

from bulletin.domain.catalog.items import Catalog, Group, Online, Phase, PublisherKind, faults
from bulletin.domain.catalog.row_to_item import draft_item, title_key
from bulletin.domain.catalog.rows import CatalogRow
from bulletin.domain.legal_basis import legal_bases
from bulletin.schedules.catalog import load_catalog

STANDARD = load_catalog(SCHEDULES / "catalog.yaml")
EMPTY = Catalog("", "", date(2026, 1, 1), ())


def drafted(title, base=EMPTY, **facts):
    return draft_item(CatalogRow("第2行", (title,), **facts), base)


@pytest.mark.parametrize(
    ("title", "publisher", "kind", "guessed"),
    [
        ("水费收缴", "村民委员会", PublisherKind.VILLAGERS_COMMITTEE, False),
        ("水费收缴", "XX村村委会", PublisherKind.VILLAGERS_COMMITTEE, False),
        ("水费收缴", "", PublisherKind.VILLAGERS_COMMITTEE, True),
        ("换届", "村民选举委员会", PublisherKind.ELECTION_COMMITTEE, False),
        ("入社", "股份经济合作社", PublisherKind.COLLECTIVE, False),
        ("发展党员", "村党支部", PublisherKind.PARTY_BRANCH, False),
        ("党费收缴", "", PublisherKind.PARTY_BRANCH, True),
        ("规划", "镇人民政府", PublisherKind.TOWNSHIP, False),
        ("规划", "县自然资源局", PublisherKind.TOWNSHIP, False),
        ("规划", "农业农村局", PublisherKind.TOWNSHIP, False),
        ("低保", "村/社区", PublisherKind.VILLAGERS_COMMITTEE, False),
        ("低保", "村（居）委会", PublisherKind.VILLAGERS_COMMITTEE, False),
        ("低保", "红崖子沟乡张家村村民委员会", PublisherKind.VILLAGERS_COMMITTEE, False),
        ("低保", "镇人民政府、村委会", PublisherKind.VILLAGERS_COMMITTEE, True),
        ("低保", "本单位", PublisherKind.VILLAGERS_COMMITTEE, True),
    ],
)
def test_who_publishes_is_read_from_the_row_or_said_to_be_a_guess(title, publisher, kind, guessed):
    found = drafted(title, publisher=publisher, deadline_text="每季度一次", basis="《某法》第一条")
    assert found.item.publisher is kind
    assert any("公开主体" in guess for guess in found.guesses) is guessed


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("村级财务收支明细", Group.FINANCE),
        ("低保申请办理", Group.GOVERNMENT),
        ("机动地发包", Group.COLLECTIVE),
        ("道路硬化", Group.AFFAIRS),
    ],
)
def test_the_group_follows_from_what_it_is_about(title, group):
    assert drafted(title).item.group is group


def test_lists_of_people_leave_the_web_with_their_period():
    found = drafted("低保对象名单", deadline_text="公示7日", basis="《社会救助法》第八条")
    assert (found.item.personal, found.item.online) == (True, Online.PERIOD)
    assert found.item.procedure == "assisted"


@pytest.mark.parametrize("title", ["机动地发包", "成员名单"])
def test_what_the_collective_publishes_goes_through_its_own_procedure(title):
    found = drafted(title, publisher="股份经济合作社", deadline_text="每季度一次")
    assert found.item.procedure == "collective"


def test_a_short_period_needs_a_basis_or_becomes_fifteen_days():
    bare = drafted("道路硬化", deadline_text="公示7天")
    based = drafted("道路硬化", deadline_text="公示7天", basis="《某办法》第八条")
    assert bare.item.posting_days == 15
    assert any("少于15日" in guess for guess in bare.guesses)
    assert (based.item.posting_days, based.item.special_rule.law) == (7, "某办法")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("公示11个工作日", (11, "working")),  # fifteen natural days hold at most eleven
        ("公示10个工作日", (15, "natural")),
        ("公示15日", (15, "natural")),
        ("公示14日", (15, "natural")),
    ],
)
def test_work_days_are_compared_with_the_least_work_days(words, kept):
    item = drafted("道路硬化", deadline_text=words).item
    assert (item.posting_days, item.posting_unit) == kept
    assert faults(item) == []


def test_a_row_of_a_known_title_changes_that_item_and_keeps_its_matter():
    found = drafted("村级财务 收支情况", STANDARD, deadline_text="每月10日前")
    assert found.item.code == "finance.quarterly_accounts"
    assert found.item.deadline_text == "每月10日前"


def test_a_rule_of_another_kind_does_not_replace_one_that_waits_for_events():
    road = "村级公益事业和工程项目建设"
    found = drafted(road, STANDARD, deadline_text="每季度一次")
    assert found.item == STANDARD.find("affairs.public_works")
    assert any("没有改" in guess for guess in found.guesses)


def test_a_time_limit_that_is_kept_keeps_nothing_else_from_changing():
    road = "村级公益事业和工程项目建设"
    for words in ("每季度一次", "看情况"):
        found = drafted(
            road, STANDARD, deadline_text=words, basis="《某法》第一条", elements=("预算",)
        )
        assert (found.item.bases[0].law, found.item.elements) == ("某法", ("预算",))
        assert found.item.time_limit == STANDARD.find("affairs.public_works").time_limit


def test_a_longer_posting_period_is_taken_over_and_a_shorter_one_is_named():
    longer = drafted("村级财务收支情况", STANDARD, deadline_text="每月10日前，公示期20日")
    assert longer.item.posting_days == 20
    shorter = drafted("村级财务收支情况", STANDARD, deadline_text="每月10日前，公示期3日")
    assert any("可能比目录里的公示期短" in guess for guess in shorter.guesses)


def test_what_happens_before_and_after_gets_its_phase():
    assert drafted("选民登记", deadline_text="选举日20日前").item.phases == (Phase.BEFORE,)
    assert drafted("救灾款", deadline_text="发放后7日内").item.phases == (Phase.AFTER,)


def test_several_time_limits_are_named_and_the_first_is_taken():
    found = drafted("政策", deadline_text="每季度一次；信息形成之日起20个工作日内")
    assert any("2个时限，按“" in guess for guess in found.guesses)


@pytest.mark.parametrize("item", STANDARD.items, ids=lambda item: item.code)
def test_whatever_a_row_leaves_open_the_item_is_sound(item):
    assert faults(drafted(item.title, deadline_text=item.deadline_text).item) == []
    assert faults(drafted(item.title).item) == []


@pytest.mark.parametrize(
    ("words", "bases"),
    [
        ("《土地管理法》第四十七条", [("土地管理法", "", "第四十七条")]),
        (
            "《中华人民共和国村民委员会组织法》（2018年修正）第三十条、第三十一条",
            [("中华人民共和国村民委员会组织法", "2018年修正", "第三十条、第三十一条")],
        ),
        ("《甲法》《乙条例》第二条第三款", [("甲法", "", ""), ("乙条例", "", "第二条第三款")]),
        ("相关规定", []),
    ],
)
def test_legal_bases_are_taken_apart(words, bases):
    assert [(b.law, b.version, b.article) for b in legal_bases(words)] == bases


def test_titles_are_the_same_whatever_their_spaces_and_marks():
    assert title_key("村级 财务、收支（情况）") == title_key("村级财务收支情况")
