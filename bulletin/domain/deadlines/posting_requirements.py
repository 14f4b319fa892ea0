"""What several items ask of one posting period: each keeps its own days, and the latest end holds.

Fifteen natural days and ten work days can't be compared as numbers: which of them ends later
depends on the day of hanging. So nothing is chosen before that day is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bulletin.domain.deadlines.posting_period import days_words, posting_period
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.languages.sentences import Sentence, say, say_each


@dataclass(frozen=True, kw_only=True)
class PostingRequirement:
    days: int
    unit: str
    item: str = ""  # the title of the item that asks; '' for a number that a person chose
    basis: str = ""  # the words of its legal basis

    def words(self) -> str:
        """15日, 7个工作日."""
        return days_words(self.days, self.unit)

    def closes_on(self, opens_on: date, calendar: WorkCalendar) -> date:
        return posting_period(opens_on, self.days, self.unit, calendar).closes_on


def requirement_json(requirement: PostingRequirement) -> dict[str, Any]:
    """As an edition stores it."""
    return {
        "days": requirement.days,
        "unit": requirement.unit,
        "item": requirement.item,
        "basis": requirement.basis,
    }


def read_requirement(stored: dict[str, Any]) -> PostingRequirement:
    return PostingRequirement(
        days=stored["days"], unit=stored["unit"], item=stored["item"], basis=stored["basis"]
    )


def asked_periods(
    days: int, unit: str, stored: Iterable[dict[str, Any]]
) -> tuple[PostingRequirement, ...]:
    """All that the posting period of an edition has to fulfil: the chosen number first."""
    chosen = PostingRequirement(days=days, unit=unit)
    return (chosen, *map(read_requirement, stored))


def latest(
    requirements: Sequence[PostingRequirement], opens_on: date, calendar: WorkCalendar
) -> PostingRequirement:
    """The one that ends last when all begin on a day; of equals the first."""
    return max(requirements, key=lambda asked: asked.closes_on(opens_on, calendar))


def latest_end(
    requirements: Sequence[PostingRequirement], opens_on: date, calendar: WorkCalendar
) -> date:
    """The last day of a notice that fulfils every requirement."""
    return latest(requirements, opens_on, calendar).closes_on(opens_on, calendar)


def forbidding(
    chosen: PostingRequirement,
    requirements: Iterable[PostingRequirement],
    opens_on: date,
    calendar: WorkCalendar,
) -> list[PostingRequirement]:
    """The requirements that a chosen number falls short of.

    In the same unit the numbers decide, whatever the day; in another unit the days of hanging.
    """
    end = chosen.closes_on(opens_on, calendar)
    return [
        asked
        for asked in requirements
        if (asked.unit == chosen.unit and chosen.days < asked.days)
        or end < asked.closes_on(opens_on, calendar)
    ]


AND_AT_LEAST = say("，并且满")


def period_words(requirements: Sequence[PostingRequirement]) -> Sentence:
    """15日, or 15日，并且满10个工作日 where both units are asked: of each unit the longest."""
    longest: dict[str, PostingRequirement] = {}
    for asked in requirements:
        known = longest.get(asked.unit)
        if known is None or asked.days > known.days:
            longest[asked.unit] = asked
    return say_each(AND_AT_LEAST, (asked.words() for asked in longest.values()))
