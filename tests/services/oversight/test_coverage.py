"""The coverage matrix over real stories of a village."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from support.builders import LEDGER, a_duty, a_notice
from support.clock import NOON

from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.duties.status import DutyStatus
from bulletin.services.access import edition_for
from bulletin.services.boards import post
from bulletin.services.boards.overview import board_rows
from bulletin.services.desk.today import today
from bulletin.services.duties import mark_not_applicable, open_matter, record_event
from bulletin.services.duties.explanation import duty_detail
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices import end, publish, redact
from bulletin.services.notices.drafts import correct, draft
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.oversight.coverage_sums import coverage_by_township
from bulletin.services.oversight.coverage_tables import CELLS, SUMS, coverage_file
from bulletin.store import schema
from bulletin.writers.tables import headings

Q4 = {"first_on": date(2026, 10, 1), "last_on": date(2026, 12, 31)}
ACCOUNTS = "finance.quarterly_accounts"


def table(village, *, who=None, now=NOON, **facts):
    return coverage_table(village.site, who or village.wu, now, **Q4 | facts)


def cell(village, item=ACCOUNTS, **facts):
    found = table(village, village_id=village.id, **facts)
    return found.rows[0].cells[item][0]


def hang(village, notice, at):
    notice.printed()
    post.hang(village.site, village.li, notice.code, village.boards[0], at.date(), at)


def test_a_published_notice_is_online_only_until_it_hangs(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    publish.publish_due(zhangjia.site, NOON)
    found = cell(zhangjia)
    assert (found.state, found.notice) == (CoverageState.ONLINE_ONLY, notice.code)
    hang(zhangjia, notice, NOON + timedelta(days=1))
    tomorrow = NOON + timedelta(days=1)
    assert cell(zhangjia, now=tomorrow).state is CoverageState.ON_TIME
    assert cell(zhangjia, now=tomorrow, as_of=date(2026, 10, 9)).state is CoverageState.ONLINE_ONLY
    assert cell(zhangjia, now=tomorrow, as_of=date(2026, 10, 8)).state is CoverageState.DUE_SOON


def published(village, at=NOON):
    """The accounts of the third quarter, due on 15 October, online from a day on."""
    notice = a_notice(village, at).approved()
    publish.publish_due(village.site, at)
    return notice


def seen(village, now, *days):
    """The state of the accounts as of some days of the last quarter, each (month, day)."""
    return [cell(village, now=now, as_of=date(2026, *day)).state.value for day in days]


def as_a_line(village, now):
    """The same duty as the desk, the reminders and its own page have it."""
    duty = cell(village, now=now).duty_id
    lines = duty_lines(village.site, village.li, now, village_id=village.id)
    return next(line for line in lines if line.id == duty)


def correction(village, notice, at):
    """The next edition, through all its steps."""
    correct.correct(village.site, village.li, notice.code, at)
    with village.site.sessions.reading() as session:
        newest = edition_for(session, village.li, notice.code)
        version = newest.version
    draft.save(
        village.site, village.li, notice.code, at, version=version,
        title="2026年第三季度村级财务收支情况（更正）", document=LEDGER, change_note="更正一笔",
    )  # fmt: skip
    notice.now = at
    notice.approved()
    publish.publish_due(village.site, at)


def test_hung_a_month_after_its_day_is_late_on_the_wall(zhangjia):
    notice, hung_at = published(zhangjia), NOON + timedelta(days=42)  # 20 November
    assert cell(zhangjia, now=hung_at).state is CoverageState.ONLINE_ONLY
    hang(zhangjia, notice, hung_at)
    found, line = cell(zhangjia, now=hung_at), as_a_line(zhangjia, hung_at)
    for told in (found, line):
        assert (told.state, told.status) == (CoverageState.LATE_ON_WALL, DutyStatus.LATE)
        assert told.remark == "2026年11月20日上墙"
        assert (told.web_on, told.wall_on) == (date(2026, 10, 9), date(2026, 11, 20))
    days = ((10, 8), (10, 9), (10, 15), (10, 16), (11, 19), (11, 20))
    assert seen(zhangjia, hung_at, *days) == [
        "due_soon", "online_only", "online_only", "online_only", "online_only", "late_on_wall",
    ]  # fmt: skip
    standing = {day: cell(zhangjia, now=hung_at, as_of=day).status for day in
                (date(2026, 10, 15), date(2026, 10, 16))}  # fmt: skip
    assert list(standing.values()) == [DutyStatus.ON_TIME, DutyStatus.LATE]


def test_a_paper_taken_off_after_three_days_hung_too_short(zhangjia):
    notice, down_at = published(zhangjia), NOON + timedelta(days=3)
    hang(zhangjia, notice, NOON)
    board = board_rows(zhangjia.site, zhangjia.li, NOON, village_id=zhangjia.id)[0]
    post.take_off(
        zhangjia.site, zhangjia.li, board.hanging[0].posting_id, down_at.date(), down_at
    )  # fmt: skip
    assert seen(zhangjia, down_at, (10, 11), (10, 12)) == ["on_time", "hung_too_short"]
    remark = "张贴不足15日：2026年10月9日贴上，2026年10月12日取下，应贴到2026年10月26日（10月24日是周末，顺延）"
    assert cell(zhangjia, now=down_at).remark == as_a_line(zhangjia, down_at).remark == remark


def test_the_files_say_when_it_came_to_the_wall_and_what_was_too_short(zhangjia):
    hung_at = NOON + timedelta(days=42)
    hang(zhangjia, published(zhangjia), hung_at)
    data = coverage_file(table(zhangjia, now=hung_at, village_id=zhangjia.id), "csv")
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    row = next(row for row in rows if row["公开事项"] == "村级财务收支情况")
    assert {row["情况"], row["是否按时"], row["说明"], row["网上公开"], row["上墙"]} == {
        "上墙迟", "迟公开", "2026年11月20日上墙", "2026-10-09", "2026-11-20",
    }  # fmt: skip


def test_an_hour_online_is_not_disclosed(zhangjia):
    notice, later = published(zhangjia), NOON + timedelta(days=10)
    end.take_down(
        zhangjia.site, zhangjia.li, notice.code, "金额有误", NOON + timedelta(hours=1)
    )  # fmt: skip
    found, line = cell(zhangjia, now=later), as_a_line(zhangjia, later)
    for told in (found, line):
        assert (told.state, told.status) == (CoverageState.TAKEN_DOWN, DutyStatus.OVERDUE)
        assert (told.reason, told.remark) == ("金额有误", "2026年10月9日撤下")
    assert line.may_start
    owed = duty_lines(zhangjia.site, zhangjia.li, later, village_id=zhangjia.id, settled=False)
    assert line.id in {each.id for each in owed}
    assert seen(zhangjia, later, (10, 8), (10, 9), (10, 16)) == ["due_soon"] + 2 * ["taken_down"]
    last = duty_detail(zhangjia.site, zhangjia.li, line.id, later).desk_times[-1]
    assert (last.who, last.doing, last.from_on) == ("信息员", "撤下以后还没有补上", NOON.date())
    cards = today(zhangjia.site, zhangjia.li, later).entries
    (card,) = (card for card in cards if card.duty == line.id)
    assert (card.action, card.detail) == ("起草", "张家村 · 2026年10月9日撤下，还没有补上")


def test_a_later_correction_fills_no_gap(zhangjia):
    notice, down_at, again_at = published(zhangjia), NOON + timedelta(days=3), NOON + timedelta(20)
    hang(zhangjia, notice, NOON)
    board = board_rows(zhangjia.site, zhangjia.li, NOON, village_id=zhangjia.id)[0]
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "金额有误", down_at)
    post.take_off(
        zhangjia.site, zhangjia.li, board.hanging[0].posting_id, down_at.date(), down_at
    )  # fmt: skip
    correct.correct(zhangjia.site, zhangjia.li, notice.code, down_at)  # begun, and not yet out
    days = (10, 11), (10, 12), (10, 16), (10, 28)
    gap = ["on_time", "taken_down", "taken_down", "taken_down"]
    assert seen(zhangjia, again_at - timedelta(days=1), *days) == gap
    end.cancel(zhangjia.site, zhangjia.li, notice.code, "另写", down_at)
    correction(zhangjia, notice, again_at)
    hang(zhangjia, notice, again_at)
    assert seen(zhangjia, again_at, *days, (10, 29)) == [*gap, "late"]
    assert cell(zhangjia, now=again_at).remark == "2026年10月29日公开"


def test_a_correction_that_follows_at_once_keeps_the_day(zhangjia):
    notice, again_at = published(zhangjia), NOON + timedelta(days=8)
    hang(zhangjia, notice, NOON)
    correction(zhangjia, notice, again_at)
    hang(zhangjia, notice, again_at)
    assert seen(zhangjia, again_at, (10, 9), (10, 16), (10, 17)) == 3 * ["on_time"]


def test_what_is_taken_down_after_its_period_was_disclosed(zhangjia):
    notice, down_at = published(zhangjia), NOON + timedelta(days=18)  # closes on 26 October
    hang(zhangjia, notice, NOON)
    board = board_rows(zhangjia.site, zhangjia.li, NOON, village_id=zhangjia.id)[0]
    post.take_off(
        zhangjia.site, zhangjia.li, board.hanging[0].posting_id, down_at.date(), down_at
    )  # fmt: skip
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "改版", down_at)
    assert seen(zhangjia, down_at, (10, 26), (10, 27)) == 2 * ["on_time"]
    owed = duty_lines(zhangjia.site, zhangjia.li, down_at, village_id=zhangjia.id, settled=False)
    assert notice.code not in {each.code for line in owed for each in line.notices}


def test_removing_personal_data_takes_nothing_of_the_disclosure(zhangjia):
    notice, later = published(zhangjia), NOON + timedelta(days=3)
    hang(zhangjia, notice, NOON)
    board = board_rows(zhangjia.site, zhangjia.li, NOON, village_id=zhangjia.id)[0]
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "有一个号码", later)
    post.take_off(zhangjia.site, zhangjia.li, board.hanging[0].posting_id, later.date(), later)
    assert seen(zhangjia, later, (10, 11), (10, 12)) == 2 * ["on_time"]


def test_what_goes_out_later_today_is_not_public_yet(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=NOON + timedelta(hours=2)).approved()
    assert cell(zhangjia).state is as_a_line(zhangjia, NOON).state is CoverageState.DUE_SOON
    assert as_a_line(zhangjia, NOON + timedelta(hours=2)).state is CoverageState.ONLINE_ONLY
    assert notice.code == cell(zhangjia, now=NOON + timedelta(hours=2)).notice


def test_what_hangs_before_it_is_public_is_on_paper_only(zhangjia):
    later = NOON + timedelta(days=3)
    notice = a_notice(zhangjia, NOON, publish_at=later).approved()
    hang(zhangjia, notice, NOON)
    assert cell(zhangjia).state is CoverageState.PAPER_ONLY
    publish.publish_due(zhangjia.site, later)
    assert cell(zhangjia, now=later).state is CoverageState.ON_TIME


def test_who_said_that_it_is_not_applicable_and_since_when(zhangjia):
    duty = a_duty(zhangjia, ACCOUNTS, NOON)
    mark_not_applicable.mark_not_applicable(zhangjia.site, zhangjia.li, duty, "账目移交中", NOON)
    found = cell(zhangjia)
    assert (found.state, found.reason, found.declared_by) == (
        CoverageState.NOT_APPLICABLE, "账目移交中", "李示例",
    )  # fmt: skip
    assert cell(zhangjia, as_of=date(2026, 10, 8)).state is CoverageState.DUE_SOON


def test_the_days_in_between_stay_not_applicable(zhangjia):
    duty, back_at, last_at = (
        a_duty(zhangjia, ACCOUNTS, NOON),
        NOON + timedelta(5),
        NOON + timedelta(9),
    )
    mark_not_applicable.mark_not_applicable(zhangjia.site, zhangjia.li, duty, "账目移交中", NOON)
    mark_not_applicable.revoke_not_applicable(zhangjia.site, zhangjia.li, duty, back_at)
    mark_not_applicable.mark_not_applicable(zhangjia.site, zhangjia.li, duty, "又移交", last_at)
    days = {8: "due_soon", 9: "not_applicable", 13: "not_applicable", 14: "due_soon",
            17: "overdue", 18: "not_applicable"}  # fmt: skip
    assert seen(zhangjia, last_at, *((10, day) for day in days)) == list(days.values())
    told = duty_detail(zhangjia.site, zhangjia.li, duty, last_at).not_applicable
    assert [(span.from_on.day, span.until_on.day) for span in told] == [(9, 14)]
    reasons = [cell(zhangjia, now=last_at, as_of=date(2026, 10, day)).reason for day in (9, 18)]
    assert reasons == ["账目移交中", "又移交"]
    (line,) = (
        line
        for line in duty_lines(
            zhangjia.site, zhangjia.li, last_at, village_id=zhangjia.id, as_of=date(2026, 10, 13)
        )
        if line.id == duty
    )
    assert (line.status, line.reason) == (DutyStatus.NOT_APPLICABLE, "账目移交中")


@pytest.mark.slow
def test_what_an_earlier_release_took_back_is_read_from_the_history(zhangjia):
    duty, back_at = a_duty(zhangjia, ACCOUNTS, NOON), NOON + timedelta(5)
    mark_not_applicable.mark_not_applicable(zhangjia.site, zhangjia.li, duty, "账目移交中", NOON)
    mark_not_applicable.revoke_not_applicable(zhangjia.site, zhangjia.li, duty, back_at)
    engine = zhangjia.site.sessions.engine
    schema.downgrade(engine, "0017")
    schema.upgrade(engine)
    found = cell(zhangjia, now=back_at, as_of=date(2026, 10, 13))
    assert (found.state, found.reason, found.declared_by) == (
        CoverageState.NOT_APPLICABLE, "", "李示例",
    )  # fmt: skip
    assert seen(zhangjia, back_at, (10, 8), (10, 14)) == 2 * ["due_soon"]


def test_before_its_event_was_told_a_step_waited(zhangjia):
    opened = open_matter.begin_matter(
        zhangjia.site, zhangjia.li, zhangjia.id, "public_works", "西社水渠", None, NOON
    )
    later = NOON + timedelta(days=3)
    record_event.record_event(zhangjia.site, zhangjia.li, opened.duty_id, later.date(), later)
    found = {}
    for day in (9, 11, 12):
        rows = table(zhangjia, village_id=zhangjia.id, now=later, as_of=date(2026, 10, day)).rows
        cells = rows[0].cells["affairs.public_works"]
        found[day] = next((c.state, c.due_on) for c in cells if c.duty_id == opened.duty_id)
    waiting = (CoverageState.WAITING, None)
    assert found == {9: waiting, 11: waiting, 12: (CoverageState.NOT_YET, date(2026, 10, 22))}


def test_an_item_that_waits_waits(zhangjia):
    assert cell(zhangjia, "affairs.public_works").state is CoverageState.WAITING


@pytest.mark.parametrize(
    ("login", "places"),
    [
        ("wu", ["乡镇", "张家村", "白马村"]),
        ("li", ["张家村"]),
        ("sun", ["张家村"]),
        ("zhou", ["白马村"]),
    ],
)
def test_everyone_sees_what_is_theirs_to_see(zhangjia, login, places):
    assert [row.village for row in table(zhangjia, who=getattr(zhangjia, login)).rows] == places


def test_sums_are_the_sums_of_the_cells(zhangjia):
    found = table(zhangjia)
    assert sum(found.counts.values()) == len(found.cells)
    (township,) = coverage_by_township(zhangjia.site, zhangjia.operator, NOON, **Q4)
    assert (township.township, township.counts) == ("红崖子沟乡", found.counts)


def test_the_files_hold_every_cell_and_every_sum(zhangjia):
    found = table(zhangjia)
    rows = list(csv.reader(io.StringIO(coverage_file(found, "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == headings(CELLS)
    assert len(rows) == 1 + len(found.cells)
    book = openpyxl.load_workbook(io.BytesIO(coverage_file(found, "xlsx")))
    sums = [[c.value for c in row] for row in book["汇总"].iter_rows(min_row=2)]
    assert tuple(sums[0]) == headings(SUMS)
    assert [row[0] for row in sums[1:]] == ["乡镇", "张家村", "白马村", "合计"]
    assert sums[-1][1] == len(found.cells)
    assert book["明细"].max_row == 2 + len(found.cells)


def test_a_day_that_moved_to_another_year_is_shown_where_it_was_until_it_moved(zhangjia):
    duty, later = a_duty(zhangjia, "affairs.public_works", NOON), NOON + timedelta(days=90)
    record_event.correct_event(zhangjia.site, zhangjia.li, duty, later.date(), later)
    spring = {"first_on": date(2027, 1, 1), "last_on": date(2027, 3, 31)}

    def due_on(as_of, **span):
        cells = table(zhangjia, now=later, as_of=as_of, **span).cells
        return next((cell.due_on for cell in cells if cell.duty_id == duty), None)

    assert due_on(NOON.date()) == date(2026, 10, 19)
    assert due_on(NOON.date(), **spring) is None
    assert due_on(later.date()) is None
    assert due_on(later.date(), **spring) == date(2027, 1, 18)  # the 17th is a Sunday
