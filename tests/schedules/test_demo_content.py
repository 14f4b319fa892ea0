"""The notices of the demo township are whole, add up, and tell their stories by the rules."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml
from support.paths import SCHEDULES

from bulletin.domain.catalog.usual_objections import line_of
from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.feedback.kinds import FeedbackKind
from bulletin.domain.notices.content import Document, Table, texts
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.permissions import EditionFacts, refusals
from bulletin.domain.notices.procedures import Procedure, strictest
from bulletin.domain.notices.workflow import STEP_OF_STATE, Act, State, state_after, state_at
from bulletin.domain.objections.contradictions import Foot, contradictions
from bulletin.domain.objections.lines import printed_line
from bulletin.domain.people import TOWNSHIP_ROLES, VILLAGE_ROLES, Actor, Role
from bulletin.domain.privacy.scan import scan_document, scan_text
from bulletin.schedules.catalog import load_catalog
from bulletin.schedules.demo import DemoAct, DemoNotice, load_demo
from bulletin.schedules.procedures import load_procedures

DEMO = SCHEDULES / "demo"
RAW: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((DEMO / "notices").glob("*.yaml"))
}
CATALOG = load_catalog(SCHEDULES / "catalog.yaml")
PROCEDURES = load_procedures(SCHEDULES / "procedures.yaml")
SOME_DAYS = (date(2026, 11, 23), date(2027, 1, 1), date(2028, 3, 1))
TOWNSHIP, NOTICES = (
    (loaded := load_demo(DEMO, SOME_DAYS[0])).facts,
    {notice.slug: notice for notice in loaded.notices},
)
VILLAGES = {village["name"]: village for village in TOWNSHIP["villages"]}
PEOPLE = {person["login"]: person for person in TOWNSHIP["people"]}
BOARDS = {
    None: {board["name"] for board in TOWNSHIP["boards"]},
    **{name: {b["name"] for b in village["boards"]} for name, village in VILLAGES.items()},
}
SHOWN = {
    "draft", "sent_back", "in_review", "scheduled", "current", "corrected",
    "taken_down", "period_over", "period_over_personal", "cancelled", "forced",
}  # fmt: skip
NAME_COLUMNS = {"姓名", "户主姓名", "申请户主", "被评议人", "负责人"}
every_notice = pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)


def _documents(notice: DemoNotice) -> list[Document]:
    return [read_document(raw) for raw in (notice.document, notice.corrected) if raw is not None]


def _tables(notice: DemoNotice) -> list[Table]:
    return [b for doc in _documents(notice) for b in doc.blocks if isinstance(b, Table)]


def _sum(cells: Iterable[str]) -> Decimal:
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
    assert {Role(person["role"]) for person in PEOPLE.values()} == TOWNSHIP_ROLES | VILLAGE_ROLES
    assert all(person["village"] in {None, *VILLAGES} for person in PEOPLE.values())
    in_zhangjia = {p["role"] for p in PEOPLE.values() if p["village"] == "张家村"}
    assert in_zhangjia == {"liaison", "supervisor", "village_head"}


def test_some_villages_publish_their_finances_monthly_and_most_quarterly():
    busy = [village["name"] for village in TOWNSHIP["villages"] if village["busy_finances"]]
    assert 0 < len(busy) < len(VILLAGES) / 2
    assert "张家村" not in busy  # it shows the ledger of a quarter


# --- content -----------------------------------------------------------------------------------


def test_every_state_of_a_notice_is_there_to_look_at():
    assert {raw["story"]["shows"] for raw in RAW.values()} == SHOWN
    assert {State(raw["story"]["state"]) for raw in RAW.values()} == set(State)


def test_the_notices_come_from_many_villages_and_most_of_them_from_zhangjia():
    places = [notice.village for notice in NOTICES.values()]
    assert set(places) <= {None, *VILLAGES}
    assert len(set(places) - {None}) >= 6
    assert places.count("张家村") == max(places.count(name) for name in VILLAGES) >= 8


@pytest.mark.parametrize("asked", loaded.questions, ids=lambda each: each.words[:6])
def test_every_question_is_about_something_and_in_somebodys_hands(asked):
    codes = {village["code"] for village in VILLAGES.values()}
    assert asked.notice in NOTICES or asked.place in codes
    assert PEOPLE[asked.passed_by]["role"] == "screener"
    assert not asked.answer or PEOPLE[asked.answered_by]["role"] == "liaison"
    assert not asked.answer or asked.passed
    assert asked.kind in set(FeedbackKind)
    for words in (asked.words, asked.passed, asked.answer, asked.requested):
        assert not scan_text(words, "提问", frozenset())


def test_what_went_elsewhere_is_a_notice_that_came_out_before():
    names = {act.facts["name"] for act in loaded.outlets if act.act == "register_outlet"}
    for act in (act for act in loaded.outlets if act.act == "send"):
        assert act.facts["outlet"] in names
        notice = NOTICES[act.facts["notice"]]
        assert min(each.at for each in notice.acts) < act.at
        assert PEOPLE[act.by]["role"] == "liaison"


@pytest.mark.parametrize("today", SOME_DAYS, ids=str)
def test_every_content_is_whole_on_any_day(today):
    for notice in load_demo(DEMO, today).notices:
        for document in _documents(notice):
            assert not document.is_empty
            assert not [text for text in texts(document) if re.search(r"[{}]", text)]
        reasons = [str(fact) for act in notice.acts for fact in act.facts.values()]
        assert not [text for text in (notice.title, *reasons) if re.search(r"[{}]", text)]


@every_notice
def test_its_sums_are_right(notice):
    for table in _tables(notice):
        for place, column in enumerate(table.columns):
            total = table.footer[place] if table.footer else ""
            running = column.title.startswith("结余") and "序号" in table.columns[0].title
            if total and column.kind in ("money", "number") and not running:
                assert _sum(row[place] for row in table.rows) == Decimal(total), column.title


@every_notice
def test_it_holds_no_personal_data_and_every_name_is_marked(notice):
    for document in _documents(notice):
        assert not scan_document(document, notice.title, frozenset())
    for act in notice.acts:
        assert not scan_text(
            act.facts.get("reason", "") + act.facts.get("note", ""), "", frozenset()
        )
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
    assert all(f"{Decimal(each):,.2f}元" in told for each in (opening, income, expense, closing))


def test_the_quarter_of_zhangjia_has_139_rows_and_its_smallest_is_24_yuan():
    (ledger,) = _tables(NOTICES["zhangjia-ledger"])
    assert [row[0] for row in ledger.rows] == [str(number) for number in range(1, 140)]
    assert min(_sum(row[3:5]) for row in ledger.rows) == 24
    days = [tuple(map(int, re.findall(r"\d+", row[1]))) for row in ledger.rows]
    assert days == sorted(days)


def test_a_subsidy_is_its_area_times_its_rate():
    (subsidies,) = _tables(NOTICES["baima-farmland-subsidy"])
    assert len(subsidies.rows) == 40
    for _, _, _, area, rate, amount in subsidies.rows:
        assert Decimal(area) * Decimal(rate) == Decimal(amount)


def test_the_election_roll_names_sixty_voters_twenty_days_before_the_day():
    notice = NOTICES["jiake-election-roll"]
    (roll,) = _tables(notice)
    assert len({row[1] for row in roll.rows}) == 60
    published_on = next(village_day(act.at) for act in notice.acts if act.act == "confirm")
    assert notice.event_on is not None
    assert notice.event_on - published_on >= timedelta(days=20)


def test_the_road_is_one_matter_before_during_and_after():
    road = [n for n in NOTICES.values() if n.matter and n.matter["slug"] == "zhangjia-road"]
    road.sort(key=lambda notice: notice.acts[0].at)
    assert [notice.matter["phase"] for notice in road] == ["before", "during", "after"]
    assert len({notice.matter["name"] for notice in road}) == 1


# --- stories -----------------------------------------------------------------------------------


@every_notice
def test_its_items_are_in_the_catalog(notice):
    found = [CATALOG.find(code) for code in notice.items]
    assert found
    assert None not in found


@every_notice
def test_its_events_are_those_that_its_items_wait_for(notice):
    waiting = [item for item in map(CATALOG.find, notice.items) if item and item.waits_for_event]
    assert bool(waiting) == (notice.event_on is not None)
    if notice.event_on is not None and not notice.slug.startswith("jiake-election"):
        assert notice.event_on <= village_day(notice.acts[0].at)


@every_notice
def test_its_acts_stand_in_order_and_end_before_today(notice):
    moments = [act.at for act in notice.acts]
    assert moments == sorted(moments)
    assert village_day(moments[-1]) < SOME_DAYS[0]


@every_notice
def test_its_sheets_hang_on_boards_of_its_village(notice):
    hung = [act for act in notice.acts if act.act in {"hang", "unhang"}]
    assert {act.facts["board"] for act in hung} <= BOARDS[notice.village]


@every_notice
def test_everyone_in_its_story_may_do_what_they_did(notice):
    stage = _Stage(notice)
    for act in notice.acts:
        stage.play(act)
    slug = notice.slug.removesuffix(f"-{notice.village}")
    now = start_of(SOME_DAYS[0] + ONE_DAY)
    assert state_at(stage.state, stage.publish_at, now) == RAW[slug]["story"]["state"]


class _Stage:
    """One notice's newest edition, moved by the rules alone."""

    def __init__(self, notice: DemoNotice) -> None:
        self.notice, self.procedure = notice, _procedure(notice)
        self.state = State.DRAFT
        self.publish_at: datetime | None = None
        self.editors: set[int] = set()
        self.takers: dict[Act, int] = {}

    def play(self, act: DemoAct) -> None:
        actor = _actor(act.by)
        if act.act in {"hang", "unhang"}:
            assert actor.holds(Role.LIAISON, _place(self.notice.village))
        elif act.act == "start":
            self._begin(act, actor)
        else:
            self._move(Act(act.act), act, actor)

    def _begin(self, act: DemoAct, actor: Actor) -> None:
        assert actor.holds(Role.LIAISON, _place(self.notice.village))
        self.state, self.publish_at = State.DRAFT, act.facts.get("publish_at")
        self.editors, self.takers = {actor.id or 0}, {}

    def _move(self, deed: Act, act: DemoAct, actor: Actor) -> None:
        before = state_at(self.state, self.publish_at, act.at)
        steps = tuple(step.act for step in self.procedure.steps)
        edition = EditionFacts(
            state=before,
            village_id=_place(self.notice.village),
            steps=steps,
            step_roles={step.act: step.role for step in self.procedure.steps},
            editors=frozenset(self.editors),
            takers=self.takers,
        )
        assert refusals(deed, actor, edition) == ()
        if deed is Act.CORRECT:
            self._begin(act, actor)
            return
        if before in STEP_OF_STATE and deed in {*steps, Act.FORCE}:
            self.takers |= {STEP_OF_STATE[before]: actor.id or 0}
        self.state = state_after(before, deed, steps) or before
        if self.state is State.SCHEDULED and self.publish_at is None:
            self.publish_at = act.at


