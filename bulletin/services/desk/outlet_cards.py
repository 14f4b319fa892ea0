"""The cards of what else must carry a notice: to send, to take out again, and to look after."""

from datetime import date, datetime

from bulletin.domain import pages
from bulletin.domain.days import day_words, village_day
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.people import Actor
from bulletin.services.desk.cards import Rank, TaskCard, Work, more_card, rank_of, when_words
from bulletin.services.duties.lists.duty_list import Places
from bulletin.services.outlets.late_outlets import late_outlets
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


def late_outlet_cards(
    site: Site, actor: Actor, now: datetime, places: Places | None
) -> list[TaskCard]:
    """Each outlet that is late, for who looks after its place; a page, and how many more there are.

    Args:
        places: only those of these villages.
    """
    late = [
        each
        for each in late_outlets(site, actor, now)
        if places is None or each.village_id in places
    ]
    cards = [
        TaskCard(
            work=Work.OVERSEE,
            when=f"逾期{each.overdue}份",
            title=each.outlet
            if each.outlet.startswith(each.place)
            else f"{each.place} · {each.outlet}",
            detail=f"最早的一份：{each.title}",
            action="看明细",
            target=f"outlets/{each.id}/late",
            rank=Rank.LATE,
            due_on=each.since_on,
        )
        for each in late[: pages.PER_PAGE]
    ]
    last_on = cards[-1].due_on if cards else None
    more = len(late) - len(cards)
    return [*cards, *more_card(more, "逾期的渠道", "coverage#outlets", Rank.LATE, last_on)]
