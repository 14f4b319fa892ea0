"""Whom the clock can't do something for holds up nobody else, in whatever round; it is told until somebody looked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from support.builders import a_notice
from support.clock import NOON
from support.neighbours import a_neighbour

from bulletin.clock.jobs import TICKS, run, tick_once
from bulletin.domain.ticks import BACKUP_TICK, DUTIES_TICK, PUBLISH_TICK
from bulletin.services.desk.today import today
from bulletin.services.duties import follow_catalog
from bulletin.services.duties import open as opening
from bulletin.services.one_by_one import SomeFailed, one_by_one
from bulletin.services.operations import back_up
from bulletin.services.operations.check import check
from bulletin.services.oversight import remind
from bulletin.services.oversight.annual_report import follow_county_day
from bulletin.services.subscriptions import write_letters

DAY = timedelta(days=1)
VILLAGES = ["village 1", "village 2", "village 3"]
TENTH = NOON + DAY
OCTOBER_14 = NOON + 5 * DAY  # the day before the quarterly items are due


def _serve(villages, fault):
    """A round in which the second one fails; who had a turn."""
    tried = []

    def go():
        with one_by_one() as those:
            for each in villages:
                with those.turn_of(each):
                    tried.append(each)
                    if len(tried) == 2:
                        raise fault

    return go, tried


def test_who_fails_is_named_when_all_others_had_their_turn():
    go, tried = _serve(VILLAGES, ValueError("of this one alone"))
    with pytest.raises(SomeFailed) as some:
        go()
    assert tried == VILLAGES
    assert some.value.failures.keys() == {"village 2"}


def test_a_database_that_is_away_is_waited_for_once():
    go, tried = _serve(VILLAGES, OperationalError("SELECT 1", {}, OSError("连接断了")))
    with pytest.raises(OperationalError):
        go()
    assert tried == VILLAGES[:2]


@pytest.fixture
def county(zhangjia):
    """Two townships, whose county orders the report by another day."""
    a_neighbour(zhangjia)
    return replace(zhangjia, site=replace(zhangjia.site, report_due="02-20"))


def _news(village, now):
    write_letters.write_letters(village.site, now - DAY)  # begins to gather
    for _ in range(2):
        a_notice(village, now).approved()


ROUNDS = [
    (follow_county_day, "_adopt", follow_county_day.follow_county_day, NOON, None),
    (follow_catalog, "_follow", follow_catalog.follow_adoptions, TENTH, None),
    (opening, "_open_for", opening.open_duties, TENTH, None),
    (remind, "_reminders", remind.remind, OCTOBER_14, None),
    (remind, "_write", remind.remind, OCTOBER_14, None),
    (remind, "_deliver", remind.remind, OCTOBER_14, None),
    (write_letters, "_note", write_letters.write_letters, TENTH, _news),
]


@pytest.mark.parametrize(
    ("module", "name", "act", "now", "before"), ROUNDS, ids=[each[1] for each in ROUNDS]
)
def test_one_of_a_round_fails_and_the_others_have_their_turn(
    county, monkeypatch, module, name, act, now, before
):
    if before:
        before(county, now)
    do, turns = getattr(module, name), []

    def fail_once(*args, **kwargs):
        turns.append(name)
        if len(turns) == 1:
            raise RuntimeError("of this one alone")
        return do(*args, **kwargs)

    monkeypatch.setattr(module, name, fail_once)
    with pytest.raises(SomeFailed) as some:
        act(county.site, now)
    assert len(turns) > 1
    assert len(some.value.failures) == 1
    failed = len(turns)
    act(county.site, now + DAY)  # what was left out is done at last, and nothing was done by halves
    assert len(turns) > failed or name == "_note"


def test_the_rounds_of_a_tick_hold_each_other_up_no_more_than_their_places(county, monkeypatch):
    """The county's day fails for one township: all duties open, and people are told whose it was."""

    def fail(*_args):
        raise RuntimeError("of this one alone")

    monkeypatch.setattr(follow_county_day, "_adopt", fail)
    with pytest.raises(SomeFailed) as some:
        run(DUTIES_TICK, TICKS[DUTIES_TICK], county.site, NOON + 60 * DAY)
    assert len(some.value.failures) == 2
    with county.site.sessions.reading() as session:
        assert opening.heartbeat.last_beat(session, DUTIES_TICK, NOON + 60 * DAY)
    later = NOON + 60 * DAY + timedelta(hours=1)
    assert _told(county, later) == ["红崖子沟乡", "乙乡"]
    assert today(county.site, county.zheng, later).house.left_out == ("红崖子沟乡",), (
        "its own alone"
    )
    assert today(county.site, county.li, later).house.left_out == ()
    monkeypatch.undo()
    run(DUTIES_TICK, TICKS[DUTIES_TICK], county.site, later)
    assert _told(county, later) != [], "for a day, that somebody looks"
    run(DUTIES_TICK, TICKS[DUTIES_TICK], county.site, later + DAY)
    assert _told(county, later + DAY) == []


def _told(village, now):
    said = [each.what for each in check(village.site, now)]
    return [what.split()[4] for what in said if what.startswith("the clock left out")]


def test_a_place_that_can_not_follow_its_catalog_opens_nothing_beside_the_old_one(
    county, monkeypatch
):
    opened = []
    open_for, follow = opening._open_for, follow_catalog._follow

    def fail_for_the_village(session, site, place, days, now):
        if place.village_id == county.id:
            raise RuntimeError("of this one alone")
        return follow(session, site, place, days, now)

    def watched(session, plan, place, now):
        opened.append(place.village_id)
        return open_for(session, plan, place, now)

    monkeypatch.setattr(follow_catalog, "_follow", fail_for_the_village)
    monkeypatch.setattr(opening, "_open_for", watched)
    with pytest.raises(SomeFailed):
        run(DUTIES_TICK, TICKS[DUTIES_TICK], county.site, TENTH)
    assert county.id not in opened
    assert len(opened) > 2


def test_a_township_behind_in_two_ways_opens_nothing_beside_its_old_catalog(county, monkeypatch):
    """Both ways have one name for it."""
    opened = []

    def fail(*_args):
        raise RuntimeError("of this one alone")

    monkeypatch.setattr(follow_county_day, "_adopt", fail)
    monkeypatch.setattr(follow_catalog, "_follow", fail)
    monkeypatch.setattr(opening, "_open_for", lambda *_args: opened.append(1) or 0)
    with pytest.raises(SomeFailed):
        run(DUTIES_TICK, TICKS[DUTIES_TICK], county.site, TENTH)
    assert opened == []


def test_one_tick_that_fails_keeps_no_other_from_running(county, monkeypatch, tmp_path):
    """`bulletin tick` runs all of them; rows are backed up, too, when a file can't be copied."""
    monkeypatch.setattr(back_up, "_copy_files", lambda *_: 1 / 0)
    site = replace(county.site, backup_dir=tmp_path / "second")
    notice = a_notice(county, NOON, publish_at=TENTH).approved()
    said = []
    with pytest.raises(SomeFailed, match="备份文件") as some:
        tick_once(site, TENTH, say=lambda name, _outcome: said.append(name))
    assert set(said) == TICKS.keys() - {BACKUP_TICK}, "what the others did is told"
    assert some.value.failures.keys() == {"备份文件"}
    assert list((tmp_path / "second").glob("*.zip"))
    with site.sessions.reading() as session:
        assert opening.heartbeat.last_beat(session, PUBLISH_TICK, TENTH) == TENTH
    assert notice.code
