"""One notice for the desk: all that is known of it, and what the person may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from sqlalchemy.orm import Session

from bulletin.domain.codes import fingerprint_words
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.posting_end import end_words
from bulletin.domain.deadlines.posting_requirements import PostingRequirement, period_words
from bulletin.domain.errors import NotFoundError
from bulletin.domain.formats import with_ending
from bulletin.domain.notices.content import Attachment, Document
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import IN_REVIEW, REVIEW_STEPS, STEP_OF_STATE, Act, State
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.duties.posting_end import extension_words
from bulletin.services.edition_progress import Stage, TimelineEntry, stages, timeline
from bulletin.services.notices.actions import AvailableAction, may_print, offers
from bulletin.services.notices.overview import NoticeRow, row_of
from bulletin.services.notices.redact import may_redact, to_redact
from bulletin.services.printing.objections import contradiction_refusals, objection_words
from bulletin.services.printing.papers import NoticePapers, papers_of
from bulletin.services.privacy.check import PrivacyConcern, concerns
from bulletin.services.site import Site
from bulletin.store.notices import Edition, Notice


@dataclass(frozen=True)
class FileLink:
    """A picture or attachment of a notice, served at /F/<code>/<sha256>/<name>."""

    file: str  # SHA-256
    name: str
    size: int  # bytes
    url: str


@dataclass(frozen=True, kw_only=True)
class OwedLine:
    """A duty that the notice answers."""

    id: int
    words: str  # 村级财务收支情况（2026年第三季度）
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class NoticeDetail:
    row: NoticeRow  # the edition shown
    newest: int
    digits: str
    items: tuple[str, ...]
    bases: tuple[str, ...]
    personal: bool
    procedure: str  # 村级审查程序
    stages: tuple[Stage, ...]
    change_note: str
    version: int  # of the text, for the editor
    posting_days: int
    least_posting_days: int
    period_words: str  # 15日, and why it ends on its day
    period_notes: tuple[str, ...] = ()  # what its end waits for, and how it was extended
    asked_periods: tuple[PostingRequirement, ...]  # the chosen one, then each item's
    objection: str  # what page and sheet say of objections
    contradictions: tuple[str, ...]  # what its text says otherwise, while that can be mended
    fingerprint: str  # SHA-256; '' before the first submission
    document: Document
    files: tuple[FileLink, ...]
    uploads: tuple[FileLink, ...]  # all files of the edition, whether the text uses them or not
    concerns: tuple[PrivacyConcern, ...]
    asks_meeting: bool  # the present step wants the day of the joint meeting
    offers: Mapping[Act, AvailableAction]
    may_print: bool
    may_redact: bool  # something went out whose content is still there
    redaction: str  # why its content was removed; '' while it is there
    timeline: tuple[TimelineEntry, ...]
    editions: tuple[NoticeRow, ...]  # the newest first
    duties: tuple[OwedLine, ...]
    second_reason: str  # why it was written although another notice answers the duty
    papers: NoticePapers
    end_reason: str
    ended_on: date | None

    @property
    def fingerprint_words(self) -> str:
        """As the sheet prints it; '' before the first submission."""
        return fingerprint_words(self.fingerprint) if self.fingerprint else ""

    @property
    def asked_words(self) -> str:
        """15日: the days alone."""
        return period_words(self.asked_periods)

    @property
    def is_newest(self) -> bool:
        return self.row.edition == self.newest

    @property
    def open_concerns(self) -> tuple[PrivacyConcern, ...]:
        return tuple(concern for concern in self.concerns if concern.is_open)

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
        document = read_document(edition.content.document)
        uploads = _files(edition, document)
        return NoticeDetail(
            row=row_of(site, edition, now),
            newest=notice.effective_edition.number,
            digits=notice.digits,
            items=tuple(item["title"] for item in notice.items),
            bases=tuple(dict.fromkeys(b for item in notice.items for b in item["bases"])),
            personal=notice.personal,
            procedure=procedure.title,
            stages=stages(site, edition, now),
            change_note=edition.change_note,
            version=edition.version,
            posting_days=edition.posting_days,
            least_posting_days=edition.least_posting_days,
            period_words=_period_words(edition),
            period_notes=_period_notes(edition),
            asked_periods=edition.asked_periods,
            objection=objection_words(session, site, edition, now),
            contradictions=_contradictions(session, site, edition, now),
            fingerprint=edition.fingerprint or "",
            document=document,
            files=tuple(file for file in uploads if file.file in document.files),
            uploads=uploads,
            concerns=_concerns(session, site, edition),
            asks_meeting=procedure.asks_meeting(STEP_OF_STATE.get(edition.state)),
            offers=offers(site, actor, notice, now),
            may_print=may_print(actor, notice),
            may_redact=may_redact(actor, notice) and bool(to_redact(notice)),
            redaction=edition.redaction_reason,
            timeline=timeline(edition),
            editions=tuple(row_of(site, e, now) for e in reversed(notice.editions)),
            duties=_duties(notice),
            second_reason=notice.second_reason,
            papers=papers_of(session, edition),
            end_reason=edition.end_reason,
            ended_on=village_day(edition.ended_at) if edition.ended_at else None,
        )


def _period_words(edition: Edition) -> str:
    end = edition.posting_end
    asked = edition.asked_periods
    return period_words(asked) if end is None else end_words(asked, end)


def _period_notes(edition: Edition) -> tuple[str, ...]:
    end = edition.posting_end
    waits = end.serves if end is not None and end.serves_on is None else ""
    notes = [f"至少公示到{waits}，登记了日期就延到那一天。"] if waits else []
    return (*notes, *map(extension_words, edition.extensions))


def _concerns(session: Session, site: Site, edition: Edition) -> tuple[PrivacyConcern, ...]:
    """The privacy check, while the text is still on its way to approval."""
    if edition.state is not State.DRAFT and edition.state not in IN_REVIEW:
        return ()
    return tuple(concerns(session, site.files, edition))


def _contradictions(
    session: Session, site: Site, edition: Edition, now: datetime
) -> tuple[str, ...]:
    if edition.state is not State.DRAFT and edition.state not in IN_REVIEW:
        return ()
    return tuple(map(str, contradiction_refusals(session, site, edition, now)))


def _files(edition: Edition, document: Document) -> tuple[FileLink, ...]:
    """The files of an edition as the desk opens them, whatever the state of the notice."""
    given = {b.file: b.name for b in document.blocks if isinstance(b, Attachment)}
    names = {
        file.digest: with_ending(given.get(file.digest, file.name), file.media_type)
        for file in edition.files
    }
    code = edition.notice.code
    return tuple(
        FileLink(
            file=file.digest,
            name=names[file.digest],
            size=file.size,
            url=f"/desk/notices/{code}/files/{file.digest}/{quote(names[file.digest], safe='')}",
        )
        for file in edition.files
    )


def _duties(notice: Notice) -> tuple[OwedLine, ...]:
    titles = {item["code"]: item["title"] for item in notice.items}
    return tuple(
        OwedLine(
            id=duty.id,
            words=f"{titles.get(duty.item_code, duty.item_code)}（{duty.label}）",
            due_on=duty.due_on,
        )
        for duty in notice.duties
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
