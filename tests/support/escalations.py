"""Steps of 督办 as tests have them issued."""

from datetime import datetime

from bulletin.services.oversight.escalation.issue import issue
from bulletin.services.oversight.escalation.offers import LateLine, late_duties
from support.builders import Village


def late_lines(village: Village, now: datetime) -> list[LateLine]:
    """What is late of 张家村, the longest first."""
    found = late_duties(village.site, village.wu, now).page.lines
    return [line for line in found if line.about.village == "张家村"]


def an_order(village: Village, now: datetime, *, nth: int = 0) -> int:
    """A 督办单 about the first of it, or a later one; its id."""
    duty_id = late_lines(village, now)[nth].about.duty_id
    return issue(village.site, village.wu, now, demand="请马上公开。", duties=[duty_id])
