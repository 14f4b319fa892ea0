"""认定: somebody says with their name how a village stands as of a day."""

from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.oversight.inspections.rounds import (
    ROUNDS,
    InspectionState,
    why_not_signed,
)
from bulletin.domain.oversight.inspections.scoring import (
    attestation_digest,
    level_of,
    score_of,
)
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.inspections.access import inspection_to_fill
from bulletin.services.site import Site


def sign(site: Site, actor: Actor, inspection_id: int, name: str, now: datetime) -> None:
    """Say how the village stands today, with one's name; what the township signs is published.

    Raises:
        Refused: a round is still to be ended, or the name is not one's own.
    """
    today = village_day(now)
    with site.sessions.writing() as session:
        inspection = inspection_to_fill(session, actor, inspection_id)
        if inspection.state is not InspectionState.ROUND_DONE:
            last = "第二轮" if ROUNDS[inspection.kind] > 1 and inspection.findings else "这一轮"
            raise refuse("round_not_ended", f"{last}填完了才能签字。")
        if reasons := why_not_signed(name, actor):
            raise Refused(*reasons)
        score = score_of(inspection.criteria, inspection.marks, site.inspections.points)
        inspection.level = level_of(score, site.inspections.levels).words
        inspection.points, inspection.points_of = score.points, score.of
        inspection.signed_on, inspection.signed_at = today, now
        inspection.signed_by, inspection.signer = actor.id, actor.name
        facts = {
            "as_of": today.isoformat(),
            "points": score.points,
            "of": score.of,
            "digest": attestation_digest(inspection.marks, inspection.level),
        }
        record(session, actor, "sign_inspection", f"inspection {inspection_id}", now, **facts)
