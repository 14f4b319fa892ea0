"""What the law's text says of single items: who, by when, for how long, through whose hands."""

from dataclasses import replace
from datetime import date

import pytest
from support.paths import SCHEDULES

from bulletin.domain.catalog.items import Catalog, DisclosureItem, Phase, PublisherKind
from bulletin.domain.catalog.usual_objections import line_of
from bulletin.domain.deadlines.rules import due_date
from bulletin.domain.duties.matters import MatterKind
from bulletin.domain.errors import Misconfigured
from bulletin.domain.objections.lines import ObjectionLine
from bulletin.domain.people import Role
from bulletin.schedules.calendar import load_calendar
from bulletin.schedules.catalog import load_catalog
from bulletin.schedules.matters import load_matters
from bulletin.schedules.procedures import load_procedures

CATALOG: Catalog = load_catalog(SCHEDULES / "catalog.yaml")
MATTERS: dict[str, MatterKind] = {
    kind.key: kind for kind in load_matters(SCHEDULES / "matters.yaml", CATALOG)
}
PROCEDURES = load_procedures(SCHEDULES / "procedures.yaml")
CALENDAR = load_calendar(SCHEDULES / "holidays")
ORGANIC, RELIEF = "中华人民共和国村民委员会组织法", "社会救助暂行办法"
LAND, LAND_RULES = "中华人民共和国土地管理法", "中华人民共和国土地管理法实施条例"
OPENNESS = "中华人民共和国政府信息公开条例"
PLANNING = "中华人民共和国城乡规划法"
COMMITTEE, COLLECTIVE = "villagers_committee", "collective"
NATURAL_15 = (15, "natural")
LAND_STEPS = (
    "land_preannouncement land_compensation land_announcement"
    " land_compensation_income land_compensation_income"
)


def _item(code: str) -> DisclosureItem:
    item = CATALOG.find(code)
    assert item is not None, code
    return item


def _due(code: str, phase: str, event_on: date) -> date:
    deadline = due_date(_item(code).limit_of(Phase(phase)), CALENDAR, event_on=event_on)
    assert deadline is not None
    return deadline.due_on


@pytest.mark.parametrize(
    ("code", "law", "article"),
    [
        ("party.member_development", "中国共产党党务公开条例（试行）", "第十一条"),
        ("party.member_development", "当地做法", ""),
        ("affairs.election_results", ORGANIC, "第十八条"),  # 选举结果应当当场公布
        ("affairs.election_proxies", ORGANIC, "第十八条"),  # 应当公布委托人和受委托人的名单
        ("affairs.election_roll", ORGANIC, "第十七条"),
        ("affairs.group_decisions", ORGANIC, "第三十二条"),  # 所作决定及实施情况应当及时公布
        ("finance.term_audit", ORGANIC, "第四十条"),
        ("government.low_income_review", RELIEF, "第十一条"),
        ("government.destitute_support", RELIEF, "第十六条"),  # 审批程序适用第十一条
        ("government.destitute_support", RELIEF, "第十一条"),
        ("government.destitute_support", RELIEF, "第十八条"),  # 终止供养并予以公示
        ("government.medical_relief", RELIEF, "第三十条"),
        ("government.temporary_relief_review", RELIEF, "第四十八条"),
        ("government.housing_renovation", RELIEF, "第四十条"),
        ("government.disaster_relief", "自然灾害救助条例", "第二十六条"),
        ("government.disability_subsidy", ORGANIC, "第三十五条"),
        ("government.land_preannouncement", LAND_RULES, "第二十六条"),
        ("government.land_compensation", LAND_RULES, "第二十八条"),
        ("government.land_announcement", LAND_RULES, "第三十一条"),
        ("government.homestead", LAND_RULES, "第三十四条"),
        ("government.township_village_plan", OPENNESS, "第二十六条"),
        ("government.township_village_plan", PLANNING, "第二十六条"),
        ("collective.accounts", "中华人民共和国农村集体经济组织法", "第四十五条"),
        ("collective.annual_report", "中华人民共和国农村集体经济组织法", "第四十六条"),
        ("collective.land_compensation_income", LAND, "第四十九条"),
    ],
)
def test_an_item_rests_on_the_article_that_asks_for_it(code, law, article):
    assert (law, article) in {(basis.law, basis.article) for basis in _item(code).bases}


