"""Answers in front of the board: saved as often as one likes, until the round is ended."""

from collections.abc import Mapping
from datetime import datetime

from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.oversight.inspections.rounds import Answer
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.inspections.access import inspection_to_fill, inspection_to_read
from bulletin.services.oversight.inspections.known_facts import known_facts
from bulletin.services.site import Site
from bulletin.store.inspections import InspectionAnswer

MAX_WORDS = 300  # characters


def fill(
    site: Site, actor: Actor, inspection_id: int, answers: Mapping[str, Answer], now: datetime
) -> None:
    """Save answers of this round, by the key of the criterion; others stay as they are.

    Beside each stands what the records said at this moment.

    Raises:
        Refused: the round is over, or words are too long.
    """
    if any(len(answer.words) > MAX_WORDS for answer in answers.values()):
        raise Refused(Refusal("text_too_long", f"每条情况最多{MAX_WORDS}字。"))
    with site.sessions.reading() as session:
        inspection = inspection_to_read(session, actor, inspection_id)
        place, period = inspection.village_id, inspection.of_period
    known = known_facts(site, actor, place, period, now)
    with site.sessions.writing() as session:
        inspection = inspection_to_fill(session, actor, inspection_id)
        if inspection.round_ended_on is not None:
            raise refuse("round_ended", "这一轮已经填完，不能再改。")
        saved = {
            each.criterion: each for each in inspection.answers if each.round == inspection.round
        }
        for criterion in inspection.asked:
            if criterion.key not in answers:
                continue
            answer = saved.get(criterion.key) or InspectionAnswer(
                township_id=inspection.township_id,
                inspection=inspection,
                round=inspection.round,
                criterion=criterion.key,
            )
            answer.mark, answer.words = answers[criterion.key].mark, answers[criterion.key].words
            said = known.get(criterion.fact) if criterion.fact else None
            answer.known = said.words if said else ""
            answer.answered_at, answer.answered_by = now, actor.id
            session.add(answer)
        facts = {"round": inspection.round, "answers": len(answers)}
        record(session, actor, "fill_inspection", f"inspection {inspection_id}", now, **facts)
