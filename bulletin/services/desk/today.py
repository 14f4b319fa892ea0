"""The desk: today's work for the person signed in, in the order in which to do it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import Actor, Role
from bulletin.domain.ticks import PUBLISH_TICK
from bulletin.services.boards.overview import BoardRow, board_rows
from bulletin.services.catalog.annual_review import unreviewed_catalogs
from bulletin.services.duties.overview import DutyLine, duty_lines
from bulletin.services.notices.overview import NoticeRow, notice_rows
from bulletin.services.notices.review_queue import queue, to_endorse
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.public.place_pages import is_late
from bulletin.services.site import Site
from bulletin.store import heartbeat
from bulletin.store.postings import printed_editions

PATIENCE = 3  # days that a notice may wait for a reviewer before it is urgent
CALM, URGENT = False, True


class Work(StrEnum):
    """What kind of work an entry is; doors know where it is done."""

    WRITE = "write"  # start a draft
    CONTINUE = "continue"
    REVIEW = "review"
    ENDORSE = "endorse"
    PRINT = "print"  # print and hang
    HANG = "hang"  # printed already
    TAKE_OFF = "take_off"
    OVERSEE = "oversee"  # a village is late
    LOOK_THROUGH = "look_through"  # a catalog, once a year


@dataclass(frozen=True)
class TaskCard:
    work: Work
    when: str  # 迟3天 | 今天 | 还剩6天
    day: str  # 应于11月20日
    urgent: bool
    title: str
    detail: str
    action: str  # the button
    target: str  # a duty's id, a notice's code or a posting's id
    sort: tuple[int, date]
    duty: int | None = None  # whose day can be explained


@dataclass(frozen=True)
class Today:
    entries: tuple[TaskCard, ...]
    heartbeat_at: datetime | None
    heartbeat_late: bool
    owed: int  # duties of this quarter
    on_time: int
    late: int
    open: int


def when_words(due_on: date, today: date) -> str:
    left = (due_on - today).days
    if left < 0:
        return f"迟{-left}天"
    return "今天" if left == 0 else f"还剩{left}天"


def today(site: Site, actor: Actor, now: datetime) -> Today:
    """Today's work, the most urgent first; empty when nothing is owed."""
    day = village_day(now)
    soon = day + timedelta(days=site.soon_days)
    lines = duty_lines(site, actor, now, last_due=soon, settled=False)
    entries = [*_to_review(site, actor, now)]
    entries += _to_oversee([line for line in lines if _watches(actor, line)], day)
    if actor.holds_anywhere(Role.LIAISON):
        rows = notice_rows(site, actor, now)
        boards = board_rows(site, actor, now)
        entries += _to_write(actor, lines, day)
        entries += _to_continue(actor, rows, lines, day)
        entries += _to_hang(actor, rows, boards, _printed(site, actor), day)
        entries += _to_take_off(actor, boards, day)
    if actor.holds_anywhere(Role.ADMINISTRATOR):
        entries += _to_look_through(site, actor, now)
    counts = _quarter(site, actor, now, day)
    with site.sessions.reading() as session:
        beat = heartbeat.last_beat(session, PUBLISH_TICK)
    ordered = tuple(sorted(entries, key=lambda e: e.sort))
    return Today(ordered, beat, is_late(beat, now), *counts)


def _quarter(site: Site, actor: Actor, now: datetime, day: date) -> tuple[int, int, int, int]:
    quarter = Period.containing(Every.QUARTER, day)
    table = coverage_table(site, actor, now, first_on=quarter.first, last_on=quarter.last)
    stands = Counter(cell.status for cell in table.cells)
    on_time, late = stands[DutyStatus.ON_TIME], stands[DutyStatus.LATE] + stands[DutyStatus.OVERDUE]
    ahead = stands[DutyStatus.NOT_YET] + stands[DutyStatus.DUE_SOON]
    return on_time + late + ahead, on_time, late, ahead


def _watches(actor: Actor, line: DutyLine) -> bool:
    """The overseer every place, the village head (first responsible) what another has to write."""
    village = line.village_id
    heads = actor.holds(Role.VILLAGE_HEAD, village) and not actor.holds(Role.LIAISON, village)
    return heads or actor.holds_anywhere(Role.OVERSEER)


def _to_oversee(lines: list[DutyLine], day: date) -> list[TaskCard]:
    """Each village (or the township) that is late, the longest first."""
    late: dict[str, list[DutyLine]] = {}
    for line in lines:
        if line.status is DutyStatus.OVERDUE:
            late.setdefault(line.village or "乡镇", []).append(line)
    return [
        TaskCard(
            Work.OVERSEE, f"逾期{len(found)}项", "", URGENT, village,
            f"最早的一项：{found[0].title}（{found[0].label}）", "看明细",
            str(found[0].village_id or "township"), (0, found[0].due_on or day),
        )
        for village, found in late.items()
    ]  # fmt: skip