@pytest.mark.parametrize(
    ("code", "publisher", "procedure", "phases", "posting", "personal"),
    [
        ("party.member_development", "party_branch", "village", "before", (5, "working"), True),
        ("government.low_income_review", COMMITTEE, "assisted", "before after", (7, "natural"), True),
        ("government.destitute_support", COMMITTEE, "assisted", "before after", (7, "natural"), True),
        ("government.medical_relief", COMMITTEE, "assisted", "before", NATURAL_15, True),
        ("government.temporary_relief_review", COMMITTEE, "assisted", "before", NATURAL_15, True),
        ("government.disability_subsidy", COMMITTEE, "assisted", "after", NATURAL_15, False),
        ("government.homestead", COLLECTIVE, "collective", "before after", NATURAL_15, True),
        ("government.land_preannouncement", COMMITTEE, "village", "before", (15, "working"), False),
        ("government.land_compensation", COMMITTEE, "village", "before", (30, "natural"), False),
        ("government.land_announcement", COMMITTEE, "village", "during", NATURAL_15, False),
        ("government.township_village_plan", "township", "township", "before after", (30, "natural"), False),
        ("affairs.election_proxies", "election_committee", "village", "before", NATURAL_15, True),
        ("affairs.election_results", "election_committee", "village", "after", NATURAL_15, False),
        ("affairs.group_decisions", COMMITTEE, "village", "before after", NATURAL_15, False),
        ("finance.term_audit", COMMITTEE, "village", "before after", NATURAL_15, False),
    ],
)  # fmt: skip
def test_an_item_goes_through_the_hands_that_the_law_names(
    code, publisher, procedure, phases, posting, personal
):
    item = _item(code)
    assert (item.publisher.value, item.procedure, item.personal) == (publisher, procedure, personal)
    assert " ".join(phase.value for phase in item.phases) == phases
    assert (item.posting_days, item.posting_unit) == posting


@pytest.mark.parametrize(
    ("code", "phase", "event_on", "due_on"),
    [
        # 当场公布: the day itself
        ("affairs.election_results", "after", date(2026, 12, 19), date(2026, 12, 19)),
        # before the election: its eve at the latest
        ("affairs.election_proxies", "before", date(2026, 12, 19), date(2026, 12, 18)),
        ("finance.term_audit", "before", date(2026, 12, 19), date(2026, 12, 18)),
        ("affairs.election_roll", "before", date(2026, 12, 19), date(2026, 11, 29)),
        # a term's audit counts from its paper: 及时, ten days
        ("finance.term_audit", "after", date(2026, 6, 1), date(2026, 6, 11)),
        # papers of the county hang within one to three days
        ("government.land_preannouncement", "before", date(2026, 6, 1), date(2026, 6, 2)),
        ("government.land_compensation", "before", date(2026, 6, 1), date(2026, 6, 4)),
        ("government.land_announcement", "during", date(2026, 6, 1), date(2026, 6, 4)),
        # promptly at each stage, not by the quarter and not after ten working days
        ("government.low_income_review", "before", date(2026, 6, 1), date(2026, 6, 11)),
        ("government.low_income_review", "after", date(2026, 6, 1), date(2026, 6, 11)),
        ("government.destitute_support", "before", date(2026, 6, 1), date(2026, 6, 11)),
        ("government.destitute_support", "after", date(2026, 6, 1), date(2026, 6, 11)),
        # a plan's draft promptly; twenty working days from its approval, Monday to Monday
        ("government.township_village_plan", "before", date(2026, 7, 6), date(2026, 7, 16)),
        ("government.township_village_plan", "after", date(2026, 7, 6), date(2026, 8, 3)),
    ],
)
def test_an_event_makes_it_due_on_the_day_that_the_law_says(code, phase, event_on, due_on):
    assert _due(code, phase, event_on) == due_on


def test_a_liaison_reads_both_counts_of_the_low_income_notice():
    words = _item("government.low_income_review").deadline_text
    assert "公示7日" in words
    assert "7个工作日" in words


def test_five_working_days_for_new_party_members_are_told_as_practice():
    item = _item("party.member_development")
    assert item.special_rule is not None
    assert item.special_rule.is_practice
    assert "当地" in item.deadline_text


def test_disabled_persons_are_counted_and_not_named():
    item = _item("government.disability_subsidy")
    assert not [element for element in item.elements if "姓名" in element]


# --- the collective ----------------------------------------------------------------------------


def test_what_a_collective_publishes_its_own_board_of_supervisors_examines():
    owed = CATALOG.items_for({PublisherKind.COLLECTIVE})
    assert len(owed) >= 10
    assert {item.procedure for item in owed} == {"collective"}
    steps = [(step.role, step.body) for step in PROCEDURES["collective"].steps]
    assert steps == [(Role.SUPERVISOR, "监事会"), (Role.VILLAGE_HEAD, "理事会")]


def test_the_procedure_of_the_collective_is_for_nobody_else():
    others = CATALOG.items_for(set(PublisherKind) - {PublisherKind.COLLECTIVE})
    assert "collective" not in {item.procedure for item in others}


# --- matters follow ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        ("land_expropriation", LAND_STEPS),
        ("election", "election_roll term_audit election_candidates election_proxies election_results"),
        ("destitute_support", "destitute_support destitute_support"),
        ("low_income_review", "low_income_review low_income_review"),
    ],
)  # fmt: skip
def test_a_matter_asks_for_every_notice_of_its_way(kind, items):
    assert [phase.item.split(".")[1] for phase in MATTERS[kind].phases] == items.split()


