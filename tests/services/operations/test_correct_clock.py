"""A clock that was ahead: what it did is listed, undone or owned, and the site goes on."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select
from support.builders import LEDGER, ANotice, a_duty, a_notice
from support.clock import NOON

from bulletin.clock.jobs import tick_once
from bulletin.domain.codes import Scan
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.errors import Refused
from bulletin.domain.notices.visibility import PageState
from bulletin.domain.outlets.airing import Slot
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.people import OPERATOR
from bulletin.services.duties.mark_not_applicable import mark_not_applicable
from bulletin.services.duties.open_matter import begin_matter
from bulletin.services.duties.overview import duty_lines
from bulletin.services.duties.record_event import correct_event
from bulletin.services.notices import redact
from bulletin.services.notices.drafts import draft, start
from bulletin.services.operations.correct_clock import clock_jump, correct_clock
from bulletin.services.operations.verify import verify
from bulletin.services.outlets.change_slots import plan_airings
from bulletin.services.outlets.register_outlet import NewOutlet, register_outlet
from bulletin.services.outlets.to_send import outlet_work
from bulletin.services.people.record_tries import SignInPaused
from bulletin.services.people.sign_in import sign_in, who
from bulletin.services.public.notice_page import notice_page
from bulletin.store import history
from bulletin.store.duties import Duty
from bulletin.store.filings import Filing
from bulletin.store.heartbeat import Heartbeat, Outage
from bulletin.store.notices import Edition
from bulletin.store.period_extensions import PeriodExtension
from bulletin.store.print_runs import PrintRun, outdated_editions
from bulletin.store.reminders import Message, Reminder

PLANNED_FOR = NOON + timedelta(days=2)
AHEAD = NOON + timedelta(days=400)
RIGHT = NOON + timedelta(minutes=10)
AHEAD_A_LITTLE = NOON + timedelta(days=3)


@pytest.fixture
def jumped(zhangjia):
    """A notice waits for its moment; then the clock runs four hundred days ahead for one round."""
    tick_once(zhangjia.site, NOON)
    notice = a_notice(zhangjia, NOON, publish_at=PLANNED_FOR).approved()
    tick_once(zhangjia.site, AHEAD)
    return zhangjia, notice


def everything(village, table):
    with village.site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_nothing_is_listed_while_the_clock_is_right(zhangjia):
    tick_once(zhangjia.site, NOON)
    assert clock_jump(zhangjia.site, RIGHT) is None
    assert correct_clock(zhangjia.site, OPERATOR, RIGHT) is None


def test_what_a_clock_ahead_did_is_listed_and_nothing_is_changed_by_looking(jumped):
    village, _ = jumped
    before = everything(village, history.HistoryEntry)
    jump = clock_jump(village.site, RIGHT)
    assert jump.reached_at == AHEAD
    outcomes = {line.entry.act: line.outcome for line in jump.entries}
    assert outcomes["publish"].startswith("undone: scheduled again")
    assert jump.duties > 0
    assert everything(village, history.HistoryEntry) == before


def test_what_went_out_too_early_is_scheduled_again_and_goes_out_at_its_moment(jumped):
    village, notice = jumped
    correct_clock(village.site, OPERATOR, RIGHT)

    def state(now):
        page = notice_page(village.site, Scan(notice.code, 1), scanned=True, now=now)
        return page.page_state

    assert state(RIGHT) is PageState.NOT_YET
    tick_once(village.site, PLANNED_FOR)
    assert state(PLANNED_FOR) is PageState.CURRENT
    with village.site.sessions.reading() as session:
        told = session.scalars(select(Filing).where(Filing.act == "publish")).all()
    assert [filing.at for filing in told] == [PLANNED_FOR], "the township was told once"


def test_duties_reminders_and_outages_of_days_to_come_are_taken_back(jumped):
    village, _ = jumped
    correct_clock(village.site, OPERATOR, RIGHT)
    horizon = (NOON + timedelta(days=village.site.horizon_days + 1)).date()
    with village.site.sessions.reading() as session:
        late = session.scalars(select(Duty).where(Duty.due_on > horizon)).all()
        assert [duty.occasion for duty in late if duty.matter_id is None] == []
        assert session.scalars(select(Message).where(Message.day_on > NOON.date())).all() == []
        assert session.scalars(select(Reminder).where(Reminder.day_on > NOON.date())).all() == []
        assert session.scalars(select(Outage).where(Outage.until_at > RIGHT)).all() == []
        assert session.scalars(select(Heartbeat).where(Heartbeat.at > RIGHT)).all() == []


def test_duties_that_were_taken_back_open_again_in_their_time_and_once(jumped):
    village, _ = jumped
    correct_clock(village.site, OPERATOR, RIGHT)
    later = NOON + timedelta(days=100)
    tick_once(village.site, later)
    lines = duty_lines(village.site, village.zhou, later)
    occasions = [(line.publisher, line.item_code, line.occasion) for line in lines]
    assert len(occasions) == len(set(occasions))
    accounts = {o for _, code, o in occasions if code == "finance.quarterly_accounts"}
    assert {"2026-Q3", "2026-Q4"} <= accounts


def test_approving_and_publishing_go_on_and_the_history_holds(jumped):
    village, _ = jumped
    with pytest.raises(Refused, match="correct-clock"):
        a_notice(village, RIGHT).approved()
    correct_clock(village.site, OPERATOR, RIGHT)
    a_notice(village, RIGHT).approved()
    verdict = verify(village.site)
    assert verdict.sound, verdict.altered
    assert any("the clock had been ahead" in seam for seam in verdict.seams)
    assert clock_jump(village.site, RIGHT) is None, "once is enough"


def test_what_people_did_meanwhile_stays_and_is_named(zhangjia):
    a_notice(zhangjia, AHEAD).approved()
    jump = correct_clock(zhangjia.site, OPERATOR, RIGHT)
    by_people = [line for line in jump.entries if line.entry.actor == zhangjia.li.name]
    assert by_people
    assert all(line.outcome.startswith("stays") for line in by_people)


def test_a_second_jump_lists_only_its_own(jumped):
    village, _ = jumped
    correct_clock(village.site, OPERATOR, RIGHT)
    tick_once(village.site, AHEAD + timedelta(days=40))
    second = clock_jump(village.site, RIGHT)
    assert min(line.entry.number for line in second.entries) > 1
    with village.site.sessions.reading() as session:
        ended = history.last_number(session, "correct_clock")
    assert all(line.entry.number > ended for line in second.entries)


def test_wrong_tries_and_a_session_from_the_future_are_none(zhangjia):
    token = sign_in(zhangjia.site, "li", zhangjia.password, AHEAD)
    assert who(zhangjia.site, token, AHEAD) is not None
    assert who(zhangjia.site, token, NOON) is None
    for _ in range(5):
        with pytest.raises(Refused):
            sign_in(zhangjia.site, "li", "wrong", AHEAD)
    with pytest.raises(SignInPaused):
        sign_in(zhangjia.site, "li", zhangjia.password, AHEAD)
    assert sign_in(zhangjia.site, "li", zhangjia.password, NOON)


def test_what_people_did_ahead_decides_from_now_on_and_not_on_a_day_to_come(zhangjia):
    """A new sheet is newer than the extension, a redaction is over, 不适用 holds today."""
    opened = begin_matter(
        zhangjia.site, zhangjia.li, zhangjia.id, "election", "换届选举", date(2026, 12, 20), NOON
    )
    code = start.start(zhangjia.site, zhangjia.li, [opened.duty_id], NOON)
    draft.save(
        zhangjia.site, zhangjia.li, code, NOON, version=1, title="名单", document=LEDGER
    )  # fmt: skip
    roll = ANotice(zhangjia, code, NOON).approved()
    roll.printed()
    redacted = a_notice(zhangjia, NOON, item="affairs.meeting_decisions").approved()
    correct_event(zhangjia.site, zhangjia.li, opened.duty_id, date(2026, 12, 26), AHEAD_A_LITTLE)
    waived = a_duty(zhangjia, "finance.quarterly_accounts", NOON)
    mark_not_applicable(zhangjia.site, zhangjia.li, waived, "没有收支", AHEAD_A_LITTLE)
    redact.redact(zhangjia.site, zhangjia.li, redacted.code, "写进了病情", AHEAD_A_LITTLE)
    correct_clock(zhangjia.site, OPERATOR, RIGHT)

    line = next(line for line in duty_lines(zhangjia.site, zhangjia.li, RIGHT) if line.id == waived)
    assert line.state is CoverageState.NOT_APPLICABLE
    roll.later(minutes=20).printed()
    with zhangjia.site.sessions.reading() as session:
        assert session.execute(outdated_editions(zhangjia.li.township_id)).all() == []
        for moment in (PrintRun.printed_at, PeriodExtension.at, Edition.redacted_at):
            assert session.scalar(select(func.max(moment))) <= roll.now
    assert verify(zhangjia.site).altered == ()


def test_a_plan_that_was_made_ahead_counts_for_what_is_published_from_now_on(zhangjia):
    new = NewOutlet(name="村广播", kind=OutletKind.BROADCAST, village_id=zhangjia.id, days=0)
    speaker = register_outlet(zhangjia.site, zhangjia.zheng, new, NOON)
    slots = (Slot(time(7)),)
    plan_airings(zhangjia.site, zhangjia.li, speaker, slots, 2, AHEAD_A_LITTLE)
    correct_clock(zhangjia.site, OPERATOR, RIGHT)
    later = RIGHT + timedelta(minutes=20)
    notice = a_notice(zhangjia, later, item="government.land_preannouncement").approved()
    (task,) = outlet_work(zhangjia.site, zhangjia.li, later).page.lines
    assert (task.code, task.wanted) == (notice.code, 2)
