"""What a village may make of the catalog, and what it may not."""

from dataclasses import replace

import pytest
from support.paths import SCHEDULES

from bulletin.domain.catalog.adaptation import (
    Adaptation,
    Change,
    adaptation_json,
    adopt,
    read_adaptation,
)
from bulletin.domain.catalog.items import faults
from bulletin.domain.catalog.serialization import catalog_json, read_catalog
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.errors import Refused
from bulletin.schedules.catalog import load_catalog

CATALOG = load_catalog(SCHEDULES / "catalog.yaml")
ACCOUNTS = "finance.quarterly_accounts"
LOOSE = replace(
    CATALOG, items=tuple(replace(item, obligatory=item.code == ACCOUNTS) for item in CATALOG.items)
)


@pytest.mark.parametrize(
    ("adaptation", "code"),
    [
        (Adaptation(dropped={ACCOUNTS: "没有"}), "obligatory"),
        (Adaptation(dropped={"affairs.levy": " "}), "reason_missing"),
        (Adaptation(dropped={"affairs.nothing": "没有"}), "unknown_item"),
        (Adaptation(changed={"affairs.nothing": Change()}), "unknown_item"),
        (Adaptation(changed={ACCOUNTS: Change(posting_days=7)}), "posting_too_short"),
        (Adaptation(added=(CATALOG.items[0],)), "item_exists"),
        (
            Adaptation(added=(replace(CATALOG.items[0], code="party.own", bases=()),)),
            "item_unsound",
        ),
    ],
)
def test_a_change_that_the_catalog_does_not_bear_is_refused(adaptation, code):
    with pytest.raises(Refused) as refused:
        adopt(LOOSE, adaptation)
    assert refused.value.codes == (code,)


def test_a_village_drops_adds_and_prolongs():
    own = replace(CATALOG.items[0], code="party.own", title="本村自己的一项")
    adaptation = Adaptation(
        dropped={"affairs.levy": "本村没有筹资筹劳"},
        changed={ACCOUNTS: Change(posting_days=30, elements=("老年饭桌收支",))},
        added=(own,),
    )
    adopted = adopt(LOOSE, adaptation)
    assert adopted.find("affairs.levy") is None
    assert adopted.find("party.own").title == "本村自己的一项"
    assert adopted.find(ACCOUNTS).posting_days == 30
    assert adopted.find(ACCOUNTS).elements[-1] == "老年饭桌收支"


def test_busy_finances_turn_the_quarter_into_the_month_and_nothing_else():
    adopted = adopt(CATALOG, Adaptation(busy_finances=True))
    turned = [i.code for i in CATALOG.items if adopted.find(i.code).time_limit != i.time_limit]
    assert ACCOUNTS in turned
    assert turned == [item.code for item in CATALOG.items if item.busy_time_limit]
    assert adopted.find(ACCOUNTS).time_limit.every is Every.MONTH


def test_what_is_kept_reads_back_unchanged():
    adaptation = Adaptation(
        {"affairs.levy": "没有"},
        {ACCOUNTS: Change(TimeLimit("recur", Every.MONTH), "每月", 20, ("一",))},
        (CATALOG.items[3],),
        busy_finances=True,
    )
    assert read_adaptation(adaptation_json(adaptation)) == adaptation
    assert read_catalog(catalog_json(CATALOG)) == CATALOG


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "affairs.accounts"}, "finance.<topic>"),
        ({"posting_days": 7}, "special_rule"),
        ({"posting_unit": "lunar"}, "lunar"),
        ({"personal": True}, "online: period"),
        ({"procedure": "none"}, "none of"),
        ({"procedure": "township"}, "publisher township"),
        ({"elements": ()}, "elements"),
        ({"bases": ()}, "legal basis"),
        ({"time_limit": TimeLimit("promptly")}, "needs events"),
        ({"busy_time_limit": TimeLimit("promptly")}, "must recur"),
    ],
)
def test_an_unsound_item_says_what_is_wrong(change, said):
    item = CATALOG.find(ACCOUNTS)
    assert faults(item) == []
    assert any(said in fault for fault in faults(replace(item, **change)))
