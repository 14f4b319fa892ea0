"""改期: another moment for what is approved and not yet out. The moment is frame, not content."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bulletin.domain.errors import Refusal

MAX_AHEAD = timedelta(days=366)  # further away it is a slip of the year


@dataclass(frozen=True, kw_only=True)
class NewMoment:
    """What the rules need to know of one rescheduling."""

    before: datetime | None
    after: datetime
    reason: str
    was_approved: bool  # somebody else let the moment stand: they are told why it changed
    late_words: str = ""  # how much later than due the new moment is


def new_moment_refusals(
    moment: NewMoment, now: datetime, *, late_is_meant: bool
) -> tuple[Refusal, ...]:
    """Every reason why not.

    Args:
        late_is_meant: the person has read that it comes too late and means it so.
    """
    refusals = []
    if moment.after <= now:
        sentence = "这个时间已经过了。要马上公开，就选几分钟以后的时间。"
        refusals.append(Refusal("moment_passed", sentence))
    elif moment.after == moment.before:
        refusals.append(Refusal("nothing_changed", "跟原来定的时间一样，没有改。"))
    elif moment.after > now + MAX_AHEAD:
        refusals.append(Refusal("moment_far", "这个时间在一年以后，请看看年份写对没有。"))
    if moment.was_approved and not moment.reason.strip():
        sentence = "原来的时间是审过的，请写明为什么改，审的人看得到。"
        refusals.append(Refusal("reason_missing", sentence))
    if moment.late_words and moment.after > now and not late_is_meant:
        sentence = f"{moment.late_words}。要换一个早一点的时间，或者勾选“晚了也定在这时”。"
        refusals.append(Refusal("planned_late", sentence))
    return tuple(refusals)
