"""The cards of a liaison: what to write, to go on with, and the ways to the boards."""

from datetime import date, datetime, timedelta

from bulletin.domain.days import day_words, village_day
from bulletin.domain.people import Actor, Role
from bulletin.services.boards.photos.photos_seen import PhotoSeen
from bulletin.services.boards.photos.recalled import recalled
from bulletin.services.desk.board_trips import board_trips
from bulletin.services.desk.cards import (
    Rank,
    TaskCard,
    Work,
    late_detail,
    more_card,
    rank_of,
    when_words,
)
from bulletin.services.desk.outlet_cards import outlet_cards
from bulletin.services.duties.lists.duty_list import DutyTab, duty_list, lines_answered_by
from bulletin.services.duties.overview import DutyLine
from bulletin.services.notices.lists.in_hand import rows_in_hand
from bulletin.services.notices.overview import NoticeRow
from bulletin.services.oversight.annual_report.due import owed_report
from bulletin.services.site import Site


def liaison_cards(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """The work of a liaison; of each kind a page, and how much more there is."""
    day = village_day(now)
    soon = day + timedelta(days=site.soon_days)
    return [
        *_to_write(site, actor, now, soon),
        *_to_continue(site, rows_in_hand(site, actor, now), now, soon),
        *board_trips(site, actor, now),
        *_to_cover(site, actor, day),
        *outlet_cards(site, actor, now),
    ]


def _to_write(site: Site, actor: Actor, now: datetime, soon: date) -> list[TaskCard]:
    found = duty_list(
        site, actor, now, tab=DutyTab.OPEN, places=actor.places_of(Role.LIAISON), last_due=soon
    )
    day, lines = village_day(now), found.page.lines
    cards = [
        TaskCard(
            work=Work.WRITE,
            when=when_words(line.due_on, day),
            day=f"应于{day_words(line.due_on, since=day)}",
            title=f"{line.title}（{line.label}）",
            detail=f"{line.village or '乡镇'} · {_why_to_write(line)}",
            action="起草",
            target=str(line.id),
            rank=rank_of(line.due_on, day),
            due_on=line.due_on,
            duty=line.id,
        )
        for line in lines
        if line.may_start and line.due_on is not None and not _has_own_card(site, actor, line, now)
    ]
    more = found.counts[DutyTab.OPEN] - len(lines)
    last_on = (lines[-1].due_on if lines else None) or day
    rank = rank_of(last_on, day)
    return [*cards, *more_card(more, "快到期和逾期的事项", "duties?page=2", rank, last_on)]


def _has_own_card(site: Site, actor: Actor, line: DutyLine, now: datetime) -> bool:
    """The annual report is issued where its figures are, and its card leads there."""
    if line.report_year is None:
        return False
    owed = owed_report(site, actor, now)
    return owed is not None and owed.year == line.report_year


def _why_to_write(line: DutyLine) -> str:
    if line.taken_down_on is not None:
        return f"{day_words(line.taken_down_on)}撤下，还没有补上"
    return "还没有动笔"


def _to_continue(site: Site, drafts: list[NoticeRow], now: datetime, soon: date) -> list[TaskCard]:
    lines = lines_answered_by(site, [row.code for row in drafts], now)
    owed = {
        notice.code: line
        for line in reversed(lines)
        for notice in line.notices
        if line.due_on and line.due_on <= soon and not line.is_settled
    }
    return [_draft_card(row, owed.get(row.code), village_day(now)) for row in drafts]


def _draft_card(row: NoticeRow, line: DutyLine | None, day: date) -> TaskCard:
    """A draft; with the line of the duty that it answers it is sorted by the day of that duty."""
    due_on = line.due_on if line and line.due_on else day
    age = (day - row.since_on).days
    detail = f"草稿，在您手里{age}天" if age else "今天的草稿"
    if row.return_reason:
        detail = f"退回：{row.return_words}"
    without_day = "被退回" if row.return_reason else "草稿"
    rank = Rank.TODAY if row.return_reason else Rank.ANY_TIME
    return TaskCard(
        work=Work.CONTINUE,
        when=when_words(due_on, day) if line else without_day,
        day=f"应于{day_words(due_on, since=day)}" if line else "",
        title=row.title,
        detail=f"{detail}{late_detail(row.late)}",
        action="接着写",
        target=row.code,
        rank=rank_of(due_on, day) if line else rank,
        due_on=due_on,
        duty=line.id if line else None,
    )


def _to_cover(site: Site, actor: Actor, day: date) -> list[TaskCard]:
    """Photographs on which removed words can still be read, one card a notice."""
    by_code: dict[str, list[PhotoSeen]] = {}
    for photo in recalled(site, actor):
        if photo.is_open:
            by_code.setdefault(photo.code, []).append(photo)
    return [
        TaskCard(
            work=Work.COVER,
            when="马上",
            day="照片要遮住",
            title=photos[0].title,
            detail=_photo_words(photos),
            action="去遮住",
            target=code,
            rank=Rank.AT_ONCE,
            due_on=day,
        )
        for code, photos in by_code.items()
    ]


def _photo_words(photos: list[PhotoSeen]) -> str:
    read = sum(photo.read for photo in photos)
    words = [f"{read}张照片拍到了已移除内容的纸"] if read else []
    if near := len(photos) - read:
        words.append(f"{near}张可能拍到，看一眼")
    return "，".join(words)
