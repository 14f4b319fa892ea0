"""The desk: today's work for the person signed in, in the order in which to do it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from bulletin.domain import pages
from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.duties.coverage_shares import share_of
from bulletin.domain.people import Actor, Role
from bulletin.services.attributes.findings import second_looks
from bulletin.services.catalog.annual_review import unreviewed_catalogs
from bulletin.services.desk.cards import Rank, TaskCard, Work, late_detail, more_card
from bulletin.services.desk.house_health import HouseHealth, house_health
from bulletin.services.desk.liaison_cards import liaison_cards
from bulletin.services.desk.others_work import Waiting, waiting_for_others
from bulletin.services.desk.outlet_cards import late_outlet_cards
from bulletin.services.desk.oversight.escalation_cards import escalation_cards
from bulletin.services.desk.oversight.inspection_cards import inspection_cards
from bulletin.services.desk.reply_cards import reply_cards
from bulletin.services.desk.request_cards import report_cards, request_cards
from bulletin.services.duties.lists.late_places import late_places
from bulletin.services.notices.reviews.queue import QueueLine, queue, to_endorse
from bulletin.services.oversight.coverage_sums import coverage_by_village
from bulletin.services.site import Site

MAX_REVIEW_DAYS = 3  # that a notice may wait for a reviewer before it is urgent


@dataclass(frozen=True, kw_only=True)
class Today:
    entries: tuple[TaskCard, ...]
    waiting: Waiting  # in others' hands
    house: HouseHealth
    owed: int  # duties of this quarter, as 进度 counts them
    on_time: int
    lacking: int  # not on time, or not everywhere where it has to be
    open: int


def today(site: Site, actor: Actor, now: datetime) -> Today:
    """Today's work, the most urgent first; empty when nothing is owed."""
    day = village_day(now)
    entries = [
        *_to_review(site, actor, now),
        *_to_look_again(site, actor, now),
        *reply_cards(site, actor, now),
        *request_cards(site, actor, now),
        *inspection_cards(site, actor, now),
        *report_cards(site, actor, now),
        *escalation_cards(site, actor, now),
        *_to_oversee(site, actor, now),
    ]
    if actor.holds_anywhere(Role.LIAISON):
        entries += liaison_cards(site, actor, now)
    if actor.holds_anywhere(Role.ADMINISTRATOR):
        entries += _to_look_through(site, actor, now)
    quarter = Period.containing(Every.QUARTER, day)
    places = coverage_by_village(site, actor, now, first_on=quarter.first, last_on=quarter.last)
    counts = sum((place.counts for place in places), Counter[CoverageState]())
    share, ahead = share_of(counts), counts[CoverageState.NOT_YET] + counts[CoverageState.DUE_SOON]
    return Today(
        entries=tuple(sorted(entries, key=lambda card: card.sort)),
        waiting=waiting_for_others(site, actor, now),
        house=house_health(site, actor, now),
        owed=share.owed + ahead,
        on_time=share.on_time,
        lacking=share.owed - share.on_time,
        open=ahead,
    )


def _to_look_again(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """What somebody proposed not to disclose."""
    day = village_day(now)
    return [
        TaskCard(
            work=Work.MORE,
            when="等您看",
            day="属性认定",
            title=look.title,
            detail=f"{look.proposed_by}提出{look.attribute}：{look.reason}",
            action="看一看",
            target=f"duties/{look.duty_id}#attribute",
            rank=Rank.TODAY,
            due_on=day,
        )
        for look in second_looks(site, actor, now)
    ]


def _to_oversee(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """Each village (or the township) that is late, the longest first; a page, and how many more there are; and outlets.

    The overseer's are all, the village head's (first responsible) where another has to write.
    """
    watched = actor.places_of(Role.VILLAGE_HEAD) - actor.places_of(Role.LIAISON)
    if not watched and not actor.holds_anywhere(Role.OVERSEER):
        return []
    places = None if actor.holds_anywhere(Role.OVERSEER) else watched
    found = late_places(site, actor, now, places=places)
    cards = [
        TaskCard(
            work=Work.OVERSEE,
            when=f"逾期{late.overdue}项",
            title=late.first.village or "乡镇",
            detail=f"最早的一项：{late.first.title}（{late.first.label}）",
            action="看明细",
            target=f"duties?show=overdue&village={late.first.village_id or 'township'}",
            rank=Rank.LATE,
            due_on=late.first.due_on or village_day(now),
        )
        for late in found.lines
    ]
    last_on = cards[-1].due_on if cards else None
    return [
        *cards,
        *more_card(found.count - len(cards), "逾期的村", "coverage", Rank.LATE, last_on),
        *late_outlet_cards(site, actor, now, places),
    ]


def _to_look_through(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """Catalogs that nobody looked at for a year: a page, and how many more there are."""
    day, found = village_day(now), unreviewed_catalogs(site, actor, now)
    shown = found[: pages.PER_PAGE]
    cards = [
        TaskCard(
            work=Work.LOOK_THROUGH,
            when="该复核",
            day="一年一次",
            title=f"{catalog.place}的公开事项目录",
            detail=f"上次是{day_words(catalog.since_on, since=day)}",
            action="去复核",
            target=str(catalog.village_id or ""),
            rank=Rank.ANY_TIME,
            due_on=catalog.since_on,
        )
        for catalog in shown
    ]
    more, last_on = len(found) - len(shown), shown[-1].since_on if shown else None
    return [*cards, *more_card(more, "该复核的目录", "catalog", Rank.ANY_TIME, last_on)]


def _to_review(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    day = village_day(now)
    waiting = queue(site, actor, now)
    reviews = [
        TaskCard(
            work=Work.REVIEW,
            when=_review_words(line),
            day=line.in_place_of or line.step_words,
            title=line.row.title,
            detail=f"{line.row.village or '乡镇'} · {line.row.state_words}{late_detail(line.row.late)}",
            action=line.step_words,
            target=line.row.code,
            rank=Rank.LATE if line.days_late or line.days >= MAX_REVIEW_DAYS else Rank.TODAY,
            due_on=line.due_on or day - timedelta(days=line.days),
        )
        for line in waiting.page.lines
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
            rank=Rank.TODAY,
            due_on=day,
        )
        for row in to_endorse(site, actor, now)
    ]
    more = waiting.count - len(waiting.page.lines)
    return [
        *reviews,
        *more_card(more, "等审查的公开件", "reviews?page=2", Rank.TODAY, day),
        *endorsements,
    ]


def _review_words(line: QueueLine) -> str:
    """How late the notice is; else how long it has waited."""
    if line.days_late:
        return f"迟{line.days_late}天"
    return f"等了{line.days}天" if line.days else "今天"
