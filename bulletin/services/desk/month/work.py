"""What a day of the month view can hold, and what is asked of a month."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.labels import Labelled
from bulletin.domain.notices.title_phrases import in_brief
from bulletin.domain.people import Actor
from bulletin.services.site import Site

Places = Collection[int | None] | None  # villages, None among them the township; None: every place
Span = tuple[date, date]  # both days included


class MonthWork(Labelled):
    DUE = "due", "该公开"
    HANG = "hang", "要贴"
    TAKE_OFF = "take_off", "要取下"
    SCHEDULED = "scheduled", "定时发布"
    PUBLISHED = "published", "已发布"
    REMIND = "remind", "提醒"

    @property
    def is_to_do(self) -> bool:
        """Whether it is late once its day is over."""
        return self in {MonthWork.DUE, MonthWork.HANG, MonthWork.TAKE_OFF}


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    """One piece of work by name."""

    title: str
    place: str  # 张家村; 张家村 西社公开栏; '' for the township
    at: str = ""  # 09:00, of what goes out
    target: str  # a duty's id, a notice's code
    count: int = 1  # papers that it stands for

    @property
    def brief(self) -> str:
        """As much of its title as there is room for in a day of a week."""
        return in_brief(self.title)


@dataclass
class WorkOf:
    """All of one kind, by day."""

    work: MonthWork
    counts: Counter[date] = field(default_factory=Counter)
    lines: dict[date, list[MonthLine]] = field(default_factory=dict)

    def name(self, day: date, line: MonthLine) -> None:
        self.lines.setdefault(day, []).append(line)


@dataclass(frozen=True, kw_only=True)
class MonthQuestion:
    """What is asked of a month."""

    session: Session
    site: Site
    actor: Actor
    now: datetime
    places: Places
    span: Span
    shown: int  # lines of a kind on one day

    @property
    def where(self) -> tuple[int, Places, Span, datetime]:
        return self.actor.township_id, self.places, self.span, self.now

    @property
    def has_one_place(self) -> bool:
        return self.places is not None and len(self.places) == 1

    def village(self, row: Any) -> str:
        """The village of a line, where there are several."""
        return "" if self.has_one_place else row.village or "乡镇"

    def holds(self, day: date | None) -> bool:
        return day is not None and self.span[0] <= day <= self.span[1]
