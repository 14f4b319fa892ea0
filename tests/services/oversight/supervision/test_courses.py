"""督查 keeps what it knows of each place: on any later day, and after any act, its figures are those of a fresh count."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.duty_histories import EditionFacts, Histories, History, histories

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage import standing_of
from bulletin.domain.notices.workflow import State
from bulletin.domain.oversight.supervision import longest_interval, outcome_of
from bulletin.services.boards import post
from bulletin.services.duties.lists.cells import coverage_cells
from bulletin.services.duties.lists.places import rows_seen
from bulletin.services.oversight.supervision import courses
from bulletin.services.oversight.supervision.overview import WEEK, supervision
from bulletin.store.notices import Edition

PERIODS = [Period.parse(key) for key in ("2026", "2026-10", "2026-Q4")]
PUBLIC = (State.SCHEDULED, State.PUBLISHED, State.TAKEN_DOWN)


@pytest.fixture
def written(zhangjia):
    """With a notice, printed and hung, that every history copies."""
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], NOON.date(), NOON)
    return Histories(zhangjia, notice.code)


def _counted(village, now, period, day):
    """The outcomes of the single duties as of a day, by place."""
    with village.site.sessions.reading() as session:
        shown, span = rows_seen(session, village.wu, day), (period.first, period.last)
        cells = coverage_cells(session, village.site, 1, shown, span, day, now)
    found = defaultdict(Counter)
    for place, cell in cells:
        if cell.due_on and (outcome := outcome_of(cell.state)):
            found[place][cell.due_on.month, outcome] += 1
    return found


def _intervals(village, now, period, day):
    """The longest of each place without a disclosure, from all first editions."""
    first = (Edition.number == 1, Edition.state.in_(PUBLIC), Edition.publish_at <= now)
    days = defaultdict(list)
    with village.site.sessions.reading() as session:
        for place, at in session.execute(
            select(Edition.village_id, Edition.publish_at).where(*first)
        ):
            days[place].append(village_day(at))
    last_on = min(day, period.last)
    return {place: longest_interval(some, period.first, last_on) for place, some in days.items()}


def _agrees(village, now, period, as_of=None):
    day = as_of or village_day(now)
    found = supervision(village.site, village.wu, now, period=period, as_of=as_of).places
    counted, before = (_counted(village, now, period, each) for each in (day, day - WEEK))
    assert {each.village_id: each.figures.by_month for each in found} == {
        each.village_id: counted[each.village_id] for each in found
    }
    assert counted.keys() <= {each.village_id for each in found}
    assert {each.village_id: each.week_before.by_month for each in found} == {
        each.village_id: before[each.village_id] for each in found
    }
    intervals = _intervals(village, now, period, day)
    for each in found:
        assert each.interval == intervals.get(each.village_id)


def _as_known(history, now):
    """As it may be on record by then: what has yet to come out was not taken down."""
    day = (now - NOON).days
    notices = tuple(
        tuple(
            replace(each, state=State.SCHEDULED)
            if each.state is State.TAKEN_DOWN and (each.publish or 0) > day
            else each
            for each in editions
        )
        for editions in history.notices
    )
    return replace(history, notices=notices)


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],  # a smaller example would take minutes to find
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(histories(), min_size=6, max_size=20),
    st.integers(0, 12),  # the matters were opened on the first day
    st.sampled_from(PERIODS),
    st.data(),
)
def test_day_after_day_every_figure_is_that_of_the_single_duties(written, mixed, day, period, data):
    village, now = written.village, NOON + timedelta(days=day)
    mixed = [_as_known(history, now) for history in mixed]
    written.write(mixed)
    for _ in range(5):
        _agrees(village, now, period)
        now += timedelta(hours=data.draw(st.integers(0, 160)))
        if data.draw(st.booleans()):
            number = data.draw(st.integers(0, len(mixed) - 1))
            new = replace(data.draw(histories()), place=mixed[number].place)
            mixed[number] = _as_known(new, now)
            written.write(mixed, about=number)
    back = village_day(now) - timedelta(days=data.draw(st.integers(1, 30)))
    _agrees(village, now, period, back)


@pytest.fixture
def read(monkeypatch):
    """How many duties are read for a count."""
    seen = []

    def reading(session, site, which):
        plain, others = answered_plainly(session, site, which)
        plain = list(plain)
        seen.extend(plain)
        return iter(plain), others

    answered_plainly = courses.answered_plainly
    monkeypatch.setattr(courses, "answered_plainly", reading)
    return seen


_ANSWERED = History(
    place="张家村",
    due=-9,
    of_matter=False,
    notices=((EditionFacts(State.PUBLISHED, -15, 3, 0, ()),),),
    moved=None,
    declared=None,
    spared=None,
)


def test_midnight_reads_no_year_again_and_an_act_one_village(written, read):
    mixed = [_ANSWERED] * 30 + [replace(_ANSWERED, place="白马村")] * 2
    written.write(mixed)
    village, period = written.village, PERIODS[0]
    _agrees(village, NOON, period)
    assert len(read) == 33, "with the one that is copied"
    read.clear()
    _agrees(village, NOON + timedelta(days=1), period)
    assert read == []
    written.write(mixed, about=31)
    _agrees(village, NOON + timedelta(days=2), period)
    assert len(read) == 2


def test_a_duty_that_nobody_answers_is_overdue_on_the_day_after_its_day(written, read):
    written.write([replace(_ANSWERED, due=1, notices=())])
    village, period = written.village, PERIODS[0]
    for days in range(4):
        _agrees(village, NOON + timedelta(days=days), period)


def test_those_that_stand_alike_are_judged_once(written, monkeypatch):
    judged = []

    def counted(evidence, *about, **facts):
        judged.append(evidence)
        return standing_of(evidence, *about, **facts)

    monkeypatch.setattr(courses, "standing_of", counted)
    written.write([replace(_ANSWERED, due=-9 + nth % 5) for nth in range(200)])
    supervision(written.village.site, written.village.wu, NOON, period=PERIODS[0])
    assert 0 < len(judged) < 40
