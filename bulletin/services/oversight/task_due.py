"""What a person is reminded of beside the duties, as one line of the day's message."""

from dataclasses import dataclass

from bulletin.domain.duties.reminders import Reminding


@dataclass(frozen=True)
class TaskDue:
    place: str
    words: str  # 村民的提问要答复
    days_left: int  # negative: days late
    people: tuple[int, ...]  # whose turn it is
    why: Reminding = Reminding.TODAY
