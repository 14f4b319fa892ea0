"""One notice for the desk: all that is known of it, and what the person may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from bulletin.domain.codes import fingerprint_words
from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.formats import short_name, with_ending
from bulletin.domain.notices.content import Attachment, Document
from bulletin.domain.notices.readings import ReadTimes
from bulletin.domain.notices.workflow import REVIEW_STEPS, STEP_OF_STATE, Act
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.edition_progress import Stage, TimelineEntry, return_reason, stages, timeline
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.notices.actions import AvailableAction, may_print, offers
from bulletin.services.notices.detail_parts import (
    NoticeChecks,
    NoticePosting,
    NoticeSubject,
    checks_of,
    posting_of,
    subject_of_notice,
)
from bulletin.services.notices.overview import NoticeRow, row_of
from bulletin.services.notices.redact import may_redact, to_redact
from bulletin.services.printing.objections import objection_words
from bulletin.services.printing.papers import NoticePapers, papers_of
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.readings import read_times


@dataclass(frozen=True)
class FileLink:
    """A picture or attachment of a notice, served at /F/<code>/<sha256>/<name>."""

    file: str  # SHA-256
    name: str
    size: int  # bytes
    url: str


@dataclass(frozen=True, kw_only=True)
class NoticeDetail:
    row: NoticeRow  # the edition shown
    newest: int
    subject: NoticeSubject
    posting: NoticePosting
    checks: NoticeChecks
    stages: tuple[Stage, ...]
    change_note: str
    version: int  # of the text, for the editor
    objection: str  # what page and sheet say of objections
    fingerprint: str  # SHA-256; '' before the first submission
    is_as_returned: bool  # it came back, and its text is still the one that was sent back
    document: Document
    uploads: tuple[FileLink, ...]  # all files of the edition, whether the text uses them or not
    asks_meeting: bool  # the present step wants the day of the joint meeting
    offers: Mapping[Act, AvailableAction]
    may_print: bool
    may_redact: bool  # something went out whose content is still there
    redaction: str  # why its content was removed; '' while it is there
    timeline: tuple[TimelineEntry, ...]
    editions: tuple[NoticeRow, ...]  # the newest first
    papers: NoticePapers
    end_reason: str
    ended_on: date | None
    read: ReadTimes  # how often residents opened its page
    read_today: ReadTimes

    @property
    def files(self) -> tuple[FileLink, ...]:
        """Those of the uploads that the text uses."""
        return tuple(file for file in self.uploads if file.file in self.document.files)

    @property
    def fingerprint_words(self) -> str:
        """As the sheet prints it; '' before the first submission."""
        return fingerprint_words(self.fingerprint) if self.fingerprint else ""

    @property
    def is_newest(self) -> bool:
        return self.row.edition == self.newest

    @property
    def step(self) -> AvailableAction | None:
        """The step of review that this person is asked to take now, open or greyed."""
        return next((self.offers[step] for step in REVIEW_STEPS if step in self.offers), None)


def notice_detail(
    site: Site, actor: Actor, code: str, now: datetime, *, number: int | None = None
) -> NoticeDetail:
    """Everything about one edition of a notice, the newest when no number is given.

    Raises:
        NotFoundError: no such notice or edition, or none of this person's.
    """
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code, number)
        notice = edition.notice
        procedure = site.procedure(notice.procedure)
        document = edition_document(edition)
        return NoticeDetail(
            row=row_of(site, edition, now),
            newest=notice.effective_edition.number,
            subject=subject_of_notice(notice, procedure),
            posting=posting_of(edition),
            checks=checks_of(session, site, edition, now),
            stages=stages(site, edition, now),
            change_note=edition.change_note,
            version=edition.version,
            objection=objection_words(session, site, edition, now),
            fingerprint=edition.fingerprint or "",
            is_as_returned=_is_as_returned(edition),
            document=document,
            uploads=_files(edition, document),
            asks_meeting=procedure.asks_meeting(STEP_OF_STATE.get(edition.state)),
            offers=offers(site, actor, notice, now),
            may_print=may_print(actor, notice),
            may_redact=may_redact(actor, notice) and bool(to_redact(notice)),
            redaction=edition.redaction_reason,
            timeline=timeline(edition),
            editions=tuple(row_of(site, e, now) for e in reversed(notice.editions)),
            papers=papers_of(session, edition),
            end_reason=edition.end_reason,
            ended_on=village_day(edition.ended_at) if edition.ended_at else None,
            read=read_times(session, notice.id),
            read_today=read_times(session, notice.id, village_day(now)),
        )


def _is_as_returned(edition: Edition) -> bool:
    return bool(return_reason(edition)) and edition_fingerprint(edition) == edition.fingerprint


def _files(edition: Edition, document: Document) -> tuple[FileLink, ...]:
    """The files of an edition as the desk opens them, whatever the state of the notice."""
    given = {b.file: b.name for b in document.blocks if isinstance(b, Attachment)}
    names = {
        file.digest: with_ending(given.get(file.digest, file.name), file.media_type)
        for file in edition.files
    }
    desk = f"/desk/notices/{edition.notice.code}/files"
    return tuple(
        FileLink(
            file=file.digest,
            name=names[file.digest],
            size=file.size,
            url=f"{desk}/{file.digest}/{quote(short_name(names[file.digest]), safe='')}",
        )
        for file in edition.files
    )


@dataclass(frozen=True)
class KeptFile:
    name: str
    media_type: str
    data: bytes


def kept_file(site: Site, actor: Actor, code: str, digest: str) -> KeptFile:
    """A picture or attachment of any edition, for those who may see the notice at the desk."""
    with site.sessions.reading() as session:
        notice = edition_for(session, actor, code).notice
        files = [file for edition in notice.editions for file in edition.files]
        match = next((file for file in files if file.digest == digest), None)
        data = site.files.get(digest) if match else None
        if match is None or data is None:
            raise NotFoundError("没有这个文件。")
        return KeptFile(with_ending(match.name, match.media_type), match.media_type, data)
