"""要公开的 among thousands: counts, pages and sums are those that the single duties add up to."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.builders import a_notice
from support.clock import NOON
from support.duty_histories import EditionFacts, Histories, History, histories

from bulletin.domain import pages
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.duties.coverage import standing_of
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.notices.workflow import State
from bulletin.services.boards import post
from bulletin.services.duties.lists import groups
from bulletin.services.duties.lists.cells import coverage_cells
from bulletin.services.duties.lists.duty_list import DutyTab, duty_list
from bulletin.services.duties.lists.late_places import late_places
from bulletin.services.duties.lists.places import rows_seen
from bulletin.services.duties.overview import duty_lines
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.oversight.coverage_sums import coverage_by_village

OPEN = {"not_yet", "due_soon", "overdue"}


def _is_early(line):
    """Nobody can write it yet, and it is not due soon."""
    return line.status is DutyStatus.NOT_YET and line.runs_until is not None


BELONGS = {
    DutyTab.OPEN: lambda line: line.status.value in OPEN and not _is_early(line),
    DutyTab.EARLY: _is_early,
    DutyTab.OVERDUE: lambda line: line.status is DutyStatus.OVERDUE,
    DutyTab.WAITING: lambda line: line.status is DutyStatus.WAITING,
    DutyTab.ALL: lambda _line: True,
}


@pytest.fixture
def written(zhangjia, monkeypatch):
    """With a notice, printed and hung, that every history copies."""
    monkeypatch.setattr(pages, "PER_PAGE", 7)
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], NOON.date(), NOON)
    return Histories(zhangjia, notice.code)


def _pages(village, who, now, **asked):
    """The first page, and the lines of all of them."""
    first = duty_list(village.site, who, now, **asked)
    rest = [
        duty_list(village.site, who, now, number=number, **asked).page.lines
        for number in range(2, first.page.pages + 1)
    ]
    return first, [line for lines in (first.page.lines, *rest) for line in lines]


def _in_order(lines, tab):
    """Those of a tab; among the waiting, what is under way comes first."""
    found = [line for line in lines if BELONGS[tab](line)]
    if tab is DutyTab.WAITING:
        found.sort(key=lambda line: not line.waits_for_event)
    return found


def _agrees(village, who, now):
    every = duty_lines(village.site, who, now)
    for tab in DutyTab:
        first, lines = _pages(village, who, now, tab=tab)
        assert lines == _in_order(every, tab)
        assert first.counts == {tab: len(_in_order(every, tab)) for tab in DutyTab}
    unsettled = duty_lines(village.site, who, now, settled=False)
    assert unsettled == [line for line in every if line.status.value in OPEN | {"waiting"}]
    overdue = _in_order(every, DutyTab.OVERDUE)
    found = late_places(village.site, who, now)
    late = found.lines
    assert found.count == len(late)
    assert {place.first.village_id: place.first for place in late} == {
        line.village_id: line for line in reversed(overdue)
    }
    assert Counter(line.village_id for line in overdue) == {
        place.first.village_id: place.overdue for place in late
    }


def cells_in(row):
    return [cell for of_item in row.cells.values() for cell in of_item]


def _sums_agree(village, who, now, first_on, last_on):
    span = {"first_on": first_on, "last_on": last_on}
    table = coverage_table(village.site, who, now, **span)
    with village.site.sessions.reading() as session:
        day = village_day(now)
        asked = who.township_id, rows_seen(session, who, day), (first_on, last_on), day, now
        fresh = coverage_cells(session, village.site, *asked)
    by_duty = {(row.village_id, cell.duty_id): cell for row in table.rows for cell in cells_in(row)}
    assert by_duty == {(place, cell.duty_id): cell for place, cell in fresh}
    sums = {
        each.village_id: each.counts for each in coverage_by_village(village.site, who, now, **span)
    }
    assert sums == {row.village_id: row.counts for row in table.rows}


@pytest.mark.slow
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.generate],  # a smaller example would take minutes to find
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(["wu", "li"]),
    st.lists(histories(st.none() | st.sampled_from(Every)), min_size=8, max_size=24),
    st.integers(-3, 6),
    st.integers(-30, 30),
)
def test_every_tab_page_and_sum_is_that_of_the_single_duties(written, login, mixed, days, before):
    village, now = written.village, NOON + timedelta(days=days)
    written.write(mixed)
    _agrees(village, village.people[login], now)
    first_on = village_day(now) + timedelta(days=before)
    _sums_agree(village, village.people[login], now, first_on, first_on + timedelta(days=20))


def test_what_reports_on_a_running_period_waits_apart_until_it_is_over_or_due_soon(written):
    """October, due on 4 November: on the 9th it can wait, on the 29th it is due soon, on 1 November it is over."""
    written.write([replace(_HISTORY, due=26), replace(_HISTORY, due=26, reports_on=Every.MONTH)])
    village, open_ones = written.village, []
    for days, early in ((0, 1), (20, 0), (23, 0)):
        now = NOON + timedelta(days=days)
        found = duty_list(village.site, village.wu, now, tab=DutyTab.EARLY)
        assert (found.counts[DutyTab.EARLY], len(found.page.lines)) == (early, early)
        open_ones.append(found.counts[DutyTab.OPEN])
    assert open_ones == [open_ones[1] - 1, open_ones[1], open_ones[1]]


@pytest.mark.slow
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(histories(), min_size=4, max_size=12), st.data())
def test_after_an_act_in_one_place_every_sum_is_that_of_the_single_duties(written, mixed, data):
    """There alone it is counted anew."""
    village, now = written.village, NOON + timedelta(days=3)
    first_on = village_day(now) - timedelta(days=10)
    span = first_on, first_on + timedelta(days=20)
    written.write(mixed)
    _sums_agree(village, village.wu, now, *span)
    for _ in range(3):
        number = data.draw(st.integers(0, len(mixed) - 1))
        mixed[number] = replace(data.draw(histories()), place=mixed[number].place)
        written.write(mixed, about=number)
        _agrees(village, village.wu, now)
        _sums_agree(village, village.wu, now, *span)


def test_an_act_in_one_village_judges_nothing_of_another(written, monkeypatch):
    taken_down = (EditionFacts(State.TAKEN_DOWN, -9, 15, -5, ()),)
    elsewhere = replace(_HISTORY, place="白马村", due=-3, notices=(taken_down,))
    mixed = [*[elsewhere] * 20, replace(_HISTORY, due=-2)]
    written.write(mixed)
    village, span = written.village, {"first_on": date(2026, 10, 1), "last_on": date(2026, 12, 31)}

    def ask():
        late_places(village.site, village.wu, NOON)
        coverage_by_village(village.site, village.wu, NOON, **span)

    judged = []

    def counted(evidence, *about, **facts):
        judged.append(evidence)
        return standing_of(evidence, *about, **facts)

    monkeypatch.setattr(groups, "standing_of", counted)
    ask()
    assert len(judged) >= 40
    judged.clear()
    written.write(mixed, about=20)
    ask()
    assert 0 < len(judged) < 10


def test_one_place_is_asked_for_and_none_beyond_what_one_may_see(zhangjia):
    for login, place, seen in (
        ("wu", None, {""}),
        ("wu", "白马村", {"白马村"}),
        ("li", "张家村", {"张家村"}),
        ("li", "白马村", set()),
        ("li", None, set()),
    ):
        places = {zhangjia.ids[place]}
        found = duty_list(
            zhangjia.site, zhangjia.people[login], NOON, tab=DutyTab.ALL, places=places
        )
        assert {line.village for line in found.page.lines} == seen


def test_the_page_that_holds_a_duty_is_shown_and_a_refused_one_is_kept(written):
    village = written.village
    written.write([_HISTORY] * 20 + [replace(_HISTORY, declared=-1)])
    listed = duty_lines(village.site, village.wu, NOON)
    (spared,) = (line for line in listed if line.status is DutyStatus.NOT_APPLICABLE)

    def asked(**facts):
        return duty_list(village.site, village.wu, NOON, tab=DutyTab.OPEN, **facts).page

    open_ones = [line for line in listed if line.status.value in OPEN]
    page = asked(holding=open_ones[9].id, number=1)
    assert (page.number, page.lines) == (2, open_ones[7:14])
    assert asked(holding=spared.id, number=3).number == 3
    assert spared.id not in {line.id for line in asked(number=3).lines}
    kept = asked(kept=spared.id)
    assert (kept.number, kept.lines[-1].id) == (3, spared.id)
    assert asked(kept=99_999).number == 1


def test_of_the_answered_one_is_judged_for_all_whose_days_stand_in_the_same_order(
    written, monkeypatch
):
    """A quarter of three hundred villages: thousands were on time, each on a day of its own."""
    answers = [
        (EditionFacts(State.PUBLISHED, publish, 15, 0, ((publish, down),) * boards),)
        for publish in (-9, -8, -7, 3)
        for down in (None, 1, 20)
        for boards in (1, 2)
    ]
    written.write([replace(_HISTORY, due=2, notices=(answer,)) for answer in answers] * 10)
    judged = []

    def counted(evidence, *about, **facts):
        judged.append(evidence)
        return standing_of(evidence, *about, **facts)

    monkeypatch.setattr(groups, "standing_of", counted)
    village, now = written.village, NOON + timedelta(days=30)
    span = {"first_on": village_day(NOON), "last_on": village_day(now)}
    sums = coverage_by_village(village.site, village.wu, now, **span)
    assert len(judged) < 20
    by_state = {state.value: n for each in sums for state, n in each.counts.items()}
    assert by_state["on_time"] >= 120
    assert by_state["hung_too_short"] >= 60
    assert by_state["late"] >= 40


_HISTORY = History(
    place="张家村", due=2, of_matter=False, notices=(), moved=None, declared=None, spared=None
)


def test_what_is_alike_is_no_work_however_much_it_is(written, monkeypatch):
    """Eighteen thousand open duties cost what a page of them costs: none is judged by itself."""
    written.write([_HISTORY] * 500)
    judged = []

    def counted(evidence, *about, **facts):
        judged.append(evidence)
        return standing_of(evidence, *about, **facts)

    monkeypatch.setattr(groups, "standing_of", counted)
    found = duty_list(written.village.site, written.village.wu, NOON, tab=DutyTab.OPEN)
    assert found.counts[DutyTab.OPEN] >= 500
    assert len(judged) < 10
