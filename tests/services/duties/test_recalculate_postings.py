"""A period that ends later than it was said: holidays became known, or the day that it serves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from support.builders import LEDGER, ANotice, a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.errors import Refused
from bulletin.services.access import edition_for
from bulletin.services.boards import post
from bulletin.services.boards.packs.pack_plans import plan_boards
from bulletin.services.changes import stamp
from bulletin.services.desk.cards import Errand
from bulletin.services.desk.today import today
from bulletin.services.duties import open_matter, record_event
from bulletin.services.duties.explanation import explanations
from bulletin.services.duties.recalculate_postings import extend_postings
from bulletin.services.notices import end, redact
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import correct, draft, start
from bulletin.services.operations.verify import verify
from bulletin.services.printing.sheet_facts import sheet_facts
from bulletin.services.public.notice_page import notice_page
from bulletin.store.history import HistoryEntry
from bulletin.store.notices import Edition

ELECTION, VOTE = "election", date(2026, 12, 20)  # a Sunday
ROLL, CANDIDATES = 0, 2
DECEMBER = datetime(2026, 12, 22, 4, tzinfo=UTC)  # 15 days later is 6 January 2027
NEW_YEAR = datetime(2026, 12, 18, 4, tzinfo=UTC)  # 15 days later is 2 January 2027, a Saturday


def end_of(village, code, number=1):
    with village.site.sessions.reading() as session:
        editions = session.scalars(select(Edition)).all()
        edition = next(e for e in editions if e.notice.code == code and e.number == number)
        return edition.posting_end


def history_of(village, act):
    with village.site.sessions.reading() as session:
        entries = session.scalars(select(HistoryEntry).where(HistoryEntry.act == act))
        return [entry.facts for entry in entries]


def election(village, vote_on=VOTE):
    return open_matter.begin_matter(
        village.site, village.li, village.id, ELECTION, "换届选举", vote_on, NOON
    )


def tell(village, opened, step, day, now=NOON):
    told = record_event.record_step_event(village.site, village.li, opened.id, step, day, now)
    return told.duty_id


def approved(village, duty, now=NOON, publish_at=None):
    code = start.start(village.site, village.li, [duty], now)
    draft.save(
        village.site, village.li, code, now, version=1, title="登记参加选举的村民名单",
        document=LEDGER, publish_at=publish_at,
    )  # fmt: skip
    return ANotice(village, code, now).approved()


def sheet_of(village, code):
    with village.site.sessions.reading() as session:
        edition = edition_for(session, village.li, code)
        return sheet_facts(session, village.site, edition, NOON)


# --- the day that a notice serves ----------------------------------------------------------------


@pytest.mark.parametrize("days_before", [72, 40, 21, 20])
def test_the_roll_stays_until_the_election_however_early_it_is_public(zhangjia, days_before):
    opened = election(zhangjia)
    publish_at = datetime(2026, 12, 20, 4, tzinfo=UTC) - timedelta(days=days_before)
    moment = publish_at if publish_at > NOON else None
    roll = approved(zhangjia, opened.duty_id, publish_at=moment)
    end = end_of(zhangjia, roll.code)
    assert end.closes_on >= VOTE
    assert (end.serves, end.serves_on) == ("选举日", VOTE)
    page_words = notice_detail(zhangjia.site, zhangjia.li, roll.code, NOON).posting.words
    assert "到选举日为止" in page_words or end.closes_on > VOTE


def test_the_sheet_of_a_draft_shows_the_end_that_it_will_get(zhangjia):
    opened = election(zhangjia)
    code = start.start(zhangjia.site, zhangjia.li, [opened.duty_id], NOON)
    drafted = sheet_of(zhangjia, code)
    assert (drafted.closes_on, drafted.period_words) == (VOTE, "20日；到选举日为止")
    assert drafted.objection == "10月14日前向村民选举委员会提出，3日内答复"  # 组织法第十七条: 5日


def test_a_roll_that_comes_late_hangs_its_days_all_the_same(zhangjia):
    opened = election(zhangjia, date(2026, 10, 12))
    roll = approved(zhangjia, opened.duty_id)
    assert end_of(zhangjia, roll.code).closes_on == date(2026, 10, 29)  # 20 days from the 9th


def test_the_candidates_stay_until_the_day_that_another_step_recorded(zhangjia):
    opened = election(zhangjia)
    candidates = approved(zhangjia, tell(zhangjia, opened, CANDIDATES, NOON.date()))
    assert end_of(zhangjia, candidates.code).closes_on == VOTE


def test_a_day_recorded_later_extends_what_is_out_and_the_page_says_so(zhangjia):
    opened = open_matter.begin_matter(
        zhangjia.site, zhangjia.li, zhangjia.id, ELECTION, "换届选举", None, NOON
    )
    candidates = approved(zhangjia, tell(zhangjia, opened, CANDIDATES, NOON.date()))
    assert end_of(zhangjia, candidates.code).closes_on == date(2026, 10, 26)
    detail = notice_detail(zhangjia.site, zhangjia.li, candidates.code, NOON)
    assert detail.posting.notes == ("至少公示到选举日，登记了日期就延到那一天。",)
    tell(zhangjia, opened, ROLL, VOTE)
    assert end_of(zhangjia, candidates.code).closes_on == VOTE
    (facts,) = history_of(zhangjia, "extend_period")
    assert (facts["cause"], facts["before"], facts["closes_on"]) == (
        "event", "2026-10-26", "2026-12-20",
    )  # fmt: skip
    page = notice_page(zhangjia.site, Scan(candidates.code, 1), scanned=True, now=NOON)
    assert page.closes_on == VOTE
    assert any("原来到2026年10月26日" in words for words in page.extended)


def test_an_election_put_off_keeps_its_roll_up_and_one_put_forward_takes_nothing_away(zhangjia):
    opened = election(zhangjia)
    roll = approved(zhangjia, opened.duty_id)
    later = VOTE + timedelta(days=6)
    record_event.correct_event(zhangjia.site, zhangjia.li, opened.duty_id, later, NOON)
    assert end_of(zhangjia, roll.code).closes_on == later
    told = explanations(zhangjia.site, zhangjia.li, [opened.duty_id])[opened.duty_id]
    assert "后来改期到2026年12月26日：已经公开的公示到那一天，最迟的日子不变。" in told
    with pytest.raises(Refused) as refused:
        record_event.correct_event(zhangjia.site, zhangjia.li, opened.duty_id, VOTE, NOON)
    assert refused.value.codes == ("answered",)
    assert end_of(zhangjia, roll.code).closes_on == later


def test_a_catalog_of_before_that_counts_back_from_a_day_serves_it_too(zhangjia):
    """No `until` in it: what must be public twenty days before a day serves that day."""
    opened = election(zhangjia)
    roll = approved(zhangjia, opened.duty_id)
    with zhangjia.site.sessions.writing() as session:  # as the release before fixed it
        session.execute(update(Edition).values(closing={}, closes_on=date(2026, 10, 29)))
    assert extend_postings(zhangjia.site, NOON) == 1
    assert extend_postings(zhangjia.site, NOON) == 0
    assert end_of(zhangjia, roll.code).closes_on == VOTE


def test_what_is_over_taken_down_or_redacted_is_not_extended(zhangjia):
    opened = election(zhangjia, date(2026, 10, 12))
    roll = approved(zhangjia, opened.duty_id)
    end.take_down(zhangjia.site, zhangjia.chen, roll.code, "名单有误", NOON)
    record = (zhangjia.site, zhangjia.li, opened.duty_id, VOTE, NOON)
    with pytest.raises(Refused):
        record_event.record_event(*record)
    assert extend_postings(zhangjia.site, NOON) == 0
    assert history_of(zhangjia, "extend_period") == []


def test_the_rest_of_a_redacted_period_is_not_counted_anew(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "写了证件号", NOON)
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    later = notice.later(days=3)
    draft.save(
        zhangjia.site, zhangjia.li, notice.code, later.now, version=1, title="更正",
        document=LEDGER, change_note="去掉个人信息",
    )  # fmt: skip
    later.approved()
    ends = [end_of(zhangjia, notice.code, number) for number in (1, 2)]
    assert ends[0] == ends[1]
    assert extend_postings(zhangjia.site, later.now) == 0


# --- holidays that become known ------------------------------------------------------------------


def knowing_2027(site, *days_off):
    calendar = site.calendar
    days = frozenset(days_off)
    return replace(
        site,
        calendar=replace(
            calendar,
            days_off=calendar.days_off | days,
            confirmed_years=calendar.confirmed_years | {2027},
            names=dict(calendar.names) | dict.fromkeys(days, "元旦"),
        ),
    )


def test_a_period_into_a_year_not_announced_is_provisional_and_says_so_everywhere(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=NEW_YEAR).approved()
    end = end_of(zhangjia, notice.code)
    assert (end.counted_on, end.closes_on) == (date(2027, 1, 2), date(2027, 1, 4))
    assert end.provisional
    page = notice_page(zhangjia.site, Scan(notice.code, 1), scanned=True, now=NOON)
    detail = notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON)
    for words in (
        page.period_words,
        detail.posting.words,
        sheet_of(zhangjia, notice.code).period_words,
    ):
        assert words == "15日；1月2日是周末，顺延；暂定，2027年放假安排还没公布"
    assert extend_postings(zhangjia.site, NOON) == 0  # as long as nobody announced it


def test_when_the_arrangement_arrives_a_later_end_is_kept_noted_and_a_task_for_the_board(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=NEW_YEAR).approved()
    notice.printed()
    post.hang(
        zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], NEW_YEAR.date(), NEW_YEAR
    )
    told = knowing_2027(zhangjia.site, date(2027, 1, 1), date(2027, 1, 4))
    later = NEW_YEAR + timedelta(days=2)
    assert extend_postings(told, later) == 1
    assert extend_postings(told, later) == 0
    end = end_of(zhangjia, notice.code)
    assert (end.closes_on, end.provisional) == (date(2027, 1, 5), False)
    assert [facts["cause"] for facts in history_of(zhangjia, "extend_period")] == ["holidays"]
    page = notice_page(told, Scan(notice.code, 1), scanned=True, now=later)
    assert page.extended == (
        "公示期延长到2027年1月5日，原来到2027年1月4日（2026年12月20日改：放假安排公布）。",
    )

    def papers():
        cards = today(told, zhangjia.li, later).entries
        errands = [errand for card in cards for errand in card.errands]
        return [errand for errand in errands if errand.errand is Errand.REPLACE]

    (paper,) = papers()
    assert paper.code == notice.code
    assert "先不要取下" in paper.detail
    (plan,) = plan_boards(told, zhangjia.li, zhangjia.boards[:1], later, only_new=True)
    assert [line.key for line in plan.changed] == [(notice.code, 1)]
    assert plan.down == ()
    notice.now = later + timedelta(minutes=5)
    notice.printed()
    assert papers() == []
    assert verify(told).altered == ()


@pytest.mark.every_row
@pytest.mark.parametrize(
    ("sql", "how"),
    [
        ("UPDATE edition SET closes_on = '2026-12-21'", "its dates are not those"),
        ("DELETE FROM period_extension", "its period was not extended"),
        ("UPDATE period_extension SET before_on = '2026-12-01'", "its period was not extended"),
    ],
)
def test_a_period_that_was_extended_is_sound_until_somebody_reaches_into_it(zhangjia, sql, how):
    opened = election(zhangjia)
    approved(zhangjia, opened.duty_id)
    for days in (2, 6):  # put off twice
        day = VOTE + timedelta(days=days)
        record_event.correct_event(zhangjia.site, zhangjia.li, opened.duty_id, day, NOON)
    assert verify(zhangjia.site).altered == ()
    with zhangjia.site.sessions.writing() as session:
        session.execute(text(sql))
    assert [a.how for a in verify(zhangjia.site).altered if how in a.how]


def test_a_paper_with_the_earlier_day_that_never_hung_is_printed_anew_before_it_hangs(zhangjia):
    opened = election(zhangjia)
    roll = approved(zhangjia, opened.duty_id)

    def asked():
        """What is to be done with it, the same at each board."""
        cards = today(zhangjia.site, zhangjia.li, roll.now).entries
        errands = [errand for card in cards for errand in card.errands]
        (asked,) = {errand.errand for errand in errands if errand.code == roll.code}
        return asked

    roll.printed()
    assert asked() is Errand.HANG
    roll.later(minutes=5)
    later = VOTE + timedelta(days=6)
    record_event.correct_event(zhangjia.site, zhangjia.li, opened.duty_id, later, roll.now)
    assert asked() is Errand.PRINT, "nothing on the wall has to be replaced"
    roll.later(minutes=5).printed()
    assert asked() is Errand.HANG


def test_when_the_arrangement_makes_it_shorter_nothing_moves_and_it_is_settled(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=NEW_YEAR).approved()
    calendar = zhangjia.site.calendar
    worked = replace(
        calendar,
        working_weekends=calendar.working_weekends | {date(2027, 1, 2)},
        confirmed_years=calendar.confirmed_years | {2027},
    )
    assert extend_postings(replace(zhangjia.site, calendar=worked), NOON) == 0
    end = end_of(zhangjia, notice.code)
    assert (end.closes_on, end.provisional) == (date(2027, 1, 4), False)
    assert verify(zhangjia.site).altered == ()


def test_pages_learn_that_an_end_is_settled_though_its_day_stays(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=NEW_YEAR).approved()
    told = knowing_2027(zhangjia.site, date(2027, 1, 1))
    before = stamp(told)
    assert extend_postings(told, NOON) == 0
    page = notice_page(told, Scan(notice.code, 1), scanned=True, now=NOON)
    assert "暂定" not in page.period_words
    assert stamp(told) == before + 1
    assert extend_postings(told, NOON) == 0
    assert stamp(told) == before + 1


def test_what_hung_when_the_rule_came_keeps_its_end(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    with zhangjia.site.sessions.writing() as session:  # as the release before fixed it
        session.execute(update(Edition).values(closing={}, closes_on=date(2026, 10, 24)))
    assert extend_postings(zhangjia.site, NOON) == 0
    assert end_of(zhangjia, notice.code).closes_on == date(2026, 10, 24)
