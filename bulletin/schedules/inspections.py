"""schedules/inspections.yaml → the form of inspections."""

from itertools import pairwise
from pathlib import Path

from bulletin.domain.deadlines.periods import Every
from bulletin.domain.oversight.inspections.cadence import Cadence
from bulletin.domain.oversight.inspections.form import (
    Criterion,
    CriterionWeight,
    InspectionForm,
    InspectionKind,
    InspectionLevel,
    KnownFact,
    Question,
)
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

_MAX_DAYS, _ALL = 366, 100
_KEYS = {"cadence", "mending_days", "weights", "levels", "criteria"}


def load_inspections(file: Path) -> InspectionForm:
    """Read and check the form.

    Raises:
        Misconfigured: with file, line and remedy.
    """
    root = read_yaml(file).mapping(_KEYS)
    weights = root["weights"].mapping({weight.value for weight in CriterionWeight})
    criteria: dict[str, Criterion] = {}
    for node in root["criteria"].sequence():
        criterion = _criterion(node)
        if criterion.key in criteria:
            node.fail(f"the criterion {criterion.key!r} stands twice")
        criteria[criterion.key] = criterion
    cadences = root["cadence"].mapping({kind.value for kind in InspectionKind})
    return InspectionForm(
        criteria=tuple(criteria.values()),
        points={CriterionWeight(name): _whole(node, 1, 10) for name, node in weights.items()},
        levels=_levels(root["levels"]),
        cadences={InspectionKind(name): _cadence(node) for name, node in cadences.items()},
        mending_days=_whole(root["mending_days"], 1, _MAX_DAYS),
    )


def _criterion(node: LocatedNode) -> Criterion:
    keys = node.mapping({"key", "words", "question", "weight"}, {"article", "fact"})
    return Criterion(
        key=keys["key"].text(),
        words=keys["words"].text(),
        question=Question(_one_of(keys["question"], set(Question))),
        weight=CriterionWeight(_one_of(keys["weight"], set(CriterionWeight))),
        article=keys["article"].text() if "article" in keys else "",
        fact=KnownFact(_one_of(keys["fact"], set(KnownFact))) if "fact" in keys else None,
    )


def _levels(node: LocatedNode) -> tuple[InspectionLevel, ...]:
    """The highest first: it asks for all that is essential, and the last one asks for nothing."""
    levels = []
    for entry in node.sequence():
        keys = entry.mapping({"key", "words", "share", "essential"})
        levels.append(
            InspectionLevel(
                key=keys["key"].text(),
                words=keys["words"].text(),
                share=_whole(keys["share"], 0, _ALL),
                essential=_whole(keys["essential"], 0, _ALL),
            )
        )
    if not levels or levels[0].essential != _ALL:
        node.fail("the highest level has to ask for 100 per cent of what is essential")
    if (levels[-1].share, levels[-1].essential) != (0, 0):
        node.fail("the last level has to ask for nothing: every score has a level")
    for higher, lower in pairwise(levels):
        if higher.share <= lower.share or higher.essential < lower.essential:
            node.fail(f"the level {lower.key!r} does not ask for less than {higher.key!r}")
    return tuple(levels)


def _cadence(node: LocatedNode) -> Cadence:
    keys = node.mapping({"every", "days_after", "basis"})
    every = tuple(Every(_one_of(each, set(Every))) for each in keys["every"].sequence())
    if not every:
        keys["every"].fail(f"expected one or more of {', '.join(Every)}")
    days_after = _whole(keys["days_after"], 0, _MAX_DAYS)
    return Cadence(every=every, days_after=days_after, basis=keys["basis"].text())


def _one_of(node: LocatedNode, known: set[str]) -> str:
    word = node.text()
    if word not in known:
        node.fail(f"{word!r} is none of {', '.join(sorted(known))}")
    return word


def _whole(node: LocatedNode, least: int, most: int) -> int:
    value = node.value()
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        node.fail(f"expected a whole number from {least} to {most}")
    return value
