"""The cards of what residents ask: to pass on, to answer, and what is late in a village."""

from datetime import datetime

from bulletin.domain.days import day_words, village_day
from bulletin.domain.people import Actor, Role
from bulletin.services.desk.cards import Rank, TaskCard, Work, more_card, rank_of, when_words
from bulletin.services.feedback.inbox import Handling, overdue_count, waiting_for
from bulletin.services.site import Site

MAX_CARDS = 20
_ACTIONS = {Handling.FORWARD: "看过转给村里", Handling.ANSWER: "答复"}


def reply_cards(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """What waits for this person; for the overseer how many are late."""
    day = village_day(now)
    lines = waiting_for(site, actor, now)
    cards = [
        TaskCard(
            work=Work.REPLY,
            when=when_words(line.act_on, day),
            day=f"应于{day_words(line.act_on, since=day)}",
            title=f"村民的{line.kind.label}{f'：{line.about}' if line.about else ''}",
            detail=f"{line.place} · 最迟{day_words(line.due_on, since=day)}答复",
            action=_ACTIONS[line.handling],
            target=str(line.id),
            rank=rank_of(line.act_on, day),
            due_on=line.act_on,
        )
        for line in lines[:MAX_CARDS]
    ]
    if len(lines) > MAX_CARDS:
        more = len(lines) - MAX_CARDS
        cards += more_card(more, "等办的提问", "feedback", Rank.TODAY, lines[MAX_CARDS].act_on)
    return [*cards, *_late(site, actor, now)]


def _late(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    if not actor.holds_anywhere(Role.OVERSEER):
        return []
    count = overdue_count(site, actor, now)
    if not count:
        return []
    return [
        TaskCard(
            work=Work.MORE,
            when=f"超期{count}件",
            title="村民的提问没有按期答复",
            detail="看是哪个村，催一催",
            action="看清单",
            target="feedback",
            rank=Rank.LATE,
            due_on=village_day(now),
        )
    ]
