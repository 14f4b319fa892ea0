"""The cards of 督办: what may be issued, what is to be answered, and what is to be closed."""

from datetime import datetime

from bulletin.domain.days import day_words, village_day
from bulletin.domain.people import Actor
from bulletin.services.desk.cards import Rank, TaskCard, Work, more_card, rank_of, when_words
from bulletin.services.oversight.escalation.offers import offered_count
from bulletin.services.oversight.escalation.overview import EscalationLine, open_lines
from bulletin.services.site import Site

MAX_CARDS = 5


def escalation_cards(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """What waits for the overseer, or for who answers for a village."""
    day = village_day(now)
    open_ones = [line for line in open_lines(site, actor, now) if _waits(line)]
    cards = [_card(line, now) for line in open_ones[:MAX_CARDS]]
    if len(open_ones) > MAX_CARDS:
        more, next_on = len(open_ones) - MAX_CARDS, open_ones[MAX_CARDS].answer_by
        cards += more_card(more, "督办", "escalations", rank_of(next_on, day), next_on)
    if count := offered_count(site, actor, now):
        cards.append(
            TaskCard(
                work=Work.MORE,
                when=f"{count}项",
                day="可以督办",
                title="提醒过还没有办的",
                detail="发不发督办单，由您决定",
                action="看一看",
                target="escalations/late",
                rank=Rank.ANY_TIME,
                due_on=day,
            )
        )
    return cards


def _waits(line: EscalationLine) -> bool:
    """The village has to answer; the overseer looks once it did, or did not in time."""
    return line.to_answer or (line.mine and (line.is_answered or line.days_late > 0))


def _card(line: EscalationLine, now: datetime) -> TaskCard:
    day = village_day(now)
    return TaskCard(
        work=Work.MORE,
        when=when_words(line.answer_by, day),
        day=f"应于{day_words(line.answer_by, since=day)}",
        title=f"{line.register_name}：{line.village}",
        detail=f"{line.about} · {'要答复乡镇' if line.to_answer else _answered_words(line)}",
        action="答复" if line.to_answer else "看一看",
        target=f"escalations/{line.id}",
        rank=rank_of(line.answer_by, day),
        due_on=line.answer_by,
    )


def _answered_words(line: EscalationLine) -> str:
    if line.is_answered:
        return "村里答复了，看过可以办结"
    return "还有几项没有答复" if line.has_answers else "还没有答复"
