"""A round is ended: what was found gets its day, and a second round asks for it again."""

from datetime import date, datetime, timedelta

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.oversight.inspections.form import CriterionMark
from bulletin.domain.oversight.inspections.rounds import (
    InspectionState,
    why_no_mending_day,
    why_not_ended,
)
from bulletin.domain.oversight.inspections.scoring import asked_again
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.inspections.access import inspection_to_fill
from bulletin.services.site import Site
from bulletin.store.inspections import Inspection, InspectionFinding


def end_round(
    site: Site, actor: Actor, inspection_id: int, mend_by: date | None, now: datetime
) -> None:
    """End this round. What was not met is to be mended by a day; what is met now was mended.

    Args:
        mend_by: None for as many days as the schedule gives.

    Raises:
        Refused: something is not answered or not said why, or the day is none to come.
    """
    today = village_day(now)
    with site.sessions.writing() as session:
        inspection = inspection_to_fill(session, actor, inspection_id)
        if inspection.round_ended_on is not None:
            raise refuse("round_ended", "这一轮已经填完，不能再改。")
        reasons = why_not_ended(inspection.asked, inspection.of_round)
        if reasons := reasons + why_no_mending_day(mend_by, today):
            raise Refused(*reasons)
        day = mend_by or today + timedelta(days=site.inspections.mending_days)
        if inspection.round == 1:
            _find(inspection, day, today)
        else:
            _look_again(inspection, actor, day, today)
        inspection.round_ended_on = today
        facts = {
            "round": inspection.round,
            "unmet": sum(each.mended_on is None for each in inspection.findings),
            "mend_by": day.isoformat(),
        }
        record(session, actor, "end_inspection_round", f"inspection {inspection_id}", now, **facts)


def _find(inspection: Inspection, mend_by: date, today: date) -> None:
    answers = inspection.newest
    for criterion in asked_again(inspection.criteria, inspection.marks):
        inspection.findings.append(
            InspectionFinding(
                township_id=inspection.township_id,
                village_id=inspection.village_id,
                criterion=criterion.key,
                words=answers[criterion.key].words,
                found_on=today,
                first_mend_by=mend_by,
                mend_by=mend_by,
            )
        )


def _look_again(inspection: Inspection, actor: Actor, mend_by: date, today: date) -> None:
    """What is met now was mended; what is not has a new day, and its first one stays written."""
    marks, answers = inspection.marks, inspection.newest
    for finding in inspection.findings:
        if marks[finding.criterion] is CriterionMark.UNMET:
            finding.mend_by, finding.words = mend_by, answers[finding.criterion].words
        else:
            finding.mended_on, finding.mended_by = today, actor.id


def begin_second_round(site: Site, actor: Actor, inspection_id: int, now: datetime) -> None:
    """Look again, at what failed alone.

    Raises:
        Refused: nothing failed, or it was looked at again already.
    """
    with site.sessions.writing() as session:
        inspection = inspection_to_fill(session, actor, inspection_id)
        if inspection.state is not InspectionState.MENDING:
            raise refuse("no_second_round", "没有要复查的。")
        inspection.round, inspection.round_ended_on = inspection.round + 1, None
        subject = f"inspection {inspection_id}"
        record(session, actor, "begin_second_round", subject, now, asked=len(inspection.asked))
