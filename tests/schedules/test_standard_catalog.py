"""The standard catalog is sound, and a fault in a catalog stops with file, line and item."""

import re
from pathlib import Path

import pytest
from support.paths import SCHEDULES

from bulletin.domain.catalog.items import (
    Catalog,
    DisclosureItem,
    Group,
    Online,
    PublisherKind,
    faults,
)
from bulletin.domain.catalog.serialization import catalog_json, read_catalog
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.posting_period import MIN_POSTING_DAYS
from bulletin.domain.errors import Misconfigured
from bulletin.schedules.catalog import load_catalog

FILE = SCHEDULES / "catalog.yaml"
CATALOG: Catalog = load_catalog(FILE)
ORGANIC_LAW = "中华人民共和国村民委员会组织法"
every_item = pytest.mark.parametrize("item", CATALOG.items, ids=lambda item: item.code)
LAST_ARTICLES = {  # how many articles each law has
    ORGANIC_LAW: 50,
    "中华人民共和国农村集体经济组织法": 67,
    "中华人民共和国土地管理法": 87,
    "中华人民共和国土地管理法实施条例": 67,
    "中华人民共和国城乡规划法": 70,
    "中华人民共和国农村土地承包法": 70,
    "中华人民共和国政府信息公开条例": 56,
    "中华人民共和国预算法": 101,
    "中华人民共和国残疾人保障法": 68,
    "社会救助暂行办法": 70,
    "自然灾害救助条例": 35,
}


def _number(article: str) -> int:
    """第二十六条 → 26, for the articles of one law: under a hundred and ten."""
    digits = "零一二三四五六七八九"
    tens, _, ones = article.strip("第条").rpartition("十")
    ten = (digits.index(tens) if tens else 1) if "十" in article else 0
    return ten * 10 + (digits.index(ones) if ones else 0)


def _item(code: str) -> DisclosureItem:
    item = CATALOG.find(code)
    assert item is not None, code
    return item


def test_a_village_and_its_township_owe_at_least_forty_things():
    assert len(CATALOG.items) >= 40
    assert {item.group for item in CATALOG.items} == set(Group)
    assert {item.publisher for item in CATALOG.items} == set(PublisherKind)


def test_titles_tell_items_apart():
    titles = [item.title for item in CATALOG.items]
    assert len(set(titles)) == len(titles)


def test_an_adoption_keeps_the_catalog_unchanged():
    assert read_catalog(catalog_json(CATALOG)) == CATALOG


@every_item
def test_an_item_is_sound(item):
    assert not faults(item)


@every_item
def test_an_item_gives_a_notice_its_outline(item):
    assert 3 <= len(item.elements) <= 8
    assert len(set(item.elements)) == len(item.elements)
    assert not [e for e in item.elements if re.search(r"等情况|有关内容|相关信息|其他情况$", e)]


@every_item
def test_an_item_names_law_and_version(item):
    for basis in (*item.bases, *([item.special_rule] if item.special_rule else [])):
        assert basis.law
        assert basis.version
        assert not basis.article or re.fullmatch(r"第[一二三四五六七八九十百]+条", basis.article)


@every_item
def test_every_basis_names_its_article_or_says_that_it_is_practice(item):
    assert [basis for basis in item.bases if basis.article], "no law asks for it at all"
    assert not [basis for basis in item.bases if bool(basis.article) == basis.is_practice]


@every_item
def test_a_shorter_period_rests_on_a_numbered_document_or_says_that_it_is_practice(item):
    rule = item.special_rule
    assert rule is None or rule.article or rule.is_practice or "〕" in rule.version


@every_item
def test_an_article_lies_within_its_law(item):
    for basis in item.bases:
        if basis.article and basis.law in LAST_ARTICLES:
            assert 1 <= _number(basis.article) <= LAST_ARTICLES[basis.law]


def test_a_practice_is_told_as_a_practice_and_not_as_a_law():
    words = [basis.words() for basis in _item("party.member_development").bases]
    assert words[1] == "当地做法（国家没有规定公示天数，一般公示5个工作日）"


@pytest.mark.parametrize(
    "outdated", ["建村〔2018〕115号", "国发〔2015〕52号", "农经发〔2011〕13号", "国办发〔2007〕4号"]
)
def test_a_document_without_a_checked_article_is_no_basis(outdated):
    assert outdated not in {basis.version for item in CATALOG.items for basis in item.bases}


