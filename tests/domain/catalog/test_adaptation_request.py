"""What an administrator asks of a catalog: own times in own words, additions, marks."""

from dataclasses import replace

import pytest
from support.paths import SCHEDULES

from bulletin.domain.catalog.adaptation import (
    Adaptation,
    Change,
    adaptation_json,
    adopt,
    marked_obligatory,
    read_adaptation,
)
from bulletin.domain.catalog.adaptation_request import AdaptationRequest, NewItem, apply_request
from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.errors import Refused
from bulletin.schedules.catalog import load_catalog

CATALOG = load_catalog(SCHEDULES / "catalog.yaml")
ACCOUNTS = "finance.quarterly_accounts"
LEVY = "affairs.levy"
NOTHING = Adaptation()
POLES = NewItem(
    "路灯电费", "每季度第一个月15日前", ("度数", "金额"), PublisherKind.VILLAGERS_COMMITTEE
)


def test_an_own_time_is_typed_in_own_words():
    request = AdaptationRequest(times={ACCOUNTS: "每季度第一个月10日前"})
    item = adopt(CATALOG, apply_request(NOTHING, CATALOG, request)).find(ACCOUNTS)
    assert item.deadline_text == "每季度第一个月10日前"
    assert item.time_limit == TimeLimit("recur", Every.QUARTER, 1, 10, "before")


def test_the_catalogs_own_words_change_nothing():
    times = {item.code: item.deadline_text for item in CATALOG.items}
    days = {item.code: item.posting_days for item in CATALOG.items}
    assert apply_request(NOTHING, CATALOG, AdaptationRequest(times=times, days=days)) == NOTHING


def test_what_was_changed_before_and_is_left_alone_stays():
    limit = TimeLimit("recur", Every.QUARTER, 2, 7, "on")
    before = Adaptation(changed={ACCOUNTS: Change(limit, "按村里的老规矩", elements=("加一条",))})
    request = AdaptationRequest(times={ACCOUNTS: "按村里的老规矩"})
    assert apply_request(before, CATALOG, request) == before


@pytest.mark.parametrize(
    ("times", "codes"),
    [
        ({ACCOUNTS: "看情况"}, ("time_unread",)),
        ({ACCOUNTS: "每季度一次；每年12月底前"}, ("time_unread",)),
        ({ACCOUNTS: "收到批复后5日内"}, ("time_of_another_kind",)),
        ({LEVY: "每月10日"}, ("time_of_another_kind",)),
        ({ACCOUNTS: "看情况", LEVY: "每月10日"}, ("time_of_another_kind", "time_unread")),
    ],
)
def test_a_time_that_cannot_be_read_is_refused_with_every_other(times, codes):
    with pytest.raises(Refused) as refused:
        apply_request(NOTHING, CATALOG, AdaptationRequest(times=times))
    assert tuple(sorted(refused.value.codes)) == codes


def test_an_item_is_added_by_hand_and_taken_away_again():
    added = apply_request(NOTHING, CATALOG, AdaptationRequest(new=POLES))
    (item,) = added.added
    assert (item.title, item.elements, item.time_limit.day) == ("路灯电费", ("度数", "金额"), 15)
    assert adopt(CATALOG, added).find(item.code) is not None
    assert apply_request(added, CATALOG, AdaptationRequest()).added == (item,)
    assert (
        apply_request(added, CATALOG, AdaptationRequest(removed=frozenset({item.code}))).added == ()
    )


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(POLES, title=""), "title_missing"),
        (replace(POLES, time="有空的时候"), "time_unread"),
    ],
)
def test_an_addition_needs_a_name_and_a_time(new, code):
    with pytest.raises(Refused) as refused:
        apply_request(NOTHING, CATALOG, AdaptationRequest(new=new))
    assert refused.value.codes == (code,)


def test_what_the_township_marks_cannot_be_dropped():
    optional = next(item.code for item in CATALOG.items if not item.obligatory)
    adopt(CATALOG, Adaptation(dropped={optional: "本村没有"}))
    with pytest.raises(Refused):
        adopt(marked_obligatory(CATALOG, {optional}), Adaptation(dropped={optional: "本村没有"}))


def test_the_marks_are_kept_with_the_adoption():
    marked = Adaptation(obligatory=frozenset({LEVY}))
    assert read_adaptation(adaptation_json(marked)) == marked
    old = {k: v for k, v in adaptation_json(NOTHING).items() if k != "obligatory"}
    assert read_adaptation(old) == NOTHING
