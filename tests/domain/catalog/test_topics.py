"""The one word that the band of a sheet says of a notice."""

import csv
from datetime import date

import pytest
import yaml
from support.paths import MATERIAL, SCHEDULES

from bulletin.domain.catalog.items import Catalog, Group
from bulletin.domain.catalog.row_to_item import draft_item
from bulletin.domain.catalog.rows import CatalogRow
from bulletin.domain.catalog.topics import Topic, topic_of
from bulletin.schedules.catalog import load_catalog

EMPTY = Catalog("", "", date(2026, 1, 1), ())
ROWS = yaml.safe_load((MATERIAL / "catalogs" / "rows.yaml").read_text(encoding="utf-8"))


def _imported():
    for rows in ROWS.values():
        for row in rows:
            read = {key: row[key] for key in ("category", "publisher") if key in row}
            yield draft_item(CatalogRow("第2行", (row["title"],), **read), EMPTY).item


def test_every_item_of_every_published_catalog_is_what_a_person_says_it_is():
    with (MATERIAL / "catalog_topics.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["title"]: row["topic"] for row in csv.DictReader(file)}
    items = [*load_catalog(SCHEDULES / "catalog.yaml").items, *_imported()]
    assert {item.title: topic_of(item.title, item.group).label for item in items} == expected


@pytest.mark.parametrize(
    ("title", "group", "topic"),
    [
        ("选举经费收支情况", Group.AFFAIRS, Topic.FINANCE),
        ("换届审计结果", Group.AFFAIRS, Topic.FINANCE),
        ("党支部换届选举结果", Group.PARTY, Topic.ELECTION),
        ("误工补贴发放表", Group.FINANCE, Topic.FINANCE),
        ("村干部补贴发放情况", Group.AFFAIRS, Topic.FINANCE),
        ("种粮补贴发放表", Group.FINANCE, Topic.SUBSIDY),
        ("补贴项目一览", Group.GOVERNMENT, Topic.SUBSIDY),
        ("危房改造工程竣工验收名单", Group.AFFAIRS, Topic.SUBSIDY),
        ("道路硬化补助资金使用情况", Group.AFFAIRS, Topic.WORKS),
        ("低收入家庭认定公示", Group.GOVERNMENT, Topic.SUBSIDY),
        ("支出型困难家庭认定公示", Group.GOVERNMENT, Topic.SUBSIDY),
        ("股份分红", Group.COLLECTIVE, Topic.FINANCE),
        ("水费收缴", Group.AFFAIRS, Topic.FINANCE),
        ("审批服务项目清单", Group.GOVERNMENT, Topic.GOVERNMENT),
        ("党费收缴", Group.PARTY, Topic.PARTY),
        ("", Group.COLLECTIVE, Topic.COLLECTIVE),
    ],
)
def test_money_and_votes_are_found_in_whatever_group_a_county_files_them(title, group, topic):
    assert topic_of(title, group) is topic
