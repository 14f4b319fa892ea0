"""The desk: today's work for the person signed in, in the order in which to do it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.people import Actor, Role
from bulletin.domain.ticks import PUBLISH_TICK
from bulletin.services.catalog.annual_review import unreviewed_catalogs
from bulletin.services.desk.cards import TaskCard, Work, late_detail
from bulletin.services.desk.liaison_cards import liaison_cards
from bulletin.services.duties.overview import DutyLine, duty_lines
from bulletin.services.notices.review_queue import queue, to_endorse
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.public.place_pages import is_late
from bulletin.services.site import Site
from bulletin.store import heartbeat

MAX_REVIEW_DAYS = 3  # that a notice may wait for a reviewer before it is urgent


@dataclass(frozen=True, kw_only=True)
class Today:
    entries: tuple[TaskCard, ...]
    heartbeat_at: datetime | None
    heartbeat_late: bool
    owed: int  # duties of this quarter
    on_time: int
    late: int
    open: int


def today(site: Site, actor: Actor, now: datetime) -> Today:
    """Today's work, the most urgent first; empty when nothing is owed."""
    day = village_day(now)
    soon = day + timedelta(days=site.soon_days)
    lines = duty_lines(site, actor, now, last_due=soon, settled=False)
    entries = _to_review(site, actor, now)
    entries += _to_oversee([line for line in lines if _watches(actor, line)], day)
    if actor.holds_anywhere(Role.LIAISON):
        entries += liaison_cards(site, actor, lines, now)
    if actor.holds_anywhere(Role.ADMINISTRATOR):
        entries += _to_look_through(site, actor, now)
    statuses = _quarter_statuses(site, actor, now, day)
    on_time = statuses[DutyStatus.ON_TIME]
    late = statuses[DutyStatus.LATE] + statuses[DutyStatus.OVERDUE]
    ahead = statuses[DutyStatus.NOT_YET] + statuses[DutyStatus.DUE_SOON]
    with site.sessions.reading() as session:
        beat = heartbeat.last_beat(session, PUBLISH_TICK, now)
    return Today(
        entries=tuple(sorted(entries, key=lambda card: card.sort)),
        heartbeat_at=beat,
        heartbeat_late=is_late(beat, now),
        owed=on_time + late + ahead,
        on_time=on_time,
        late=late,
        open=ahead,
    )


def _quarter_statuses(site: Site, actor: Actor, now: datetime, day: date) -> Counter[DutyStatus]:
    quarter = Period.containing(Every.QUARTER, day)
    table = coverage_table(site, actor, now, first_on=quarter.first, last_on=quarter.last)
    return Counter(cell.status for cell in table.cells)


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
            work=Work.OVERSEE,
            when=f"逾期{len(overdue)}项",
            urgent=True,
            title=village,
            detail=f"最早的一项：{overdue[0].title}（{overdue[0].label}）",
            action="看明细",
            target=str(overdue[0].village_id or "township"),
            sort=(0, overdue[0].due_on or day),
        )
        for village, overdue in late.items()
    ]


def _to_look_through(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """Catalogs that nobody looked at for a year."""
    day = village_day(now)
    return [
        TaskCard(
            work=Work.LOOK_THROUGH,
            when="该复核",
            day="一年一次",
            title=f"{catalog.place}的公开事项目录",
            detail=f"上次是{day_words(catalog.since_on, since=day)}",
            action="去复核",
            target=str(catalog.village_id or ""),
            sort=(2, catalog.since_on),
        )
        for catalog in unreviewed_catalogs(site, actor, now)
    ]


def _to_review(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    day = village_day(now)
    reviews = [
        TaskCard(
            work=Work.REVIEW,
            when="今天" if line.days == 0 else f"等了{line.days}天",
            day=line.step_words,
            urgent=line.days >= MAX_REVIEW_DAYS,
            title=line.row.title,
            detail=f"{line.row.village or '乡镇'} · {line.row.state_words}{late_detail(line.row.late)}",
            action=line.step_words,
            target=line.row.code,
            sort=(0, day - timedelta(days=line.days)),
        )
        for line in queue(site, actor, now)
        if line.may_take
    ]
    endorsements = [
        TaskCard(
            work=Work.ENDORSE,
            when="待补审",
            day="特办",
            title=row.title,
            detail=f"{row.village or '乡镇'} · 特办后要由另一个人补审",
            action="补审",
            target=row.code,
            sort=(1, day),
        )
        for row in to_endorse(site, actor, now)
    ]
    return [*reviews, *endorsements]
