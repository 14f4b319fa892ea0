"""Where a text says of objections something else than what is printed under it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bulletin.domain.days import ONE_DAY
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.notices.content import Document
from bulletin.domain.objections.lines import Addressee, Objection
from bulletin.domain.objections.sentences import (
    ObjectionSentence,
    bodies_in,
    objection_sentences,
)


@dataclass(frozen=True)
class Foot:
    """What is printed under a text: its objections, and the days that they count from and to."""

    objections: Sequence[Objection]
    opens_on: date
    closes_on: date
    calendar: WorkCalendar


def contradictions(
    document: Document, foot: Foot, publishers: Iterable[str]
) -> list[ObjectionSentence]:
    """The sentences that agree with none of the printed objections.

    Args:
        publishers: the kinds that sign the notice: opinions may always be given to them.
    """
    own = frozenset(Addressee(kind) for kind in publishers)
    return [
        said
        for said in objection_sentences(document)
        if not any(_agrees(said, objection, foot, own) for objection in foot.objections)
    ]


def _agrees(
    said: ObjectionSentence, objection: Objection, foot: Foot, own: frozenset[Addressee]
) -> bool:
    return (
        _agrees_on_body(said, objection, own)
        and ((said.is_opinion and said.consults) or _agrees_on_days(said, objection, foot))
        and said.reply in {None, objection.reply}
    )


def _agrees_on_body(
    said: ObjectionSentence, objection: Objection, own: frozenset[Addressee]
) -> bool:
    printed = frozenset().union(*map(bodies_in, objection.to))
    if said.is_opinion:
        printed |= own
    if said.is_report:  # 组织法第三十六条: at any time to these
        printed |= {Addressee.TOWNSHIP, Addressee.COUNTY}
    as_printed = any(body in said.named for body in objection.to)
    return not said.bodies or as_printed or not printed.isdisjoint(said.bodies)


def _agrees_on_days(said: ObjectionSentence, objection: Objection, foot: Foot) -> bool:
    last = objection.last_day(foot.closes_on)
    if said.within is not None and said.within != objection.within:
        # as many days as it hangs are the same day under another name
        in_words = objection.within is None and not objection.at_any_time
        if not in_words or said.within.last_day(foot.opens_on, foot.calendar) != last:
            return False
    if said.until is not None and said.until_on(foot.opens_on) not in _days_before(last):
        return False
    return not said.whole_period or last is None or last == foot.closes_on


def _days_before(last: date | None) -> frozenset[date]:
    """10月25日前 and 10月26日前 both leave the 25th."""
    return frozenset() if last is None else frozenset({last, last + ONE_DAY})
