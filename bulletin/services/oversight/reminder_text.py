"""What a reminder says."""

from collections.abc import Sequence

from bulletin.domain.duties.reminders import Reminding
from bulletin.services.oversight.task_due import Due, TaskDue

MAX_BYTES = 1900  # a robot of 企业微信 takes 2048 in UTF-8, with the subject


def message_text(name: str, dues: Sequence[Due | TaskDue], public_url: str) -> str:
    """What a person reads: who, how many, each with its day, and where to go."""
    first = f"{name}，您好。村务公开有{len(dues)}项要办："
    last = f"打开公开台：{public_url}/desk"
    lines, bytes_left = [], MAX_BYTES - len(f"{first}\n{last}".encode())
    for place, due in enumerate(dues, 1):
        line = f"{place}. {_due_words(due)}"
        bytes_left -= len(line.encode()) + 1
        if bytes_left < 0:
            lines.append(f"……还有{len(dues) - place + 1}项")
            break
        lines.append(line)
    return "\n".join([first, *lines, last])


def _due_words(due: Due | TaskDue) -> str:
    when = "今天到期" if due.days_left == 0 else f"还剩{due.days_left}天"
    if due.days_left < 0:
        when = f"逾期{-due.days_left}天"
    if isinstance(due, TaskDue):
        return f"{when}：{due.place} {due.words}"
    place = due.line.village or "乡镇"
    late_words = "" if due.why is Reminding.OVERSEE else due.late_words
    said = "".join(f"，{words}" for words in (due.line.remark, late_words) if words)
    return f"{when}：{place} {due.line.title}（{due.line.label}）{said}"
