"""Inspections as tests have them filled in."""

from datetime import date, datetime

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.oversight.inspections.form import CriterionMark, InspectionKind
from bulletin.domain.oversight.inspections.rounds import Answer
from bulletin.services.oversight.inspections.answer import fill
from bulletin.services.oversight.inspections.end_round import end_round
from bulletin.services.oversight.inspections.start import begin, begin_regime
from support.builders import Village

SINCE, QUARTER = date(2026, 10, 1), Period.parse("2026-Q4")


def begin_inspections(village: Village, now: datetime) -> None:
    """The township inspects each quarter from October on."""
    begin_regime(village.site, village.wu, SINCE, Every.QUARTER, now)


def answers(village: Village, **unmet: str) -> dict[str, Answer]:
    """Everything is met but what is named, with what is wrong there."""
    met = {each.key: Answer(CriterionMark.MET) for each in village.site.inspections.criteria}
    return met | {key: Answer(CriterionMark.UNMET, words) for key, words in unmet.items()}


def an_inspection(village: Village, now: datetime, **unmet: str) -> int:
    """Filled in and ended by the overseer; its id."""
    kind = InspectionKind.INSPECTION
    number = begin(village.site, village.wu, village.id, kind, QUARTER, now)
    fill(village.site, village.wu, number, answers(village, **unmet), now)
    end_round(village.site, village.wu, number, None, now)
    return number