def _procedure(notice: DemoNotice) -> Procedure:
    named = {item.procedure for item in map(CATALOG.find, notice.items) if item}
    return strictest(p for p in PROCEDURES.values() if p.name in named)


def _place(village: str | None) -> int | None:
    return None if village is None else list(VILLAGES).index(village)


def _actor(login: str) -> Actor:
    person = PEOPLE[login]
    grant = (Role(person["role"]), _place(person["village"]))
    return Actor(list(PEOPLE).index(login) + 1, person["name"], 1, frozenset({grant}))


def test_every_village_has_notices():
    assert {notice.village for notice in NOTICES.values()} == {None, *VILLAGES}


@every_notice
def test_the_text_says_of_objections_what_its_items_say(notice):
    """By the items' own lines, with the usual ten days; what is printed is the same."""
    opens_on = date(2026, 11, 23)
    items = [item for code in notice.items if (item := CATALOG.find(code)) is not None]
    personal = any(item.personal for item in items)
    names = {"township": "乡政府", "township_party": "乡党委", "county": "互助土族自治县人民政府"}
    printed = [
        printed_line(
            line_of(item, CATALOG, personal=personal),
            item.title,
            names=names,
            opens_on=opens_on,
            calendar=WorkCalendar(),
            reply_days=10,
        )
        for item in items
    ]
    days = max(item.posting_days for item in items)
    foot = Foot(printed, opens_on, opens_on + timedelta(days=days), WorkCalendar())
    publishers = {item.publisher.value for item in items}
    for document in _documents(notice):
        assert [said.quoted for said in contradictions(document, foot, publishers)] == []
