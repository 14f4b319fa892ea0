"""The cards of the township's office: requests for information that are due soon or late, and the annual report."""

from datetime import date, datetime, timedelta

from bulletin.domain.days import day_words, village_day
from bulletin.domain.people import Actor
from bulletin.services.desk.cards import Rank, TaskCard, Work, more_card, rank_of, when_words
from bulletin.services.oversight.annual_report.due import owed_report
from bulletin.services.oversight.office import keeps
from bulletin.services.oversight.requests.confirm import SentRequestLine, sent_lines
from bulletin.services.oversight.requests.ledger import RequestLine, open_lines
from bulletin.services.site import Site

MAX_CARDS = 10
SOON = timedelta(days=10)  # before the last day it is a task


def request_cards(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """What waits for the one who keeps the ledger."""
    if not keeps(actor):
        return []
    day = village_day(now)
    lines = [line for line in open_lines(site, actor, now) if line.act_on <= day + SOON]
    cards = [_sent_card(line, day) for line in sent_lines(site, actor)[:MAX_CARDS]]
    cards += [_card(line, now) for line in lines[:MAX_CARDS]]
    if len(lines) > MAX_CARDS:
        more, next_on = len(lines) - MAX_CARDS, lines[MAX_CARDS].act_on
        cards += more_card(more, "等答复的申请", "requests", Rank.TODAY, next_on)
    return cards


def _card(line: RequestLine, now: datetime) -> TaskCard:
    day = village_day(now)
    has_given_up = line.given_up_on is not None and line.given_up_on <= day
    return TaskCard(
        work=Work.MORE,
        when=when_words(line.act_on, day),
        day=f"应于{day_words(line.act_on, since=day)}",
        title=f"信息公开申请 {line.register_name}",
        detail="申请人没有补来，可以按放弃办结" if has_given_up else line.asked_for[:40],
        action="办理",
        target=f"requests/{line.id}",
        rank=rank_of(line.act_on, day),
        due_on=line.act_on,
    )


def report_cards(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """Of last year's report, for those who issue it."""
    owed, day = owed_report(site, actor, now), village_day(now)
    if owed is None:
        return []
    return [
        TaskCard(
            work=Work.MORE,
            when=when_words(owed.due_on, day),
            day=f"应于{day_words(owed.due_on, since=day)}",
            title=f"{owed.year}年政府信息公开工作年度报告",
            detail="表已经按台账和登记簿算好，看一看文字，核对后发布",
            action="去看",
            target=f"annual/{owed.year}",
            rank=rank_of(owed.due_on, day),
            due_on=owed.due_on,
        )
    ]


def _sent_card(line: SentRequestLine, day: date) -> TaskCard:
    """One that came by the web: it is confirmed with the applicant, from when on it counts."""
    return TaskCard(
        work=Work.MORE,
        when=when_words(line.confirm_by, day),
        day=f"应于{day_words(line.confirm_by, since=day)}前确认",
        title="网上来的信息公开申请",
        detail="申请人已经撤回" if line.withdrawn_on else line.asked_for[:40],
        action="与申请人确认",
        target=f"requests/sent/{line.id}",
        rank=rank_of(line.confirm_by, day),
        due_on=line.confirm_by,
    )