@every_item
def test_an_item_follows_the_organic_law_of_2025(item):
    articles = {b.article for b in item.bases if b.law == ORGANIC_LAW}
    assert "第三十条" not in articles  # disclosure stands in 第三十五条 since 2026
    assert {b.version for b in item.bases if b.law == ORGANIC_LAW} <= {"2025年修正"}
    assert "计划生育" not in "".join((item.title, *item.elements, item.deadline_text))


@every_item
def test_an_item_hangs_fifteen_days_or_names_its_special_rule(item):
    assert item.posting_days >= MIN_POSTING_DAYS or item.special_rule is not None


@every_item
def test_a_list_of_people_leaves_the_web_with_its_period(item):
    assert item.online is (Online.PERIOD if item.personal else Online.FOR_GOOD)


@every_item
def test_an_element_with_names_makes_the_item_personal(item):
    lists = [e for e in item.elements if re.search(r"(户主|对象|申请人|村民|成员户)姓名", e)]
    assert item.personal or not lists


def test_a_liaison_is_asked_for_few_things_each_quarter():
    village = CATALOG.items_for(set(PublisherKind) - {PublisherKind.TOWNSHIP})
    assert 8 <= len([i for i in village if i.time_limit.every is Every.QUARTER]) <= 12


def test_busy_villages_publish_their_accounts_monthly():
    busy = [item for item in CATALOG.items if item.busy_time_limit is not None]
    assert {"finance.quarterly_accounts", "collective.accounts"} <= {item.code for item in busy}
    for item in busy:
        assert item.time_limit.every is Every.QUARTER
        assert item.busy_time_limit.every is Every.MONTH
        assert item.busy_deadline_text


@pytest.mark.parametrize(
    ("code", "kind", "days", "unit", "posting"),
    [
        ("finance.quarterly_accounts", "recur", 15, "natural", (15, "natural")),
        ("affairs.meeting_decisions", "promptly", None, None, (15, "natural")),
        ("affairs.election_roll", "before_event", 20, "natural", (20, "natural")),
        ("affairs.public_works", "stage", None, None, (15, "natural")),
        ("government.low_income_review", "promptly", None, None, (7, "natural")),
        ("government.land_compensation", "promptly", 3, "natural", (30, "natural")),
        ("government.farmland_subsidy", "promptly", None, None, (15, "natural")),
        ("party.member_development", "promptly", None, None, (5, "working")),
        ("collective.annual_report", "before_event", 10, "natural", (15, "natural")),
        ("government.township_fiscal", "recur", 15, "natural", (15, "natural")),
    ],
)
def test_a_limit_is_what_the_rule_says(code, kind, days, unit, posting):
    item = _item(code)
    assert (item.time_limit.kind, item.time_limit.days, item.time_limit.unit) == (kind, days, unit)
    assert (item.posting_days, item.posting_unit) == posting


def test_public_works_are_told_before_during_and_after():
    assert [(e.phase.value, e.name) for e in _item("affairs.public_works").events] == [
        ("before", "项目方案形成"),
        ("during", "开工"),
        ("after", "竣工验收"),
    ]


# --- a fault names its place -------------------------------------------------------------------

ITEM = """\
version: "1"
title: 试用目录
in_force_from: 2026-01-01
items:
  - code: finance.quarterly_accounts
    title: 村级财务收支情况
    group: finance
    publisher: villagers_committee
    procedure: village
    elements: [期初结余, 收支明细, 期末结余]
    phases: [after]
    time_limit: {kind: recur, every: quarter, from: period_end, days: 15, unit: natural}
    deadline_text: 每季度结束后15日内
    posting: {days: 15, unit: natural}
    channels: [board, web]
    audience: village
    personal: false
    online: for_good
    bases:
      - {law: 中华人民共和国村民委员会组织法, version: 2025年修正, article: 第三十五条}
"""
RULE = "{kind: recur, every: quarter, from: period_end, days: 15, unit: natural}"
CODE = "finance.quarterly_accounts"


