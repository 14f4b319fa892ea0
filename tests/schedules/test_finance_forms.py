"""The finance forms: what an item offers, and what a wrong file says."""

import re

import pytest
from support.finance import CATALOG, FILE, FORMS

from bulletin.domain.accounts.checks.account_checks import account_checks
from bulletin.domain.accounts.forms import offered, read_equation
from bulletin.domain.catalog.items import Group
from bulletin.domain.catalog.topics import topic_of
from bulletin.domain.errors import Misconfigured
from bulletin.domain.notices.content import Document
from bulletin.domain.notices.content_serialization import document_json, read_document
from bulletin.schedules.finance_forms import load_finance_forms

ISSUE = ["收支明细", "收益分配", "债权债务", "专项资金", "工程项目", "补贴名册", "资产发包"]


def titles(code: str, title: str, group: Group) -> list[str]:
    item = (code, title, topic_of(title, group).value)
    return [form.title for form in offered(FORMS, [item])]


def test_the_forms_are_those_that_villages_keep():
    assert [form.title for form in FORMS] == ISSUE


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("finance.quarterly_accounts", "收支明细"),
        ("collective.income_distribution", "收益分配"),
        ("collective.assets_and_debts", "债权债务"),
        ("finance.government_funds", "专项资金"),
        ("affairs.public_works", "工程项目"),
        ("government.farmland_subsidy", "补贴名册"),
        ("collective.asset_lease", "资产发包"),
    ],
)
def test_an_item_offers_its_own_form_first(code, first):
    item = CATALOG.find(code)
    assert item is not None
    assert titles(code, item.title, item.group)[0] == first


@pytest.mark.parametrize(
    ("title", "group", "form"),
    [
        ("村集体财务收支明细表", Group.FINANCE, "收支明细"),
        ("村级债权、债务清册", Group.FINANCE, "债权债务"),
        ("农村危房改造补助", Group.GOVERNMENT, "补贴名册"),
        ("机动地承包情况", Group.COLLECTIVE, "资产发包"),
        ("通村路硬化工程", Group.AFFAIRS, "工程项目"),
    ],
)
def test_an_item_of_a_countys_catalog_is_told_by_its_words(title, group, form):
    assert form in titles("county.17", title, group)


def test_what_is_not_about_money_offers_none():
    assert titles("affairs.village_rules", "村规民约", Group.AFFAIRS) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_an_empty_form_is_a_table_that_is_kept_as_it_is_and_has_no_difference(form):
    document = Document((form.table(),))
    assert read_document(document_json(document)) == document
    assert account_checks(document, FORMS) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: date", "kind: dat", "kind 'dat' is none of text"),
        ("label: 摘要", "label: 收入（元）", "is no column of words"),
        ("key: works", "key: subsidy_roll", "stands twice"),
        ("topics: [works]", "topics: [work]", "topic 'work' is none of"),
        ("items: [finance.quarterly", "items: [finance.quarter", "no item 'finance.quarter"),
        ("未付款（元） = 结算价（元）", "未付款（元） = 决算价（元）", "no column '决算价（元）'"),
        ("可分配收益 = 上期结转", "可分配收益 = 上期留转", "no line '上期留转'"),
        ("可分配收益 = 上期结转 + 本期收益", "可分配收益 上期结转", "write it as A = B"),
        ("{title: 位置, kind", "{title: 资产资源名称, kind", "a column stands twice"),
        ("total: 合计", "totals: 合计", "unknown key 'totals'"),
        ("  label: 摘要\n", "", "key 'label' is missing"),
    ],
)
def test_a_wrong_file_names_line_form_and_remedy(tmp_path, old, new, said):
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "forms.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Misconfigured, match=rf"forms.yaml, line \d+: .*{re.escape(said)}"):
        load_finance_forms(tmp_path / "forms.yaml", CATALOG)


@pytest.mark.parametrize("words", ["A", "= B", "A =", "A = B +", "A = B × × C"])
def test_what_is_no_equation_is_refused(words):
    with pytest.raises(ValueError, match="no equation"):
        read_equation(words)


def test_an_equation_is_said_back_as_it_is_read():
    equation = read_equation("期末余额 = 期初余额 + 面积 × 标准 - 本期减少")
    assert equation.words == "期初余额＋面积×标准－本期减少"
