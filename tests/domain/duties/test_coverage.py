"""How a duty stands: what was a fact by the day that is asked for, and nothing later."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.catalog.items import Channel
from bulletin.domain.duties.coverage import (
    COVERAGE_MARKS,
    CoverageState,
    Evidence,
    NotApplicable,
    standing_of,
)
from bulletin.domain.duties.displays import Display, Ending
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.labels import labels_of

DUE = date(2026, 10, 15)
DAYS = st.dates(date(2026, 9, 1), date(2026, 12, 31))
WEB = frozenset({Channel.WEB})


def on(day):
    return DUE + timedelta(day)


def shown(first, until=None, *, last=9, ending=None, ended=None, reason=""):
    """On display from a day until an evening on which it was gone; it had to be there until `last`."""
    ended = until if ending and ended is None else ended
    return Display(
        from_on=on(first),
        until_on=None if until is None else on(until),
        last_on=on(last),
        asked="15日",
        ending=ending,
        ended_on=None if ended is None else on(ended),
        reason=reason,
    )


def evidence(*web, wall=(), **facts):
    return Evidence(DUE, web, tuple(wall), **facts)


def not_applicable(first, until=None):
    until_on = None if until is None else on(until)
    return (NotApplicable(reason="账目移交中", from_on=on(first), until_on=until_on),)


UP = shown(-6)
DOWN = {"ending": Ending.TAKEN_DOWN, "reason": "金额有误"}
CORRECTED = {"ending": Ending.REPLACED}


@pytest.mark.parametrize(
    ("known", "after", "state", "status"),
    [
        # nothing yet
        (evidence(), -10, "not_yet", "not_yet"),
        (evidence(), -7, "due_soon", "due_soon"),
        (evidence(), 0, "due_soon", "due_soon"),
        (evidence(), 1, "overdue", "overdue"),
        (Evidence(None), 0, "waiting", "waiting"),
        # by every channel that the item asks for
        (evidence(UP, wall=[UP]), 0, "on_time", "on_time"),
        (evidence(UP, wall=[UP]), -7, "due_soon", "due_soon"),
        (evidence(shown(3), wall=[shown(3)]), 5, "late", "late"),
        (evidence(shown(3), wall=[shown(3)]), 1, "overdue", "overdue"),
        (evidence(shown(3), wall=[shown(-1)]), 5, "late", "late"),
        (evidence(UP), 0, "online_only", "on_time"),  # not late yet
        (evidence(UP), 1, "online_only", "late"),
        (evidence(UP), 300, "online_only", "late"),
        (evidence(UP, channels=WEB), 1, "on_time", "on_time"),
        (evidence(UP, channels=frozenset({Channel.BROADCAST})), 1, "on_time", "on_time"),
        (evidence(UP, web_alone_from=on(3)), 2, "online_only", "late"),
        (evidence(UP, web_alone_from=on(3)), 3, "on_time", "on_time"),
        (evidence(shown(1), wall=[UP], channels={Channel.BOARD}), 2, "on_time", "on_time"),
        (evidence(UP, wall=[shown(36)]), 35, "online_only", "late"),
        (evidence(UP, wall=[shown(36)]), 36, "late_on_wall", "late"),
        (evidence(UP, wall=[shown(0)]), 36, "on_time", "on_time"),
        (evidence(UP, wall=[shown(1), shown(-2, 12)]), 36, "on_time", "on_time"),  # two boards
        # long enough on the wall
        (evidence(UP, wall=[shown(-5, 10)]), 20, "on_time", "on_time"),
        (evidence(UP, wall=[shown(-5, 9)]), 20, "hung_too_short", "late"),
        (evidence(UP, wall=[shown(-5, -2)]), -2, "hung_too_short", "on_time"),
        (evidence(UP, wall=[shown(-5, -2)]), -3, "on_time", "on_time"),
        (evidence(UP, wall=[shown(-5, -2), shown(-2)]), 5, "on_time", "on_time"),
        (evidence(UP, wall=[shown(-5, -2), shown(3)]), 5, "late_on_wall", "late"),
        (evidence(UP, wall=[shown(-5, -2), shown(-4, 11)]), 12, "on_time", "on_time"),
        # paper and page
        (evidence(wall=[UP]), 0, "paper_only", "due_soon"),
        (evidence(shown(-6, 1, **DOWN), wall=[UP]), 2, "paper_only", "overdue"),
        # taken down is not done
        (evidence(shown(-6, 1, **DOWN), wall=[shown(-6, 1)]), 0, "on_time", "on_time"),
        (evidence(shown(-6, 1, **DOWN), wall=[shown(-6, 1)]), 1, "taken_down", "overdue"),
        (evidence(shown(-6, -3, **DOWN)), -3, "taken_down", "due_soon"),
        (evidence(shown(-6, -6, **DOWN)), -6, "taken_down", "due_soon"),  # an hour online
        (evidence(shown(-6, -6, **DOWN)), 1, "taken_down", "overdue"),
        (evidence(shown(-6, 10, **DOWN), channels=WEB), 11, "on_time", "on_time"),  # its time over
        (evidence(shown(-6, 9, **DOWN), channels=WEB), 11, "taken_down", "overdue"),
        (evidence(shown(-6, -3, **DOWN), shown(20), channels=WEB), 19, "taken_down", "overdue"),
        (evidence(shown(-6, -3, **DOWN), shown(20), channels=WEB), 20, "late", "late"),
        (evidence(shown(-6, -3, **DOWN), shown(-2), channels=WEB), 20, "on_time", "on_time"),
        (evidence(shown(-6, 2, **DOWN), shown(2), channels=WEB), 20, "on_time", "on_time"),
        # a correction follows without a gap, and a paper within the time of the one before
        (evidence(shown(-6, 2, **CORRECTED), shown(2), channels=WEB), 20, "on_time", "on_time"),
        (
            evidence(UP, wall=[shown(-6, 2, **CORRECTED), shown(5)]), 3, "online_only", "late",
        ),
        (
            evidence(UP, wall=[shown(-6, 2, **CORRECTED), shown(5)]), 5, "on_time", "on_time",
        ),
        (
            evidence(UP, wall=[shown(-6, 2, **CORRECTED), shown(12)]), 12, "late_on_wall", "late",
        ),
        # personal data had to come off the wall at once
        (
            evidence(UP, wall=[shown(-6, 2, ending=Ending.REDACTED)]), 3, "on_time", "on_time",
        ),
        # not applicable, for a time
        (evidence(not_applicable=not_applicable(0)), 0, "not_applicable", "not_applicable"),
        (evidence(not_applicable=not_applicable(3)), 2, "overdue", "overdue"),
        (evidence(not_applicable=not_applicable(-3, 2)), 1, "not_applicable", "not_applicable"),
        (evidence(not_applicable=not_applicable(-3, 2)), 2, "overdue", "overdue"),
        (evidence(not_applicable=not_applicable(-3, -3)), -3, "due_soon", "due_soon"),
        (
            evidence(not_applicable=not_applicable(-3, 2) + not_applicable(5)), 4,
            "overdue", "overdue",
        ),
        (
            evidence(not_applicable=not_applicable(-3, 2) + not_applicable(5)), 5,
            "not_applicable", "not_applicable",
        ),
    ],
)  # fmt: skip
def test_a_cell_is_what_was_known_by_that_day(known, after, state, status):
    found = standing_of(known, on(after))
    assert (found.state, found.status) == (state, status)


@pytest.mark.parametrize(
    ("known", "after", "remark"),
    [
        (evidence(UP, wall=[shown(36)]), 36, "2026年11月20日上墙"),
        (
            evidence(UP, wall=[shown(-5, 5)]), 9,
            "张贴不足15日：2026年10月10日贴上，2026年10月20日取下，应贴满2026年10月24日",
        ),
        (evidence(shown(-6, 1, **DOWN)), 2, "2026年10月16日撤下"),
        (evidence(shown(3), wall=[shown(-1)]), 5, "2026年10月18日公开"),
        (evidence(shown(3), wall=[shown(4)]), 5, "2026年10月18日公开，2026年10月19日上墙"),
        (
            evidence(shown(3), wall=[shown(4, 9, last=18)]), 12,
            "张贴不足15日：2026年10月19日贴上，2026年10月24日取下，应贴满2026年11月2日；迟公开",
        ),
        (evidence(shown(3)), 5, "迟公开"),
        (evidence(UP), 5, ""),
        (evidence(UP, wall=[UP]), 5, ""),
    ],
)  # fmt: skip
def test_the_day_and_the_number_behind_a_state_are_told(known, after, remark):
    found = standing_of(known, on(after))
    assert found.remark == remark
    assert found.reason == ("金额有误" if found.state is CoverageState.TAKEN_DOWN else "")


displays = st.builds(
    Display,
    from_on=DAYS,
    until_on=st.none() | DAYS,
    last_on=DAYS,
    ending=st.none() | st.sampled_from(Ending),
    ended_on=st.none() | DAYS,
)
spans = st.builds(NotApplicable, reason=st.just("x"), from_on=DAYS, until_on=st.none() | DAYS)


@given(
    due=st.none() | DAYS,
    web=st.lists(displays, max_size=3),
    wall=st.lists(displays, max_size=3),
    said=st.lists(spans, max_size=2),
    as_of=DAYS,
)
def test_what_happens_later_never_changes_an_earlier_day(due, web, wall, said, as_of):
    def by_then(day):
        return day if day is not None and day <= as_of else None

    def known(facts):
        begun = (fact for fact in facts if fact.from_on <= as_of)
        return tuple(replace(fact, until_on=by_then(fact.until_on)) for fact in begun)

    def known_displays(facts):
        ends = ((fact, by_then(fact.ended_on)) for fact in known(facts))
        return tuple(replace(f, ended_on=e, ending=f.ending if e else None) for f, e in ends)

    whole = Evidence(due, tuple(web), tuple(wall), tuple(said))
    then = Evidence(due, known_displays(web), known_displays(wall), known(said))
    assert standing_of(whole, as_of) == standing_of(then, as_of)


@given(
    due=st.integers(0, 40),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=3),
    needed=st.integers(1, 20),
    as_of=st.integers(0, 120),
)
def test_on_time_is_what_was_there_by_its_day_and_stayed(due, spans, needed, as_of):
    """The same told evening by evening, without spans: when did what is there today begin?"""
    web = [
        Display(
            from_on=on(first), until_on=on(first + days), last_on=on(first + needed),
            ending=Ending.TAKEN_DOWN, ended_on=on(first + days),
        )
        for first, days in spans
    ]  # fmt: skip
    found = standing_of(Evidence(on(due), tuple(web), channels=WEB), on(as_of))

    there = {day for first, days in spans for day in range(first, first + days)}
    done = [
        first
        for first, days in spans
        if first <= as_of and (first + days > needed + first or as_of < first + days)
    ]
    if not done:
        assert found.status is (
            DutyStatus.OVERDUE
            if as_of > due
            else DutyStatus.DUE_SOON if due - as_of <= 7 else DutyStatus.NOT_YET
        )  # fmt: skip
        return
    began = min(done)
    while began - 1 in there:
        began -= 1
    assert found.status is (DutyStatus.ON_TIME if began <= due else DutyStatus.LATE)


def test_every_state_has_a_word_and_a_mark_of_its_own():
    assert set(labels_of(CoverageState)) == set(COVERAGE_MARKS) == set(CoverageState)
    assert len(set(COVERAGE_MARKS.values())) == len(CoverageState)
