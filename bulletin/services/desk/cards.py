"""A card of the desk: one piece of work, and when it is due."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin.domain.duties.planned_day import LatePlan


class Work(StrEnum):
    """What kind of work a card asks for; pages know where it is done."""

    WRITE = "write"  # start a draft
    CONTINUE = "continue"
    REVIEW = "review"
    ENDORSE = "endorse"
    PRINT = "print"  # print and hang
    HANG = "hang"  # printed already
    TAKE_OFF = "take_off"
    COVER = "cover"  # photographs of a recalled paper
    OVERSEE = "oversee"  # a village is late
    LOOK_THROUGH = "look_through"  # a catalog, once a year
    MORE = "more"  # of a kind of which a page is shown


@dataclass(frozen=True, kw_only=True)
class TaskCard:
    work: Work
    when: str  # 迟3天 | 今天 | 还剩6天
    day: str = ""  # 应于11月20日
    urgent: bool = False
    title: str
    detail: str
    action: str  # the button
    target: str  # a duty's id, a notice's code, a posting's id, or what of the desk lists the rest
    sort: tuple[int, date]
    duty: int | None = None  # whose day can be explained
    count: int = 1  # pieces of work


def late_detail(late: LatePlan | None) -> str:
    """What follows the detail of a card whose notice is planned for after its day."""
    return f" · {late.words}" if late and late.is_chosen else ""


def more_card(
    count: int, what: str, target: str, last_on: date | None, *, after: int = 0
) -> list[TaskCard]:
    """Says how many more there are of a kind, behind the last of those that are shown."""
    if count < 1:
        return []
    return [
        TaskCard(
            work=Work.MORE,
            when=f"另有{count}项",
            title=what,
            detail="这里只列最早的，其余在清单里",
            action="看清单",
            target=target,
            sort=(after, last_on or date.max),
            count=count,
        )
    ]


def when_words(due_on: date, today: date) -> str:
    left = (due_on - today).days
    if left < 0:
        return f"迟{-left}天"
    return "今天" if left == 0 else f"还剩{left}天"
