"""The cards of a liaison: what to write, to go on with, to hang and to take off."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select

from bulletin.domain.codes import EditionKey
from bulletin.domain.days import day_words, village_day
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import Actor, Role
from bulletin.services.boards.overview import BoardRow, boards_in_brief, sheets_to_take_off
from bulletin.services.boards.photos.photos_seen import PhotoSeen
from bulletin.services.boards.photos.recalled import recalled
from bulletin.services.desk.cards import TaskCard, Work, late_detail, more_card, when_words
from bulletin.services.duties.lists.duty_list import DutyTab, duty_list, lines_answered_by
from bulletin.services.duties.overview import DutyLine
from bulletin.services.notices.lists.in_hand import rows_in_hand
from bulletin.services.notices.overview import NoticeRow
from bulletin.services.site import Site
from bulletin.store.print_runs import outdated_editions, printed_editions


def liaison_cards(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """The work of a liaison; of each kind a page, and how much more there is."""
    day = village_day(now)
    soon = day + timedelta(days=site.soon_days)
    rows = rows_in_hand(site, actor, now)
    boards = boards_in_brief(site, actor, now)
    printed = _keys(site, printed_editions([row.code for row in rows]))
    outdated = _keys(site, outdated_editions(actor.township_id))
    return [
        *_to_write(site, actor, now, soon),
        *_to_continue(site, actor, rows, now, soon),
        *_to_hang(actor, rows, boards, printed - outdated, day),
        *_to_replace(actor, rows, outdated & _hanging(boards), day),
        *_to_take_off(site, actor, now),
        *_to_cover(site, actor, day),
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
            urgent=line.due_on < day,
            title=f"{line.title}（{line.label}）",
            detail=f"{line.village} · {_why_to_write(line)}",
            action="起草",
            target=str(line.id),
            sort=(0, line.due_on),
            duty=line.id,
        )
        for line in lines
        if line.may_start and line.due_on is not None
    ]
    more = found.counts[DutyTab.OPEN] - len(lines)
    return [
        *cards,
        *more_card(more, "快到期和逾期的事项", "duties?page=2", lines[-1].due_on if lines else day),
    ]


def _why_to_write(line: DutyLine) -> str:
    if line.taken_down_on is not None:
        return f"{day_words(line.taken_down_on)}撤下，还没有补上"
    return "还没有动笔"


def _to_continue(
    site: Site, actor: Actor, rows: list[NoticeRow], now: datetime, soon: date
) -> list[TaskCard]:
    drafts = [
        row
        for row in rows
        if row.state is State.DRAFT and actor.holds(Role.LIAISON, row.village_id)
    ]
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
        detail = f"退回：{row.return_reason}"
    without_day = "被退回" if row.return_reason else "草稿"
    return TaskCard(
        work=Work.CONTINUE,
        when=when_words(due_on, day) if line else without_day,
        day=f"应于{day_words(due_on, since=day)}" if line else "",
        urgent=due_on < day,
        title=row.title,
        detail=f"{detail}{late_detail(row.late)}",
        action="接着写",
        target=row.code,
        sort=(0 if line else 1, due_on),
        duty=line.id if line else None,
    )


def _keys(site: Site, editions: Select[str, int]) -> set[EditionKey]:
    with site.sessions.reading() as session:
        return {(code, number) for code, number in session.execute(editions)}


def _hanging(boards: list[BoardRow]) -> set[EditionKey]:
    return {key for board in boards for key in board.keys}


def _to_hang(
    actor: Actor,
    rows: list[NoticeRow],
    boards: list[BoardRow],
    printed: set[EditionKey],
    day: date,
) -> list[TaskCard]:
    cards = []
    for row in rows:
        if not _is_on_display(row, day) or not actor.holds(Role.LIAISON, row.village_id):
            continue
        edition = row.code, row.edition
        missing = [
            board.name
            for board in boards
            if board.village_id == row.village_id and edition not in board.keys
        ]
        if missing and row.opens_on:
            cards.append(_hang_card(row, row.opens_on, missing, day, is_printed=edition in printed))
    return cards


def _hang_card(
    row: NoticeRow, opens_on: date, missing: list[str], day: date, *, is_printed: bool
) -> TaskCard:
    """A notice to hang; `missing` names the boards of its village where it does not hang yet."""
    online = "网上已见" if opens_on <= day else f"{day_words(opens_on)}发布"
    return TaskCard(
        work=Work.HANG if is_printed else Work.PRINT,
        when=when_words(opens_on, day),
        day=f"{day_words(opens_on, since=day)}起公示",
        urgent=opens_on < day,
        title=row.title,
        detail=f"{online}，墙上还没有：{'、'.join(missing)}{late_detail(row.late)}",
        action="登记张贴" if is_printed else "打印和张贴",
        target=row.code,
        sort=(1, opens_on),
    )


def _to_replace(
    actor: Actor, rows: list[NoticeRow], outdated: set[EditionKey], day: date
) -> list[TaskCard]:
    """What hangs longer than its paper says: until another is printed, nobody may take it off."""
    return [
        TaskCard(
            work=Work.PRINT,
            when="公示期延长",
            day=f"延到{day_words(row.closes_on, since=day)}",
            title=row.title,
            detail="墙上的纸还写着原来的日子：先不要取下，重印一张换上",
            action="重印换上",
            target=row.code,
            sort=(1, day),
        )
        for row in rows
        if (row.code, row.edition) in outdated
        and _is_on_display(row, day)
        and row.closes_on is not None
        and actor.holds(Role.LIAISON, row.village_id)
    ]


def _is_on_display(row: NoticeRow, day: date) -> bool:
    live = row.state in {State.PUBLISHED, State.SCHEDULED}
    return live and row.closes_on is not None and row.closes_on >= day


def _to_take_off(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    day = village_day(now)
    sheets, more = sheets_to_take_off(site, actor, now, places=actor.places_of(Role.LIAISON))
    cards = [
        TaskCard(
            work=Work.TAKE_OFF,
            when="该取下",
            day=board,
            urgent=sheet.is_stale,
            title=sheet.title,
            detail="已有新版或已撤下，旧纸要取下" if sheet.is_stale else "公示期已过，可以取下",
            action="取下后登记",
            target=str(sheet.posting_id),
            sort=(1, day) if sheet.is_stale else (2, sheet.closes_on or day),
        )
        for board, sheet in sheets
    ]
    return [*cards, *more_card(more, "该取下的纸", "boards", day, after=2)]


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
            urgent=True,
            title=photos[0].title,
            detail=_photo_words(photos),
            action="去遮住",
            target=code,
            sort=(0, day),
        )
        for code, photos in by_code.items()
    ]


def _photo_words(photos: list[PhotoSeen]) -> str:
    read = sum(photo.read for photo in photos)
    words = [f"{read}张照片拍到了已移除内容的纸"] if read else []
    if near := len(photos) - read:
        words.append(f"{near}张可能拍到，看一眼")
    return "，".join(words)
