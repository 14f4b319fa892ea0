"""What residents asked and nobody has answered, with whom to remind of it; never its words."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.feedback.permissions import handlers
from bulletin.domain.feedback.states import FeedbackFacts
from bulletin.services.feedback.inbox import hand_on_day
from bulletin.services.oversight.people_to_remind import Holders
from bulletin.services.oversight.task_due import TaskDue
from bulletin.services.site import Site
from bulletin.store.feedback import Feedback
from bulletin.store.feedback_queries import feedback_at


def open_replies(
    session: Session, site: Site, township_id: int, by_grant: Holders, now: datetime
) -> Iterator[TaskDue]:
    """Every open question of a township, with those whose turn it is."""
    today = village_day(now)
    query = feedback_at(township_id, None, only_open=True, only_passed=False)
    for feedback in session.scalars(query):
        facts = feedback.facts_at(now)
        act_on, what = _turn(site, feedback, facts)
        yield TaskDue(
            place=(feedback.village or feedback.township).name,
            words=f"村民的{feedback.kind.label}要{what}",
            days_left=(act_on - today).days,
            people=_people(feedback, facts, by_grant),
        )


def _turn(site: Site, feedback: Feedback, facts: FeedbackFacts) -> tuple[date, str]:
    if not facts.passed:
        return hand_on_day(site, feedback), "转给村里"
    return facts.clock.due_on, "答复"


def _people(feedback: Feedback, facts: FeedbackFacts, by_grant: Holders) -> tuple[int, ...]:
    """The holders of the first role that anybody holds; a village that merged has those of today."""
    today_id = feedback.village.today.id if feedback.village is not None else None
    for role, place in handlers(facts):
        if people := by_grant.get((role, today_id if place is not None else None)):
            return people
    return ()
