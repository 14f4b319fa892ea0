"""宣教: trainings of those who disclose, and what is done so that residents know of it.

Training is the township's duty (村民委员会组织法（2025年修正）第四十五条). Who came is counted; names are written only of who may be
named: because of the office, or who agreed.
"""

from dataclasses import dataclass
from datetime import date

from bulletin.domain.errors import Refusal
from bulletin.domain.labels import Labelled

MAX_TOPIC, MAX_TEXT, MAX_COUNT = 80, 1000, 100_000  # characters, characters, people or papers


class TrainingKind(Labelled):
    TRAINING = "training", "培训"
    PUBLICITY = "publicity", "宣传"


@dataclass(frozen=True, kw_only=True)
class NewTraining:
    kind: TrainingKind
    held_on: date
    topic: str
    place: str = ""
    due: int = 0  # people; 0: nobody was called up by name, as at a market
    came: int = 0
    named: str = ""  # who may be named, and as what
    handouts: int = 0  # papers given out
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class TrainingCounts:
    """A year of it, as the annual report names it."""

    trainings: int
    due: int  # of the trainings
    came: int
    publicity: int
    handouts: int
    materials: int


def why_not_recorded(new: NewTraining, today: date) -> list[Refusal]:
    """Every reason why it can't have been like that."""
    reasons = []
    if not new.topic.strip():
        reasons.append(Refusal("topic_missing", "请写培训、宣传的是什么。"))
    if new.held_on > today:
        reasons.append(Refusal("training_in_future", "日子不能在今天之后。"))
    if new.kind is TrainingKind.TRAINING and not new.due:
        reasons.append(Refusal("due_missing", "请填应到多少人。"))
    if new.due and new.came > new.due:
        words = f"实到{new.came}人，比应到{new.due}人还多，请核对。"
        reasons.append(Refusal("came_too_many", words))
    if max(new.due, new.came, new.handouts) > MAX_COUNT:
        reasons.append(Refusal("count_too_large", f"人数、份数最多{MAX_COUNT}。"))
    if max(len(new.topic), len(new.place)) > MAX_TOPIC:
        reasons.append(Refusal("text_too_long", f"主题、地点最多{MAX_TOPIC}字。"))
    if max(len(new.named), len(new.about)) > MAX_TEXT:
        reasons.append(Refusal("text_too_long", f"其他各格最多{MAX_TEXT}字。"))
    return reasons
