"""A card of the desk: one piece of work, and when it is due."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin.domain.duties.planned_day import LatePlan
from bulletin.domain.labels import Labelled


class Work(StrEnum):
    """What kind of work a card asks for; pages know where it is done."""

    COVER = "cover"  # photographs of a recalled paper
    REVIEW = "review"
    ENDORSE = "endorse"
    REPLY = "reply"  # what a resident asked: pass it on, or answer
    CONTINUE = "continue"
    WRITE = "write"  # start a draft
    BOARD = "board"  # one way to one board
    SEND = "send"  # to an outlet besides board and page
    OVERSEE = "oversee"  # a village is late, or an outlet
    LOOK_THROUGH = "look_through"  # a catalog, once a year
    MORE = "more"  # of a kind of which a page is shown


class Rank(Labelled):
    """In which order work is done: as the members stand."""

    AT_ONCE = "at_once", "马上办"  # what nobody may read any more hangs, or is on a photograph
    LATE = "late", "已经迟了"
    TODAY = "today", "今天"
    SOON = "soon", "快到了"
    ANY_TIME = "any_time", "有空时办"


def rank_of(due_on: date, today: date) -> Rank:
    """Late before due, and what is due today before what is due later."""
    if due_on < today:
        return Rank.LATE
    return Rank.TODAY if due_on == today else Rank.SOON


class Errand(StrEnum):
    """What is done with one paper at a board."""

    PRINT = "print"  # and hang
    HANG = "hang"  # printed already
    REPLACE = "replace"  # its paper says days that are no longer right
    TAKE_OFF = "take_off"


@dataclass(frozen=True, kw_only=True)
class ErrandLine:
    """One paper of one way to a board."""

    errand: Errand
    code: str
    edition: int
    title: str
    detail: str  # 10月9日起公示 | 公示期满
    posting_id: int = 0  # of the paper that hangs there; 0: none


@dataclass(frozen=True, kw_only=True)
class TaskCard:
    work: Work
    when: str  # 迟3天 | 今天 | 还剩6天
    day: str = ""  # 应于11月20日
    title: str
    detail: str
    action: str  # the button
    target: str  # a duty's id, a notice's code, a board's id, or the address below the desk
    rank: Rank
    due_on: date
    duty: int | None = None  # whose day can be explained
    count: int = 1  # pieces of work
    errands: tuple[ErrandLine, ...] = ()  # of a way to a board

    @property
    def corrected(self) -> frozenset[str]:
        """Codes of which two editions stand in one way: their titles don't tell them apart."""
        counts = Counter(line.code for line in self.errands)
        return frozenset(code for code, count in counts.items() if count > 1)

    @property
    def is_ahead(self) -> bool:
        """A way to a board whose day has not come: its papers can be printed, and don't hang yet."""
        return self.work is Work.BOARD and self.rank is Rank.SOON

    @property
    def urgent(self) -> bool:
        return self.rank in {Rank.AT_ONCE, Rank.LATE}

    @property
    def place(self) -> int:
        """Of its rank among all, from 0."""
        return list(Rank).index(self.rank)

    @property
    def sort(self) -> tuple[int, date, int]:
        """By rank, by day, and on one day what others wait for first."""
        return self.place, self.due_on, list(Work).index(self.work)


def late_detail(late: LatePlan | None) -> str:
    """What follows the detail of a card whose notice is planned for after its day."""
    return f" · {late.words}" if late and late.is_chosen else ""


def more_card(
    count: int, what: str, target: str, rank: Rank, last_on: date | None
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
            rank=rank,
            due_on=last_on or date.max,
            count=count,
        )
    ]


def when_words(due_on: date, today: date) -> str:
    left = (due_on - today).days
    if left < 0:
        return f"迟{-left}天"
    return "今天" if left == 0 else f"还剩{left}天"
