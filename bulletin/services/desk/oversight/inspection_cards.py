"""The cards of inspections: what is to be looked at, and what is to be mended or looked at again."""

from datetime import datetime, timedelta

from bulletin.domain.days import day_words, village_day
from bulletin.domain.oversight.inspections.rounds import InspectionState
from bulletin.domain.people import Actor
from bulletin.services.desk.cards import Rank, TaskCard, Work, more_card, rank_of, when_words
from bulletin.services.oversight.inspections.overview import (
    InspectionLine,
    MendingLine,
    due_lines,
    finding_lines,
)
from bulletin.services.site import Site

MAX_CARDS = 5  # of a kind: a township has many villages
SOON = timedelta(days=7)  # before its day it is a task


def inspection_cards(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """What a person looks at or mends; nothing before the township has begun it."""
    day = village_day(now)
    due = [
        line
        for line in due_lines(site, actor, now)
        if line.mine and line.due_on <= day + SOON and line.state is not InspectionState.MENDING
    ]
    found = [line for line in finding_lines(site, actor, now) if line.may_report or _waits(line)]
    cards = [_look_card(line, now) for line in due[:MAX_CARDS]]
    if len(due) > MAX_CARDS:
        next_on = due[MAX_CARDS].due_on
        more, rank = len(due) - MAX_CARDS, rank_of(next_on, day)
        cards += more_card(more, "要看的村", "inspections", rank, next_on)
    cards += [_mend_card(line, now) for line in found[:MAX_CARDS]]
    more = len(found) - MAX_CARDS
    return cards + more_card(more, "要整改的", "inspections", Rank.TODAY, day)


def _waits(line: MendingLine) -> bool:
    """The village said that it mended it, or its day is over: the township looks."""
    return line.may_confirm and (line.reported_on is not None or line.days_late > 0)


def _look_card(line: InspectionLine, now: datetime) -> TaskCard:
    day = village_day(now)
    return TaskCard(
        work=Work.MORE,
        when=when_words(line.due_on, day),
        day=f"应于{day_words(line.due_on, since=day)}",
        title=f"{line.village}{line.label}{line.kind.label}",
        detail="填了一些，还没有签字" if line.state else "还没有开始",
        action="接着填" if line.id else "去看",
        target=f"inspections/{line.id}" if line.id else "inspections",
        rank=rank_of(line.due_on, day),
        due_on=line.due_on,
    )


def _mend_card(line: MendingLine, now: datetime) -> TaskCard:
    day = village_day(now)
    looks = line.may_confirm and not line.may_report
    what = "复查" if looks else "整改"
    return TaskCard(
        work=Work.MORE,
        when=when_words(line.mend_by, day),
        day=f"应于{day_words(line.mend_by, since=day)}",
        title=f"{line.village}{what}：{line.criterion}",
        detail=line.report if looks and line.report else line.words,
        action="看一看" if looks else "登记整改",
        target=f"inspections/{line.inspection_id}#finding-{line.id}",
        rank=rank_of(line.mend_by, day),
        due_on=line.mend_by,
    )
