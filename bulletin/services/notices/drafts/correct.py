"""更正: the next edition of a notice that is out."""

from datetime import datetime

from bulletin.domain.errors import refuse
from bulletin.domain.notices.workflow import IN_REVIEW, Act, State
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.history import record
from bulletin.services.notices.drafts.draft import mark_editor
from bulletin.services.notices.drafts.open_notice import new_edition
from bulletin.services.notices.publish import settle
from bulletin.services.site import Site
from bulletin.services.transition import advance, subject_of
from bulletin.store.edition_parts import EditionFile
from bulletin.store.notices import Edition, Notice


def correct(site: Site, actor: Actor, code: str, now: datetime) -> int:
    """更正: open the next edition with the content of the one in force; returns its number."""
    with site.sessions.writing() as session:
        newest = edition_for(session, actor, code)
        base = edition_to_correct(newest.notice)
        settle(session, base, now)
        advance(session, site, base, Act.CORRECT, actor, now)
        edition = new_edition(
            session,
            actor,
            base.notice,
            now,
            title=base.title,
            document=edition_document(base),
            number=base.notice.editions[-1].number + 1,
        )
        edition.posting_days, edition.posting_unit = base.posting_days, base.posting_unit
        edition.least_posting_days = base.least_posting_days
        edition.posting_requirements = list(base.posting_requirements)
        if base.redacted_at is None:
            edition.files = [_same_file(file) for file in base.files]
        mark_editor(edition, actor)
        session.flush()
        record(session, actor, "start", subject_of(edition), now, corrects=base.number)
        return edition.number


def edition_to_correct(notice: Notice) -> Edition:
    """The edition that a correction starts from.

    Raises:
        Refused: a correction is under way already, or nothing is left to correct.
    """
    newest = notice.editions[-1]
    if newest.state is State.DRAFT or newest.state in IN_REVIEW:
        raise refuse("correction_open", f"已经有一份更正（第{newest.number}版）在办，请接着改。")
    for edition in reversed(notice.editions):
        if edition.state is not State.CANCELLED:
            return edition
    raise refuse("nothing_to_correct", "这份公开件已经作废，请另起一份。")


def _same_file(file: EditionFile) -> EditionFile:
    return EditionFile(
        township_id=file.township_id,
        digest=file.digest,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        seen_by=file.seen_by,
        seen_at=file.seen_at,
    )
