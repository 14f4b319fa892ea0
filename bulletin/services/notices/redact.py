"""移除个人信息: the one exception to immutability.

What slipped out is destroyed: text, what reviewers wrote beside it, attachments, the kept PDFs, the packs and the
long registers that were made of it. Fingerprints, dates and the fact stay,
the posting period does not restart, and the history says who removed it and when.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bulletin.domain.errors import Refusal, refuse
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import TOWNSHIP_ROLES, VILLAGE_ROLES, Actor, Role
from bulletin.services.access import notice_for
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store import filings, long_jobs, packs, receipts
from bulletin.store.clearances import Clearance
from bulletin.store.edition_parts import EditionFile
from bulletin.store.notices import Edition, Notice
from bulletin.store.patterns import forget_words_of
from bulletin.store.print_runs import Preflight, PrintRun
from bulletin.store.recalled_photos import destroyed_photos
from bulletin.store.reviews import forget_words

log = logging.getLogger(__name__)

EMPTY: dict[str, list[Any]] = {"blocks": []}
FILING = "redact"
PACKED = "里面有一份公开件的个人信息已经移除，请重新做打印包。"
REGISTERED = Refusal("removed", "登记簿里有一件的个人信息已经移除，请重新下载。")
TOWNSHIP_STAFF = TOWNSHIP_ROLES - {Role.OVERSEER}  # who only watches


def may_redact(actor: Actor, notice: Notice) -> bool:
    """Whoever sees it first acts: nobody waits for other eyes while an ID number is on the wall."""
    of_village = any(actor.holds(role, notice.village_id) for role in VILLAGE_ROLES)
    return actor.is_system or of_village or any(actor.holds(role, None) for role in TOWNSHIP_STAFF)


def to_redact(notice: Notice) -> list[Edition]:
    """The editions that were approved, also those that ended since, and still have their content."""
    return [e for e in notice.editions if e.closes_on is not None and e.redacted_at is None]


def redact(site: Site, actor: Actor, code: str, reason: str, now: datetime) -> None:
    """Destroy the content of every approved edition of a notice.

    Raises:
        Refused: no reason, nothing left to remove, or not for this person.
    """
    with site.sessions.writing() as session:
        notice = notice_for(session, actor, code)
        if not may_redact(actor, notice):
            raise refuse("not_your_role", "移除个人信息由本村或乡镇经办的人办理。")
        if not reason.strip():
            raise refuse("reason_missing", "请写明移除的原因，不要写出个人信息本身。")
        reason = ensure_text_is_clean(session, actor, reason, "原因")
        editions = to_redact(notice)
        if not editions:
            raise refuse("nothing_to_redact", "没有已经审定、内容还在的版本可以移除。")
        for edition in editions:
            remove_content(session, edition, actor, reason, now)
            record(
                session,
                actor,
                "redact",
                subject_of(edition),
                now,
                fingerprint=edition.fingerprint or "",
            )
            filings.file(session, edition.township_id, edition.id, FILING, now)
        emptied = _empty_correction(session, notice)
    with site.sessions.reading() as session:
        emptied -= _digests(session)
    destroy_soon(site, emptied)


def _empty_correction(session: Session, notice: Notice) -> set[str]:
    """A correction under way began with the same words: it is written anew. Returns its files."""
    newest = notice.editions[-1]
    if newest.closes_on is not None or newest.state is State.CANCELLED:
        return set()
    newest.content.document = dict(EMPTY)
    newest.title, newest.change_note = notice.public_title, ""
    newest.explained = []
    newest.version += 1
    forget_words(session, newest.id)
    digests = {file.digest for file in newest.files}
    for file in list(newest.files):
        session.delete(file)
    return digests


def remove_content(
    session: Session, edition: Edition, actor: Actor, reason: str, now: datetime
) -> None:
    """Take the words out of the record; the bytes of files go with `destroy_removed`."""
    edition.content.document = dict(EMPTY)
    edition.title = edition.notice.public_title
    edition.change_note, edition.text_digest, edition.explained = "", None, []
    edition.redacted_at, edition.redacted_by, edition.redaction_reason = now, actor.id, reason
    for file in edition.files:
        file.name = ""
    receipts.retitle(session, edition.township_id, edition.notice.code, edition.title)
    packs.withdraw(session, edition.township_id, edition.notice.village_id, PACKED)
    long_jobs.withdraw_registers(session, edition.township_id, vars(REGISTERED))
    forget_words(session, edition.id)
    session.execute(delete(Clearance).where(Clearance.edition_id == edition.id))
    session.execute(delete(Preflight).where(Preflight.edition_id == edition.id))
    forget_words_of(session, edition.notice.code)
    session.flush()


def destroy_soon(site: Site, further: Iterable[str] = ()) -> None:
    """Destroy the bytes of what was removed just now, and further files that no record speaks of any more.

    It is on no page any more, whatever happens here: where the files can't be reached, the clock's daily round
    makes it good.
    """
    try:
        destroy_removed(site)
        for digest in further:
            site.files.destroy(digest)
    except OSError as error:
        log.warning("what was removed is not destroyed yet, the daily round will do it: %s", error)


def destroy_removed(site: Site) -> int:
    """Destroy the bytes of everything removed, wherever an interruption left some; returns how many.

    A file that another edition shows unredacted stays: it is not what was removed.
    """
    with site.sessions.reading() as session:
        doomed = removed_digests(session)
    site.sessions.scrub()  # words may have been removed that no file held
    return sum(site.files.destroy(digest) for digest in doomed)


def removed_digests(session: Session) -> set[str]:
    """The files that only redacted editions, withdrawn packs and withdrawn registers speak of, and what was painted over."""
    return _digests(session, removed=True) - _digests(session) | destroyed_photos(session)


def _digests(session: Session, *, removed: bool = False) -> set[str]:
    is_removed = Edition.redacted_at.is_not(None) if removed else Edition.redacted_at.is_(None)
    files = select(EditionFile.digest).join(Edition, Edition.id == EditionFile.edition_id)
    printed = select(PrintRun.pdf).join(Edition, Edition.id == PrintRun.edition_id)
    return {
        *session.scalars(files.where(is_removed)),
        *session.scalars(printed.where(is_removed)),
        *session.scalars(packs.packed(withdrawn=removed)),
        *session.scalars(long_jobs.registers_written(withdrawn=removed)),
    }
