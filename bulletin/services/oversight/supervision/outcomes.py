"""How what fell due within a period turned out as of today, by place: 督查 and the annual report count it once."""

from collections import Counter, defaultdict
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.oversight.supervision import Outcomes
from bulletin.services.duties.lists.places import rows_on
from bulletin.services.oversight.supervision.courses import (
    CourseQuestion,
    OutcomeJudge,
    courses_by_place,
)
from bulletin.services.oversight.supervision.overview import WEEK
from bulletin.services.site import Site
from bulletin.store.acted_places import Place


def outcomes_by_place(
    session: Session, site: Site, township_id: int, period: Period, now: datetime
) -> dict[str, Outcomes]:
    """Of every place that owed something, by its name.

    Args:
        period: at most a year.
    """
    day = village_day(now)
    rows, judge = rows_on(session, township_id, day), OutcomeJudge(site, period, day)
    # From the same day on as 督查 follows them: what is kept of today is kept once.
    asked = CourseQuestion(township_id, period, day - WEEK, day, is_today=True)
    found: dict[Place, Outcomes] = defaultdict(Counter)
    for courses in courses_by_place(session, site, asked, rows, now).values():
        for village, course in courses.items():
            for (_month, outcome), count in judge.by_month(course).items():
                found[rows.row_of_duty(village, None)][outcome] += count
    return {name: found[place] for place, name in rows.names.items() if place in found}
