"""Duties open by themselves, once, with the day that the rule gave and the day in force."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from support.builders import a_notice, found_village
from support.clock import NOON
from support.paths import SCHEDULES

from bulletin.domain.catalog.adaptation import Adaptation, Change
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.errors import Refused
from bulletin.schedules.catalog import load_catalog
from bulletin.services.access import edition_for
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.catalog.in_force import InForce
from bulletin.services.duties import open_matter, overview, record_event
from bulletin.services.duties.open import WAITING, Plan, open_duties
from bulletin.services.notices import publish
from bulletin.services.notices.drafts import start
from bulletin.services.places.create import NewVillage, add_village
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty

ACCOUNTS = "finance.quarterly_accounts"
STANDARD = load_catalog(SCHEDULES / "catalog.yaml")


def lines(village, item, now=NOON, **facts):
    found = overview.duty_lines(village.site, village.operator, now, village_id=village.id, **facts)
    return [line for line in found if line.item_code == item]


def test_the_quarters_accounts_are_owed_by_the_fifteenth_day_after_it(zhangjia):
    (line,) = lines(zhangjia, ACCOUNTS)
    assert (line.occasion, line.label) == ("2026-Q3", "2026年第三季度")
    assert line.rule_on == line.due_on == date(2026, 10, 15)
    assert line.status is DutyStatus.DUE_SOON


def test_however_often_the_sweep_runs_a_duty_opens_once(zhangjia):
    def count():
        with zhangjia.site.sessions.reading() as session:
            return session.scalar(select(func.count()).select_from(Duty))

    before = count()
    assert [open_duties(zhangjia.site, NOON) for _ in range(3)] == [0, 0, 0]
    assert count() == before


def test_the_sweep_opens_what_comes_within_the_horizon(zhangjia):
    open_duties(zhangjia.site, NOON + timedelta(days=37))
    assert [line.occasion for line in lines(zhangjia, ACCOUNTS)] == ["2026-Q3"]
    open_duties(zhangjia.site, NOON + timedelta(days=38))
    assert [line.occasion for line in lines(zhangjia, ACCOUNTS)] == ["2026-Q3", "2026-Q4"]


@pytest.mark.slow
def test_where_finances_are_busy_they_are_owed_every_month(site):
    village = found_village(site, NOON, busy=True)
    occasions = [line.occasion for line in lines(village, ACCOUNTS)]
    assert occasions == ["2026-09", "2026-10"]
    assert not [o for o in occasions if "Q" in o]


def test_an_item_that_waits_for_an_event_is_waiting_and_not_late(zhangjia):
    (line,) = lines(zhangjia, "affairs.public_works", as_of=date(2030, 1, 1))
    assert (line.status, line.due_on, line.occasion) == (DutyStatus.WAITING, None, WAITING)


def test_a_waiting_item_cannot_be_drafted_before_its_event(zhangjia):
    (line,) = lines(zhangjia, "affairs.public_works")
    with pytest.raises(Refused) as refused:
        start.start(zhangjia.site, zhangjia.li, [line.id], NOON)
    assert refused.value.codes == ("waits_for_event",)


def test_an_event_is_recorded_once(zhangjia):
    (waiting,) = lines(zhangjia, "affairs.public_works")
    matter = open_matter.open_matter(zhangjia.site, zhangjia.li, waiting.id, "村道硬化工程", NOON)
    args = (zhangjia.site, zhangjia.li, matter.duty_id, date(2026, 10, 8), NOON)
    record_event.record_event(*args)
    with pytest.raises(Refused) as refused:
        record_event.record_event(*args)
    assert refused.value.codes == ("event_known",)


def test_the_election_roll_is_owed_twenty_days_before_election_day(zhangjia):
    (waiting,) = lines(zhangjia, "affairs.election_roll")
    matter = open_matter.open_matter(zhangjia.site, zhangjia.li, waiting.id, "换届选举", NOON)
    due = record_event.record_event(
        zhangjia.site, zhangjia.li, matter.duty_id, date(2026, 12, 20), NOON
    )
    assert due == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("published_at", "as_of", "expected"),
    [
        (NOON, date(2026, 10, 9), DutyStatus.ON_TIME),
        (NOON + timedelta(days=6), date(2026, 10, 15), DutyStatus.ON_TIME),
        (NOON + timedelta(days=7), date(2026, 10, 16), DutyStatus.LATE),
        (NOON + timedelta(days=7), date(2026, 10, 15), DutyStatus.DUE_SOON),
    ],
)
def test_a_duty_stands_by_the_day_its_notice_became_public_as_of_any_day(
    zhangjia, published_at, as_of, expected
):
    a_notice(zhangjia, NOON, publish_at=published_at).approved()
    late = NOON + timedelta(days=30)
    publish.publish_due(zhangjia.site, late)
    (line,) = [x for x in lines(zhangjia, ACCOUNTS, late, as_of=as_of) if x.occasion == "2026-Q3"]
    assert line.status is expected


def test_one_notice_may_answer_several_duties_of_two_publishers(zhangjia):
    (accounts_line,) = lines(zhangjia, ACCOUNTS)
    (own,) = lines(zhangjia, "collective.accounts")
    start.start(zhangjia.site, zhangjia.li, [accounts_line.id, own.id], NOON)
    for item in (ACCOUNTS, "collective.accounts"):
        assert len(lines(zhangjia, item)[0].notices) == 1


def test_a_duty_says_on_whose_desk_it_lies(zhangjia):
    notice = a_notice(zhangjia, NOON)
    assert lines(zhangjia, ACCOUNTS)[0].notices[0].lies_with == "信息员"
    notice.submitted()
    assert lines(zhangjia, ACCOUNTS)[0].notices[0].lies_with == "村务监督委员会成员"


def test_a_new_adoption_rewrites_nothing_that_was_already_judged(zhangjia):
    for day in (date(2026, 10, 1), date(2026, 10, 9)):
        with pytest.raises(Refused) as refused:
            adopt_catalog(
                zhangjia.site, zhangjia.zheng, zhangjia.id, day,
                Adaptation(), NOON,
            )  # fmt: skip
        assert refused.value.codes == ("adoption_in_past",)


def test_a_village_adapts_its_catalog_from_tomorrow_on(zhangjia):
    adopt_catalog(
        zhangjia.site, zhangjia.zheng, zhangjia.id,
        date(2026, 12, 1), Adaptation(changed={ACCOUNTS: Change(posting_days=30)}), NOON,
    )  # fmt: skip
    december = NOON + timedelta(days=60)
    open_duties(zhangjia.site, december)
    (line,) = [x for x in lines(zhangjia, ACCOUNTS, december) if x.occasion == "2026-Q4"]
    code = start.start(zhangjia.site, zhangjia.li, [line.id], december)
    with zhangjia.site.sessions.reading() as session:
        assert edition_for(session, zhangjia.operator, code).posting_days == 30


def test_after_a_long_silence_the_sweep_opens_everything_it_missed(zhangjia):
    open_duties(zhangjia.site, NOON + timedelta(days=400))
    occasions = {line.occasion for line in lines(zhangjia, ACCOUNTS, NOON + timedelta(days=400))}
    assert occasions == {"2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"}


def test_a_village_that_adopts_late_is_not_forgotten_by_a_sweep_that_was_here_before(zhangjia):
    later = NOON + timedelta(days=300)
    open_duties(zhangjia.site, later)
    new = NewVillage("630223202299", "新合村", "0972-8320009")
    village = add_village(zhangjia.site, zhangjia.operator, new, date(2026, 1, 1), later)
    adopt_catalog(zhangjia.site, zhangjia.operator, village, date(2027, 1, 1), Adaptation(), later)
    open_duties(zhangjia.site, later + timedelta(hours=1))
    found = overview.duty_lines(zhangjia.site, zhangjia.operator, later, village_id=village)
    occasions = {line.occasion for line in found if line.item_code == ACCOUNTS}
    assert occasions == {"2026-Q4", "2027-Q1", "2027-Q2"}


@given(days=st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_however_the_sweeps_are_spaced_they_open_the_same(days):
    """The days that a plan looks at, sweep after sweep, hold every occasion once."""
    limits = [item.time_limit for item in STANDARD.items if item.time_limit.every]
    adoption = Adoption(in_force_from=NOON.date(), adopted_at=NOON)
    site = SimpleNamespace(horizon_days=60, calendar=WorkCalendar(), promptly_days=10)
    at, last, opened = NOON, None, set()
    for step in [0, *days]:
        at += timedelta(days=step)
        plan = Plan(site, at.date(), last)
        first_on = plan.first_day(InForce(1, date(2026, 1, 1), adoption, STANDARD))
        opened |= {
            (limit, each.key) for limit in limits for each in plan.occasions(limit, first_on)
        }
        last = at
    whole = Plan(site, at.date(), None)
    expected = {
        (limit, each.key) for limit in limits for each in whole.occasions(limit, NOON.date())
    }
    assert opened == expected