def test_the_small_catalog_is_sound_before_it_is_broken(tmp_path):
    file = tmp_path / "catalog.yaml"
    file.write_text(ITEM, encoding="utf-8")
    assert load_catalog(file).find(CODE) is not None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("    audience:", "    audiense:", 16, "unknown key 'audiense'"),
        ("    audience: village\n", "", 5, "key 'audience' is missing"),
        ("    audience: village", "    title: 再来一次", 16, "key 'title' stands twice"),
        (RULE, "{kind: recur, every: quarter, month: 4, day: 20}", 5, "month 4"),
        (RULE, "{kind: recur, days: 15, unit: natural}", 5, "needs `every`"),
        (RULE, "{kind: sometimes}", 5, "'sometimes'"),
        (RULE, "{kind: promptly}", 5, "needs events"),
        (RULE, "{kind: recur, every: quarter, dya: 20}", 5, "unknown key 'dya'"),
        ("{days: 15, unit: natural}\n    channels", "{days: 7, unit: natural}\n    channels", 5, "special_rule"),
        ("{days: 15, unit: natural}\n    channels", "{days: 一周, unit: natural}\n    channels", 14, "whole number"),
        ("personal: false", "personal: true", 5, "online: period"),
        ("personal: false", "personal: 否", 17, "true or false"),
        ("group: finance", "group: affairs", 5, "affairs.<topic>"),
        ("group: finance", "group: money", 5, "'money'"),
        ("procedure: village", "procedure: township", 5, "publisher township"),
        ("procedure: village", "procedure: collective", 5, "publisher collective"),
        (", article: 第三十五条", "", 20, "key 'article' is missing"),
        ("version: 2025年修正", "version: 2025", 20, "expected text"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_item(tmp_path, old, new, line, said):
    assert ITEM.count(old) == 1
    with pytest.raises(Misconfigured) as fault:
        _load(tmp_path, ITEM.replace(old, new))
    assert str(fault.value).startswith(f"{tmp_path / 'catalog.yaml'}, line {line}: {CODE}: ")
    assert said in str(fault.value)


LINE = """\
    objection:
      to: [election_committee]
      within: {days: 5, unit: natural}
      basis: {law: 中华人民共和国村民委员会组织法, version: 2025年修正, article: 第十七条}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("to: [election_committee]", "to: [election_comittee]", 5, "election_comittee is none of"),
        ("to: [election_committee]", "to: election_committee", 20, "expected a list"),
        ("to: [election_committee]", "to: []", 5, "names nobody"),
        ("days: 5", "days: 五", 21, "whole number"),
        ("days: 5", "days: 0", 5, "no 0 natural days"),
        ("unit: natural", "unit: weeks", 5, "weeks"),
        ("      basis:", "      at_any_time: 是\n      basis:", 22, "true or false"),
        ("      basis:", "      at_any_time: true\n      basis:", 5, "either within"),
        (", article: 第十七条", "", 22, "key 'article' is missing"),
    ],
)
def test_a_fault_in_a_line_on_objections_is_named_too(tmp_path, old, new, line, said):
    whole = ITEM.replace("    bases:", LINE + "    bases:")
    assert _load(tmp_path, whole).find(CODE).objection.to == ("election_committee",)
    with pytest.raises(Misconfigured) as fault:
        _load(tmp_path, whole.replace(LINE, LINE.replace(old, new)))
    assert str(fault.value).startswith(f"{tmp_path / 'catalog.yaml'}, line {line}: {CODE}: ")
    assert said in str(fault.value)


def test_a_repeated_code_is_named_where_it_stands_the_second_time(tmp_path):
    second = ITEM[ITEM.index("  - code:") :]
    with pytest.raises(Misconfigured, match=r"stands twice") as fault:
        _load(tmp_path, ITEM + second)
    assert f"catalog.yaml, line 21: {CODE}: " in str(fault.value)


def test_a_break_in_the_standard_catalog_itself_is_found(tmp_path):
    text = FILE.read_text(encoding="utf-8")
    start = text.index("- code: government.low_income_review")
    rule = text.index("    special_rule:", start)
    broken = text[:rule] + text[text.index("\n", rule) + 1 :]
    line = text[:start].count("\n") + 1
    with pytest.raises(Misconfigured, match="special_rule") as fault:
        _load(tmp_path, broken)
    assert f"line {line}: government.low_income_review: " in str(fault.value)


@pytest.mark.parametrize("text", ["", "items: [", "- 1", "version: '1'\ntitle: 空\n"])
def test_a_file_that_is_no_catalog_is_named(tmp_path, text):
    with pytest.raises(Misconfigured, match=r"catalog\.yaml"):
        _load(tmp_path, text)


def _load(folder: Path, text: str) -> Catalog:
    file = folder / "catalog.yaml"
    file.write_text(text, encoding="utf-8")
    return load_catalog(file)