@pytest.mark.parametrize("kind", ["low_income_review", "destitute_support"])
def test_an_approval_hangs_for_the_fifteen_days_of_the_organic_law(kind):
    asked, approved = MATTERS[kind].phases
    assert (asked.posting_days, approved.posting_days) == (None, 15)


@pytest.mark.parametrize("kind", MATTERS.values(), ids=lambda kind: kind.key)
def test_a_step_that_its_item_dates_has_the_limit_of_the_item(kind):
    for phase in kind.phases:
        item = _item(phase.item)
        assert phase.time_limit is None or not item.waits_for_event
        assert phase.phase in item.phases or item.time_limit.kind in {"promptly", "stage"}


# --- whom residents tell ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words", "law", "article"),
    [
        # 自名单公布之日起五日内向村民选举委员会申诉 … 三日内作出处理决定
        ("affairs.election_roll", "自公布起5日内向村民选举委员会提出，3日内答复", ORGANIC, "第十七条"),
        ("affairs.election_results", "公示期内向村民选举委员会提出，10日内答复", ORGANIC, "第十五条"),
        ("affairs.supervision_report", "公示期内向乡镇政府提出，10日内答复", ORGANIC, "第三十六条"),
        ("finance.quarterly_accounts", "公示期内向村务监督委员会提出，10日内答复", ORGANIC, "第三十七条"),
        ("party.member_development", "公示期内向村党组织或乡镇党委提出，10日内答复", "当地做法", ""),
        ("collective.accounts", "公示期内向集体经济组织监事会提出，10日内答复",
         "中华人民共和国农村集体经济组织法", "第三十二条"),
        ("government.low_income_review", "公示期内向乡镇政府或村务监督委员会提出，10日内答复", RELIEF, "第十一条"),
        ("government.medical_relief", "公示期内向乡镇政府或村务监督委员会提出，10日内答复", RELIEF, "第三十条"),
        ("government.land_compensation", "公示期内向县级人民政府提出，10日内答复", LAND_RULES, "第二十八条"),
        ("government.township_fiscal", "公示期内向乡镇政府提出，10日内答复", "当地做法", ""),
    ],
)  # fmt: skip
def test_objections_go_to_whom_the_law_names(code, words, law, article):
    item = _item(code)
    line = line_of(item, CATALOG, personal=item.personal)
    assert line.words(10) == words
    assert (line.basis.law, line.basis.article) == (law, article)


@pytest.mark.parametrize("item", CATALOG.items, ids=lambda item: item.code)
def test_every_line_on_objections_names_its_article_or_says_that_it_is_practice(item):
    basis = line_of(item, CATALOG, personal=item.personal).basis
    assert basis.version
    assert bool(basis.article) != basis.is_practice


@pytest.mark.parametrize("item", CATALOG.items, ids=lambda item: item.code)
def test_the_supervision_committee_watches_over_the_villagers_committee_alone(item):
    bodies = line_of(item, CATALOG, personal=item.personal).to
    if item.publisher.value != COMMITTEE:
        assert "supervision_committee" not in bodies


def test_an_older_catalog_that_says_nothing_follows_the_law_all_the_same():
    bare = replace(_item("affairs.election_roll"), objection=None)
    assert line_of(bare, CATALOG, personal=True) == _item("affairs.election_roll").objection
    own = ObjectionLine(to=("县民政局",))
    assert line_of(replace(bare, objection=own), CATALOG, personal=True) == own
    unknown = replace(bare, code="affairs.x1234567890")
    assert line_of(unknown, CATALOG, personal=True).to == ("election_committee",)


# --- what serves a day ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "event", "article"),
    [
        ("affairs.election_roll", "选举日", "第十七条"),
        ("affairs.election_candidates", "选举日", "第十八条"),
        ("affairs.election_proxies", "选举日", "第十八条"),
        ("finance.term_audit", "下一届村民委员会选举日", "第四十条"),
        ("collective.annual_report", "成员大会、成员代表大会召开", "第四十六条"),
        ("affairs.village_rules", "村民会议通过", "第三十一条"),
    ],
)
def test_what_serves_a_day_stays_until_that_day(code, event, article):
    item = _item(code)
    assert item.posting_until == event
    assert article in {basis.article for basis in item.bases}


def test_nothing_else_that_is_due_before_an_event_ends_without_it():
    before = {item.code for item in CATALOG.items if item.time_limit.kind == "before_event"}
    assert all(_item(code).posting_until == _item(code).time_limit.event for code in before)


def test_a_posting_until_an_event_that_no_matter_knows_is_refused():
    roll = replace(_item("affairs.election_roll"), posting_until="投票日")
    with pytest.raises(Misconfigured, match="投票日"):
        load_matters(SCHEDULES / "matters.yaml", replace(CATALOG, items=(*_others(roll), roll)))


def _others(item):
    return [each for each in CATALOG.items if each.code != item.code]
