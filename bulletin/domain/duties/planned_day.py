"""A moment that comes too late: after the day that the law sets, or after what it corrects is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bulletin.domain.days import day_words
from bulletin.domain.labels import Labelled


class PlanLimit(Labelled):
    """What a publication should not come after."""

    DUE = "due", "应公开的"
    PERIOD_END = "period_end", "前一版公示期满的"  # a correction


@dataclass(frozen=True, kw_only=True)
class LatePlan:
    """A publication that is planned for after its limit."""

    planned_on: date
    limit_on: date
    limit: PlanLimit
    is_chosen: bool  # somebody chose the day; else it is the first one that is still possible
    is_avoidable: bool  # an earlier day would keep the limit

    @property
    def days(self) -> int:
        return (self.planned_on - self.limit_on).days

    @property
    def words(self) -> str:
        """定在11月25日公开，比应公开的10月15日晚41天."""
        planned = day_words(self.planned_on, since=self.limit_on)
        limit = day_words(self.limit_on, since=self.planned_on)
        if self.is_chosen:
            return f"定在{planned}公开，比{self.limit.label}{limit}晚{self.days}天"
        return f"今天审完就公开，也比{self.limit.label}{limit}晚{self.days}天"


def late_plan(
    chosen_on: date | None, limits: Iterable[tuple[PlanLimit, date | None]], today: date
) -> LatePlan | None:
    """What a planned publication is late for; None when it keeps every limit.

    Several duties are answered on the earliest of their days.

    Args:
        chosen_on: the chosen day; None, or one that has passed: as soon as the review is over.
    """
    planned_on = max(chosen_on or today, today)
    is_chosen = chosen_on is not None and chosen_on > today
    missed = [
        (day, limit)
        for limit, day in limits
        if day is not None and day < planned_on and (is_chosen or limit is PlanLimit.DUE)
    ]
    if not missed:
        return None
    day, limit = min(missed)
    return LatePlan(
        planned_on=planned_on,
        limit_on=day,
        limit=limit,
        is_chosen=is_chosen,
        is_avoidable=day >= today,
    )
