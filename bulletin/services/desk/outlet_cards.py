"""The cards of what else must carry a notice: to send, and to take out again."""

from datetime import date, datetime

from bulletin.domain.days import day_words, village_day
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.people import Actor
from bulletin.services.desk.cards import Rank, TaskCard, Work, more_card, rank_of, when_words
from bulletin.services.outlets.to_send import SendTask, outlet_work
from bulletin.services.site import Site


def outlet_cards(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    day, work = village_day(now), outlet_work(site, actor, now)
    to_send = [_card(task, day) for task in work.page.lines]
    to_remove = [
        TaskCard(
            work=Work.MORE,
            when="马上",
            title=task.title,
            detail=f"已经撤下，{task.outlet}里的还在",
            action="去撤下",
            target="outlets",
            rank=Rank.AT_ONCE,
            due_on=day,
        )
        for task in work.remove
    ]
    last_on = to_send[-1].due_on if to_send else day
    more = more_card(
        work.count - len(to_send), "要发到别处的", "outlets", rank_of(last_on, day), last_on
    )
    return [*to_remove, *to_send, *more]


def _card(task: SendTask, day: date) -> TaskCard:
    is_aired = task.kind is OutletKind.BROADCAST
    where = f"{task.outlet_id}/{task.code}"
    return TaskCard(
        work=Work.SEND,
        when=when_words(task.due_on, day),
        day=f"最迟{day_words(task.due_on, since=day)}",
        title=task.title,
        detail=f"{task.village} · {_air_words(task) if is_aired else f'发到{task.outlet}'}",
        action="去播" if is_aired else "去发",
        target=f"{where}/script" if is_aired else where,
        rank=rank_of(task.due_on, day),
        due_on=task.due_on,
    )


def _air_words(task: SendTask) -> str:
    """上村广播，播2次，已播1次."""
    often = f"，播{task.wanted}次" if task.wanted > 1 else ""
    return f"上{task.outlet}{often}{f'，已播{task.sent}次' if task.sent else ''}"