def _to_look_through(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """Catalogs that nobody looked at for a year."""
    day = village_day(now)
    return [
        TaskCard(
            Work.LOOK_THROUGH, "该复核", "一年一次", CALM, f"{found.place}的公开事项目录",
            f"上次是{day_words(found.since_on, since=day)}", "去复核",
            str(found.village_id or ""), (2, found.since_on),
        )
        for found in unreviewed_catalogs(site, actor, now)
    ]  # fmt: skip


def _to_write(actor: Actor, lines: list[DutyLine], day: date) -> list[TaskCard]:
    return [
        TaskCard(
            Work.WRITE, when_words(line.due_on, day), f"应于{day_words(line.due_on, since=day)}",
            line.due_on < day, f"{line.title}（{line.label}）", f"{line.village} · 还没有动笔",
            "起草", str(line.id), (0, line.due_on), line.id,
        )
        for line in lines
        if line.is_open and not line.notices and line.due_on is not None
        and actor.holds(Role.LIAISON, line.village_id)
    ]  # fmt: skip


def _to_continue(
    actor: Actor, rows: list[NoticeRow], lines: list[DutyLine], day: date
) -> list[TaskCard]:
    owed = {n.code: line for line in reversed(lines) for n in line.notices if line.due_on}
    entries = []
    for row in rows:
        if row.state is not State.DRAFT or not actor.holds(Role.LIAISON, row.village_id):
            continue
        line = owed.get(row.code)
        by = line.due_on if line and line.due_on else day
        kept = f"草稿，在您手里{held}天" if (held := (day - row.since_on).days) else "今天的草稿"
        back = row.return_reason
        idle, detail = ("被退回", f"退回：{back}") if back else ("草稿", kept)
        when = when_words(by, day) if line else idle
        entries.append(
            TaskCard(
                Work.CONTINUE, when, f"应于{day_words(by, since=day)}" if line else "",
                by < day, row.title, detail, "接着写", row.code, (0 if line else 1, by), line.id if line else None,
            )
        )  # fmt: skip
    return entries


def _printed(site: Site, actor: Actor) -> set[tuple[str, int]]:
    with site.sessions.reading() as session:
        found = session.execute(printed_editions(actor.township_id))
        return {(code, number) for code, number in found}


def _to_hang(
    actor: Actor, rows: list[NoticeRow], boards: list[BoardRow], printed: set[tuple[str, int]],
    day: date,
) -> list[TaskCard]:  # fmt: skip
    entries = []
    for row in rows:
        if not _is_on_display(row, day) or not actor.holds(Role.LIAISON, row.village_id):
            continue
        own = [board for board in boards if board.village_id == row.village_id]
        shown = row.code, row.edition
        bare = [b.name for b in own if all(s.key != shown for s in b.hanging)]
        if bare and row.opens_on:
            words = "网上已见" if row.opens_on <= day else f"{day_words(row.opens_on)}发布"
            is_printed = shown in printed
            entries.append(
                TaskCard(
                    Work.HANG if is_printed else Work.PRINT,
                    when_words(row.opens_on, day),
                    f"{day_words(row.opens_on, since=day)}起公示", row.opens_on < day, row.title,
                    f"{words}，墙上还没有：{'、'.join(bare)}",
                    "登记张贴" if is_printed else "打印和张贴", row.code, (1, row.opens_on),
                )
            )  # fmt: skip
    return entries


def _is_on_display(row: NoticeRow, day: date) -> bool:
    live = row.state in {State.PUBLISHED, State.SCHEDULED}
    return live and row.closes_on is not None and row.closes_on >= day


def _to_take_off(actor: Actor, boards: list[BoardRow], day: date) -> list[TaskCard]:
    return [
        TaskCard(
            Work.TAKE_OFF, "该取下", board.name, sheet.is_stale, sheet.title,
            "已有新版或已撤下，旧纸要取下" if sheet.is_stale else "公示期已过，可以取下",
            "取下后登记", str(sheet.posting_id), (1, day) if sheet.is_stale else (2, sheet.closes_on or day),
        )
        for board in boards
        for sheet in board.hanging
        if (sheet.is_over or sheet.is_stale) and actor.holds(Role.LIAISON, board.village_id)
    ]  # fmt: skip


def _to_review(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    day = village_day(now)
    reviews = [
        TaskCard(
            Work.REVIEW, "今天" if line.days == 0 else f"等了{line.days}天", line.step_words,
            line.days >= PATIENCE, line.row.title, f"{line.row.village or '乡镇'} · {line.row.state_words}",
            line.step_words, line.row.code, (0, day - timedelta(days=line.days)),
        )
        for line in queue(site, actor, now)
        if line.may_take
    ]  # fmt: skip
    endorsements = [
        TaskCard(
            Work.ENDORSE, "待补审", "特办", CALM, row.title,
            f"{row.village or '乡镇'} · 特办后要由另一个人补审", "补审", row.code, (1, day),
        )
        for row in to_endorse(site, actor, now)
    ]  # fmt: skip
    return [*reviews, *endorsements]
