"""The notices of the demo township are whole, add up, and tell their stories by the rules."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from bulletin.domain.authority import EditionFacts, refusals
from bulletin.domain.content import Document, Table, read_document, texts
from bulletin.domain.days import day_words
from bulletin.domain.people import Actor, Role
from bulletin.domain.privacy import scan_document
from bulletin.domain.workflow import STEP_OF_STATE, Act, State, state_after

SCHEDULES = Path(__file__).parents[2] / "schedules"
DEMO = SCHEDULES / "demo"
TOWNSHIP: dict[str, Any] = yaml.safe_load((DEMO / "township.yaml").read_text(encoding="utf-8"))
NOTICES: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((DEMO / "notices").glob("*.yaml"))
}
CATALOG = {
    item["code"]: item
    for item in yaml.safe_load((SCHEDULES / "catalog.yaml").read_text(encoding="utf-8"))["items"]
}
PROCEDURES = yaml.safe_load((SCHEDULES / "procedures.yaml").read_text(encoding="utf-8"))
VILLAGES = {village["name"]: village for village in TOWNSHIP["villages"]}
PEOPLE = {person["login"]: person for person in TOWNSHIP["people"]}
SHOWN = {
    "draft", "sent_back", "in_review", "scheduled", "current", "corrected",
    "taken_down", "period_over", "period_over_personal", "cancelled", "forced",
}  # fmt: skip
NAME_COLUMNS = {"姓名", "户主姓名", "申请户主", "被评议人", "负责人"}
SOME_DAYS = (date(2026, 11, 23), date(2027, 1, 1), date(2028, 3, 1))
every_notice = pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)


def _filling(notice: dict[str, Any], today: date) -> dict[str, object]:
    begun_on = today - timedelta(days=notice["story"]["acts"][0]["days_ago"])
    days = {f"ago_{n}": day_words(today - timedelta(days=n)) for n in range(1501)}
    days |= {f"in_{n}": day_words(today + timedelta(days=n)) for n in range(1, 61)}
    return {"year": begun_on.year, **days, **_period(notice["period"], begun_on)}


def _period(period: str, begun_on: date) -> dict[str, object]:
    match period:
        case "last_quarter":
            year, quarter = divmod(begun_on.year * 4 + (begun_on.month - 1) // 3 - 1, 4)
            months = {f"m{n}": quarter * 3 + n for n in (1, 2, 3)}
            return {"period_label": f"{year}年第{'一二三四'[quarter]}季度", **months}
        case "last_month":
            year, month = divmod(begun_on.year * 12 + begun_on.month - 2, 12)
            return {"period_label": f"{year}年{month + 1}月", "m1": month + 1}
        case "this_year" | "last_year":
            return {"period_label": f"{begun_on.year - (period == 'last_year')}年度"}
        case _:
            return {}


def _fill(raw: Any, filling: dict[str, object]) -> Any:
    if isinstance(raw, str):
        return raw.format(**filling)
    if isinstance(raw, list):
        return [_fill(part, filling) for part in raw]
    if isinstance(raw, dict):
        return {key: _fill(part, filling) for key, part in raw.items()}
    return raw


def _documents(notice: dict[str, Any], today: date = SOME_DAYS[0]) -> list[Document]:
    filling = _filling(notice, today)
    contents = [
        notice["blocks"],
        *([notice["corrected_blocks"]] if "corrected_blocks" in notice else []),
    ]
    return [read_document({"blocks": _fill(content, filling)}) for content in contents]


def _tables(notice: dict[str, Any]) -> list[Table]:
    return [b for doc in _documents(notice) for b in doc.blocks if isinstance(b, Table)]


def _sum(cells: Any) -> Decimal:
    return sum((Decimal(cell) for cell in cells if cell), Decimal(0))


# --- the township ------------------------------------------------------------------------------


def test_the_township_has_its_seventeen_villages_with_their_codes():
    codes = [village["code"] for village in TOWNSHIP["villages"]]
    assert codes == [f"{TOWNSHIP['code']}{number}" for number in range(200, 217)]
    assert VILLAGES["张家村"]["code"] == "630223202214"


def test_every_phone_lies_in_the_invented_block():
    phones = [TOWNSHIP["phone"], *(village["phone"] for village in TOWNSHIP["villages"])]
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"0972-8320\d{3}", phone) for phone in phones)


def test_people_are_invented_and_each_holds_one_post():
    assert len(PEOPLE) == len(TOWNSHIP["people"]) == len({p["name"] for p in PEOPLE.values()})
    assert all("示例" in person["name"] for person in PEOPLE.values())
    assert {Role(person["role"]) for person in PEOPLE.values()} == set(Role)
    assert all(person["village"] in {None, *VILLAGES} for person in PEOPLE.values())
    in_zhangjia = {p["role"] for p in PEOPLE.values() if p["village"] == "张家村"}
    assert in_zhangjia == {"liaison", "supervisor", "village_head"}


# --- the notices -------------------------------------------------------------------------------


def test_every_state_of_a_notice_is_there_to_look_at():
    assert {notice["story"]["shows"] for notice in NOTICES.values()} == SHOWN
    assert {State(notice["story"]["state"]) for notice in NOTICES.values()} == set(State)


def test_the_notices_come_from_many_villages_and_most_of_them_from_zhangjia():
    places = [notice["village"] for notice in NOTICES.values()]
    assert set(places) <= {None, *VILLAGES}
    assert len(set(places)) > 6
    assert places.count("张家村") >= 8


@every_notice
def test_its_items_are_in_the_catalog(notice):
    assert notice["items"]
    assert set(notice["items"]) <= set(CATALOG)


@every_notice
@pytest.mark.parametrize("today", SOME_DAYS, ids=str)
def test_its_content_is_whole_on_any_day(notice, today):
    for document in _documents(notice, today):
        assert not document.is_empty
        assert not [text for text in texts(document) if re.search(r"[{}]", text)]
    assert not re.search(r"[{}]", _fill(notice["title"], _filling(notice, today)))


@every_notice
def test_its_sums_are_right(notice):
    for table in _tables(notice):
        for place, column in enumerate(table.columns):
            total = table.footer[place] if table.footer else ""
            if total and column.kind in ("money", "number") and not column.title.startswith("结余"):
                assert _sum(row[place] for row in table.rows) == Decimal(total), column.title


@every_notice
def test_it_holds_no_personal_data_and_every_name_is_marked(notice):
    for document in _documents(notice):
        assert not scan_document(document, notice["title"], frozenset())
    for table in _tables(notice):
        for place, column in enumerate(table.columns):
            if column.title in NAME_COLUMNS:
                assert all("示例" in row[place] for row in table.rows)


@pytest.mark.parametrize(
    ("slug", "opening"),
    [("zhangjia-ledger", "86432.57"), ("shangzhai-monthly-accounts", "52318.40")],
)
def test_a_ledger_balances_row_by_row_to_the_cent(slug, opening):
    (document,) = _documents(NOTICES[slug])
    (ledger,) = _tables(NOTICES[slug])
    balance = Decimal(opening)
    for _, _, _, income, expense, shown in ledger.rows:
        balance += _sum([income]) - _sum([expense])
        assert Decimal(shown) == balance
    assert ledger.footer is not None
    _, _, _, income, expense, closing = ledger.footer
    assert Decimal(closing) == balance
    told = "".join(text for text in texts(document) if "结余" in text)
    assert all(f"{amount}元" in told for amount in (opening, income, expense, closing))


def test_the_quarter_of_zhangjia_has_139_rows_and_its_smallest_is_24_yuan():
    (ledger,) = _tables(NOTICES["zhangjia-ledger"])
    assert [row[0] for row in ledger.rows] == [str(number) for number in range(1, 140)]
    assert min(_sum(row[3:5]) for row in ledger.rows) == 24
    days = [(int(row[1].split("月")[0]), int(row[1].split("月")[1][:-1])) for row in ledger.rows]
    assert days == sorted(days)


def test_a_subsidy_is_its_area_times_its_rate():
    (subsidies,) = _tables(NOTICES["baima-farmland-subsidy"])
    assert len(subsidies.rows) == 40
    for _, _, _, area, rate, amount in subsidies.rows:
        assert Decimal(area) * Decimal(rate) == Decimal(amount)


def test_the_election_roll_names_sixty_voters_twenty_days_before_the_day():
    (roll,) = _tables(NOTICES["jiake-election-roll"])
    assert len({row[1] for row in roll.rows}) == 60
    story = NOTICES["jiake-election-roll"]
    published = next(a["days_ago"] for a in story["story"]["acts"] if a["act"] == "confirm")
    assert published + story["event"]["in_days"] >= 20


def test_the_road_is_one_matter_before_during_and_after():
    phases = [
        n["matter"] for n in NOTICES.values() if n.get("matter", {}).get("slug") == "zhangjia-road"
    ]
    assert len({matter["name"] for matter in phases}) == 1
    assert {matter["phase"] for matter in phases} == {"before", "during", "after"}
