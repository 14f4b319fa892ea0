"""Points and levels: the same marks give the same level, whoever looks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bulletin.domain.digests import canonical, sha256_hex
from bulletin.domain.oversight.inspections.form import (
    Criterion,
    CriterionMark,
    CriterionWeight,
    InspectionForm,
    InspectionLevel,
    Question,
)

Marks = Mapping[str, CriterionMark]  # by the key of the criterion


@dataclass(frozen=True)
class Score:
    """Points that were reached and that there were; what does not apply is in neither."""

    points: int
    of: int
    essential_met: int
    essential_of: int

    @property
    def percent(self) -> int | None:
        """Whole per cent, 100 only when everything was met; None when nothing applied."""
        return self.points * 100 // self.of if self.of else None

    def reaches(self, level: InspectionLevel) -> bool:
        enough = self.points * 100 >= level.share * self.of
        return enough and self.essential_met * 100 >= level.essential * self.essential_of


def score_of(
    criteria: Iterable[Criterion], marks: Marks, points: Mapping[CriterionWeight, int]
) -> Score:
    """The score. A criterion without a mark was not met."""
    reached = of = essential_met = essential_of = 0
    for each in criteria:
        mark = marks.get(each.key, CriterionMark.UNMET)
        if mark is CriterionMark.NOT_APPLICABLE:
            continue
        met, essential = mark is CriterionMark.MET, each.weight is CriterionWeight.ESSENTIAL
        of += points[each.weight]
        reached += points[each.weight] * met
        essential_of += essential
        essential_met += essential and met
    return Score(reached, of, essential_met, essential_of)


def level_of(score: Score, levels: tuple[InspectionLevel, ...]) -> InspectionLevel:
    """The highest level that a score reaches; the lowest where nothing applied."""
    if not score.of:
        return levels[-1]
    return next(level for level in levels if score.reaches(level))


def scores_by_question(form: InspectionForm, marks: Marks) -> dict[Question, Score]:
    """Each of the four questions by itself."""
    return {
        question: score_of(
            (each for each in form.criteria if each.question is question), marks, form.points
        )
        for question in Question
    }


def asked_again(criteria: Iterable[Criterion], marks: Marks) -> tuple[Criterion, ...]:
    """What a second round asks: only what was not met in the first."""
    return tuple(each for each in criteria if marks.get(each.key) is CriterionMark.UNMET)


def attestation_digest(marks: Marks, level: str) -> str:
    """SHA-256 of what somebody signs: every mark, and the word of the level."""
    said = {"marks": {key: mark.value for key, mark in marks.items()}, "level": level}
    return sha256_hex(canonical(said))
