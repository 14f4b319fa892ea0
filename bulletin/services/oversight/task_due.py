"""What a person is reminded of, each as one line of the day's message: a duty, or a task beside the duties."""

from dataclasses import dataclass

from bulletin.domain.duties.reminders import Reminding
from bulletin.services.duties.overview import DutyLine


@dataclass(frozen=True)
class Due:
    """One duty that a person is reminded of."""

    line: DutyLine
    why: Reminding
    days_left: int
    late_words: str = ""  # how much later than due its notice is planned


@dataclass(frozen=True)
class TaskDue:
    place: str
    words: str  # 村民的提问要答复
    days_left: int  # negative: days late
    people: tuple[int, ...]  # whose turn it is
    why: Reminding = Reminding.TODAY
