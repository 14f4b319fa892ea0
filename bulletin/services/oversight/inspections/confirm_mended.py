"""整改: the village says that it mended something, and the township looks and confirms it."""

from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.domain.oversight.inspections.rounds import BY_VILLAGE, WHO, may_inspect
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.inspections.access import finding_to_read
from bulletin.services.site import Site

MAX_REPORT = 300  # characters


def report_mended(site: Site, actor: Actor, finding_id: int, words: str, now: datetime) -> None:
    """The village says what it did. What it found itself is mended with that.

    Raises:
        Refused: not of the village, mended already, or without saying what was done.
    """
    with site.sessions.writing() as session:
        finding = finding_to_read(session, actor, finding_id)
        if not any(actor.holds(role, finding.village_id) for role in BY_VILLAGE):
            raise refuse("not_your_role", "整改由村里报。")
        if finding.mended_on is not None:
            raise refuse("mended_once", "这一条已经整改好了。")
        if not words.strip() or len(words) > MAX_REPORT:
            raise refuse("report_words", f"请写明怎么改的，最多{MAX_REPORT}字。")
        today = village_day(now)
        finding.reported_on, finding.reported_by, finding.report = today, actor.id, words.strip()
        if finding.inspection.kind is InspectionKind.SELF_CHECK:
            finding.mended_on, finding.mended_by = today, actor.id
        subject = f"inspection {finding.inspection_id}"
        record(session, actor, "report_mended", subject, now, finding=finding.id)


def confirm_mended(site: Site, actor: Actor, finding_id: int, now: datetime) -> None:
    """The township saw, after it had signed, that something is mended; what was signed stays.

    Raises:
        Refused: not the inspector, mended already, or not signed yet: then the second round looks at it.
    """
    with site.sessions.writing() as session:
        finding = finding_to_read(session, actor, finding_id)
        kind = finding.inspection.kind
        if not may_inspect(actor, kind, finding.village_id):
            raise refuse("not_your_role", WHO[kind])
        if finding.mended_on is not None:
            raise refuse("mended_once", "这一条已经整改好了。")
        if finding.inspection.signed_on is None:
            raise refuse("second_round_first", "签字以前，整改由第二轮复查。")
        finding.mended_on, finding.mended_by = village_day(now), actor.id
        subject = f"inspection {finding.inspection_id}"
        record(session, actor, "confirm_mended", subject, now, finding=finding.id)
