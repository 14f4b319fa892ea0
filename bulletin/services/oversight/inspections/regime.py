"""检查制度 as it holds: how often, and which periods are to be looked at today."""

from dataclasses import dataclass
from datetime import date

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.oversight.inspections.cadence import periods_open
from bulletin.domain.oversight.inspections.form import InspectionForm, InspectionKind
from bulletin.store.inspections import InspectionRegime


@dataclass(frozen=True, kw_only=True)
class InspectionOccasion:
    """One kind of look in one period, with its day and why it is that one."""

    kind: InspectionKind
    period: Period
    due_on: date
    why: str


def every_of(regime: InspectionRegime, kind: InspectionKind, form: InspectionForm) -> Every:
    if kind is InspectionKind.INSPECTION:
        return regime.every
    return form.cadences[kind].every[0]


def occasions(
    regime: InspectionRegime, form: InspectionForm, today: date
) -> list[InspectionOccasion]:
    """What may be done today: of this period, and of the one before."""
    return [
        InspectionOccasion(
            kind=kind,
            period=period,
            due_on=form.cadences[kind].due_on(period),
            why=form.cadences[kind].why(period),
        )
        for kind in InspectionKind
        for period in periods_open(every_of(regime, kind, form), regime.since_on, today)
    ]
