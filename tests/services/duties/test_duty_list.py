"""该公开的 among thousands: counts and pages are those that every single duty adds up to."""

from collections import Counter
from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.duties.status import DutyStatus
from bulletin.services.duties import duty_list as lists
from bulletin.services.duties.duty_list import DutyTab, duty_list, late_places, status_counts
from bulletin.services.duties.mark_not_applicable import mark_not_applicable
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices import end
from bulletin.services.oversight.coverage import coverage_table
from bulletin.store.duties import Duty

BELONGS = {
    DutyTab.OPEN: lambda line: line.is_open,
    DutyTab.OVERDUE: lambda line: line.status is DutyStatus.OVERDUE,
    DutyTab.WAITING: lambda line: line.status is DutyStatus.WAITING,
    DutyTab.ALL: lambda _line: True,
}
MOMENTS = [NOON + timedelta(days=days) for days in (-1, 0, 40, 300)]


@pytest.fixture
def village(zhangjia):
    """With duties that are answered, answered and taken down, in review, and not applicable."""
    site = zhangjia.site
    a_notice(zhangjia, NOON).approved()
    down = a_notice(zhangjia, NOON, item="affairs.decisions_progress").approved()
    end.take_down(site, zhangjia.li, down.code, "数字有误", NOON)
    lines = [line for line in duty_lines(site, zhangjia.li, NOON) if line.due_on and line.is_open]
    mark_not_applicable(site, zhangjia.li, lines[0].id, "本村没有这件事", NOON)
    return zhangjia


def _pages(village, who, now, **asked):
    page = duty_list(village.site, village.people[who], now, **asked)
    further = [
        duty_list(village.site, village.people[who], now, number=number, **asked).lines
        for number in range(2, page.pages + 1)
    ]
    return page, [line for lines in (page.lines, *further) for line in lines]


@pytest.mark.parametrize("who", ["li", "wu"])
@pytest.mark.parametrize("now", MOMENTS)
def test_each_list_has_the_duties_whose_status_it_names(village, monkeypatch, who, now):
    monkeypatch.setattr(lists, "PER_PAGE", 7)
    every = duty_lines(village.site, village.people[who], now)
    for tab, belongs in BELONGS.items():
        page, lines = _pages(village, who, now, tab=tab)
        of_tab = [line for line in every if belongs(line)]
        if tab is DutyTab.WAITING:
            of_tab.sort(key=lambda line: not line.waits_for_event)
        assert lines == of_tab
        assert page.counts[tab] == len(of_tab)


def test_one_place_is_asked_for_and_none_beyond_what_one_may_see(village):
    ids = village.ids
    for who, places, seen in (
        ("wu", {None}, {""}),
        ("wu", {ids["白马村"]}, {"白马村"}),
        ("li", {ids["白马村"]}, set()),
        ("li", {None}, set()),
    ):
        _page, lines = _pages(village, who, NOON, tab=DutyTab.ALL, places=places)
        assert {line.village for line in lines} == seen


def test_the_page_that_holds_a_duty_is_shown(village, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 7)
    _page, lines = _pages(village, "li", NOON, tab=DutyTab.ALL)
    wanted, gone = lines[9].id, next(line for line in lines if not line.is_open).id
    page = duty_list(village.site, village.li, NOON, tab=DutyTab.ALL, holding=wanted)
    assert (page.number, page.lines) == (2, lines[7:14])
    page = duty_list(village.site, village.li, NOON, tab=DutyTab.OPEN, holding=gone)
    assert (page.number, gone in {line.id for line in page.lines}) == (1, False)
    page = duty_list(village.site, village.li, NOON, tab=DutyTab.OPEN, kept=gone)
    assert gone in {line.id for line in page.lines}


@pytest.mark.parametrize("now", MOMENTS[1:])  # before, nobody had said that one does not apply
def test_the_late_places_and_the_sums_of_a_quarter_are_those_of_the_single_duties(village, now):
    site, day = village.site, village_day(now)
    overdue = [
        line for line in duty_lines(site, village.wu, now) if line.status is DutyStatus.OVERDUE
    ]
    first = {line.village: line for line in reversed(overdue)}
    late = late_places(site, village.wu, now)
    assert {place.first.village: place.first for place in late} == first
    counts = Counter(line.village for line in overdue)
    assert {place.first.village: place.overdue for place in late} == counts
    span = day - timedelta(days=60), day + timedelta(days=60)
    table = coverage_table(site, village.wu, now, first_on=span[0], last_on=span[1])
    every = Counter(cell.status for cell in table.cells if cell.due_on is not None)
    every.pop(DutyStatus.NOT_APPLICABLE, None)
    sums = status_counts(site, village.wu, now, first_due=span[0], last_due=span[1])
    assert +sums == every


def test_a_thousand_duties_are_no_more_work_for_the_rule_than_a_page(village):
    with village.site.sessions.writing() as session:
        pattern = session.get_one(Duty, duty_lines(village.site, village.li, NOON)[0].id)
        columns = {c.key: getattr(pattern, c.key) for c in Duty.__mapper__.column_attrs}
        for number in range(1000):
            fresh = {"id": 10_000 + number, "occasion": f"test:{number}"}
            session.add(Duty(**columns | fresh))
    page = duty_list(village.site, village.wu, NOON, tab=DutyTab.ALL, number=20)
    assert len(page.lines) == lists.PER_PAGE
    assert page.counts[DutyTab.ALL] > 1000
