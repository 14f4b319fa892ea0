"""What was counted among the duties of a township holds until somebody acts there, or its day is over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState, standing_of
from bulletin.services.duties.lists import cells, groups
from bulletin.services.duties.lists.duty_list import DutyTab, duty_list
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.lists.late_places import late_places
from bulletin.services.history import record
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.oversight.coverage_sums import coverage_by_village
from bulletin.store import acted_places

LATER = NOON + timedelta(days=30)  # every village is late with something
SPAN = {"first_on": village_day(NOON), "last_on": village_day(NOON + timedelta(days=60))}
QUESTIONS = {
    "要公开的": lambda site, who, now: duty_list(site, who, now, tab=DutyTab.OPEN).counts,
    "逾期的村": late_places,
    "公开情况": lambda site, who, now: coverage_by_village(site, who, now, **SPAN),
    "逐项": lambda site, who, now: coverage_table(site, who, now, **SPAN),
}


@pytest.fixture
def judged(monkeypatch):
    """Every duty, or group of them, that is judged for a count."""
    seen = []

    def judge(evidence, *about, **facts):
        seen.append(evidence)
        return standing_of(evidence, *about, **facts)

    monkeypatch.setattr(groups, "standing_of", judge)
    monkeypatch.setattr(cells, "standing_of", judge)
    return seen


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_the_second_who_asks_waits_for_no_count(zhangjia, judged, ask):
    first = ask(zhangjia.site, zhangjia.wu, NOON)
    assert judged
    judged.clear()
    assert ask(zhangjia.site, zhangjia.wu, NOON + timedelta(minutes=5)) == first
    assert not judged


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_an_act_in_the_township_makes_it_count_anew(zhangjia, judged, ask):
    ask(zhangjia.site, zhangjia.wu, NOON)
    judged.clear()
    a_notice(zhangjia, NOON).approved()
    ask(zhangjia.site, zhangjia.wu, NOON)
    assert judged


BY_PLACE = {name: ask for name, ask in QUESTIONS.items() if name != "要公开的"}


@pytest.mark.parametrize("subject", ["catalog township", "village 630223202214", "something new"])
@pytest.mark.parametrize("ask", BY_PLACE.values(), ids=BY_PLACE)
def test_an_act_that_may_concern_every_village_counts_all_anew(zhangjia, judged, ask, subject):
    ask(zhangjia.site, zhangjia.wu, LATER)
    whole = len(judged)
    judged.clear()
    _record(zhangjia, subject)
    ask(zhangjia.site, zhangjia.wu, LATER)
    assert len(judged) == whole


@pytest.mark.parametrize(
    "subject", ["inspection 1", "escalation 1", "reporting finance.x", "responsibility 1"]
)
def test_the_work_of_the_office_counts_nothing_anew(zhangjia, judged, subject):
    ask = BY_PLACE["公开情况"]
    ask(zhangjia.site, zhangjia.wu, LATER)
    judged.clear()
    _record(zhangjia, subject)
    ask(zhangjia.site, zhangjia.wu, LATER)
    assert not judged


@pytest.mark.parametrize("ask", BY_PLACE.values(), ids=BY_PLACE)
def test_after_very_many_acts_all_is_counted_anew(zhangjia, judged, monkeypatch, ask):
    monkeypatch.setattr(acted_places, "MAX_ACTS", 2)
    ask(zhangjia.site, zhangjia.wu, LATER)
    whole = len(judged)
    judged.clear()
    for number in range(3):
        _record(zhangjia, f"person {number}")
    ask(zhangjia.site, zhangjia.wu, LATER)
    assert len(judged) == whole


@pytest.mark.parametrize("ask", BY_PLACE.values(), ids=BY_PLACE)
def test_what_was_done_after_very_many_acts_on_one_thing_is_seen(
    zhangjia, judged, monkeypatch, ask
):
    monkeypatch.setattr(acted_places, "MAX_ACTS", 3)
    ask(zhangjia.site, zhangjia.wu, LATER)
    whole = len(judged)
    judged.clear()
    for _ in range(5):
        _record(zhangjia, "person 5")
    _record(zhangjia, "catalog township")
    ask(zhangjia.site, zhangjia.wu, LATER)
    assert len(judged) == whole


def _record(village, subject):
    with village.site.sessions.writing() as session:
        record(session, village.wu, "act", subject, LATER)


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_a_new_day_makes_it_count_anew(zhangjia, judged, ask):
    ask(zhangjia.site, zhangjia.wu, NOON)
    judged.clear()
    ask(zhangjia.site, zhangjia.wu, NOON + timedelta(days=1))
    assert judged


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_whoever_sees_less_gets_no_count_of_the_whole(zhangjia, ask):
    whole = ask(zhangjia.site, zhangjia.wu, LATER)
    assert ask(zhangjia.site, zhangjia.li, LATER) != whole


def test_what_comes_out_by_itself_is_counted_at_its_moment(zhangjia):
    """It was set for tonight: nobody acts when it comes, and this evening it is disclosed."""
    notice = a_notice(zhangjia, NOON, publish_at=NOON + timedelta(hours=6))
    notice.approved()
    before = _online(zhangjia, NOON)
    after = _online(zhangjia, NOON + timedelta(hours=6))
    assert after == before + 1


def test_what_comes_out_in_one_village_counts_no_other_anew(zhangjia):
    a_notice(zhangjia, NOON, publish_at=NOON + timedelta(hours=6)).approved()
    asked = []

    def count(places):
        asked.append(places)
        return dict.fromkeys(places or zhangjia.ids.values(), len(asked))

    def counts(now):
        with zhangjia.site.sessions.reading() as session:
            township_id = zhangjia.wu.township_id
            return kept_by_place(session, zhangjia.site, township_id, "question", now, count)

    first = counts(NOON)
    assert counts(NOON + timedelta(hours=5)) == first
    later = counts(NOON + timedelta(hours=6))
    assert asked == [None, {zhangjia.id}]
    assert later == first | {zhangjia.id: 2}
    counts(NOON + timedelta(days=1))
    assert asked[2:] == [None], "a new day"


def test_whose_clock_is_behind_keeps_no_wrong_count_for_all(zhangjia):
    """A second machine, or a page that took seconds: it sees what was published, and not yet its moment."""
    before = _online(zhangjia, NOON - timedelta(days=1))
    a_notice(zhangjia, NOON).approved()
    _online(zhangjia, NOON - timedelta(seconds=1))
    after = _online(zhangjia, NOON + timedelta(hours=3))
    assert after == before + 1


def _online(village, now):
    """Published by its day, though it hangs on no board yet."""
    sums = coverage_by_village(village.site, village.wu, now, **SPAN)
    return sum(each.counts[CoverageState.ONLINE_ONLY] for each in sums)


def test_who_asks_while_it_is_counted_waits_for_that_count(zhangjia):
    site, township_id, counted, together = zhangjia.site, zhangjia.wu.township_id, [], Barrier(4)

    def count(places):
        counted.append(places)
        sleep(0.2)  # in which the others ask, too
        return {None: (1, 2)}

    def ask(_number):
        with site.sessions.reading() as session:
            together.wait(10)
            return kept_by_place(session, site, township_id, "同一问", NOON, count)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [{None: (1, 2)}] * 4
    assert counted == [None]
