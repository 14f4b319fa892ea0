"""What residents read: the page of a code, and the paper and files behind it."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from bulletin.domain.codes import Scan, TypedCode, fingerprint_words
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.posting_end import PostingEnd, end_words
from bulletin.domain.formats import short_name, with_ending
from bulletin.domain.notices.content import Attachment, Document
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.notices.visibility import PageState, shows_content
from bulletin.services.duties.posting_end import extension_words
from bulletin.services.edition_document import edition_document
from bulletin.services.edition_progress import handled_words
from bulletin.services.feedback.public_status import notice_feedback
from bulletin.services.notices.detail import FileLink
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.places.phones import phones_of
from bulletin.services.printing.objections import objection_words
from bulletin.services.public.matter_links import matter_links
from bulletin.services.public.page_values import EditionNote, LostPage, NoticePage, PlaceLink
from bulletin.services.public.policy_links import policy_pages
from bulletin.services.site import Site
from bulletin.store import notice_queries, register
from bulletin.store.feedback_queries import editions_asked_for
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Township, Village


def find(site: Site, typed: TypedCode, now: datetime, *, only_listed: bool = False) -> str | None:
    """The tail of the address for a whole address, a code or digits that a person typed, or None.

    Args:
        only_listed: digits lead to what the place's list names as well, and to nothing else.
    """
    if typed.scan:
        return typed.address.tail if typed.address else None
    with site.sessions.reading() as session:
        notice = notice_queries.notice_typed(session, typed)
        view = NoticeView(site, notice, now) if notice else None
        if notice is None or view is None or view.page_state() is None:
            return None
        hidden = only_listed and typed.digits and view.listed_edition is None
        return None if hidden else notice.code


def lost_page(site: Site, typed: TypedCode) -> LostPage | None:
    """What is left of a code that was printed and lost before a restore; None for others."""
    if typed.notice_code is None and typed.digits is None:
        return None
    with site.sessions.reading() as session:
        lost = register.lost_code(session, typed.notice_code, typed.digits)
        if lost is None:
            return None
        publisher = lost.publisher
        township = session.get_one(Township, publisher.township_id)
        village = session.get(Village, publisher.village_id) if publisher.village_id else None
        return LostPage(
            number=str(RegisterNumber(publisher.prefix, lost.year, lost.number)),
            publisher=publisher.name,
            township=PlaceLink(township.name, township.code),
            village=PlaceLink(village.name, village.code) if village else None,
            restored_on=village_day(lost.restored_at),
            phones=phones_of(township, village),
        )


def notice_page(site: Site, scan: Scan, *, scanned: bool, now: datetime) -> NoticePage | None:
    """The page that a code leads to; None when the code was never given to anything public.

    Args:
        scanned: the address named an edition; otherwise the code was typed.
    """
    with site.sessions.reading() as session:
        notice = notice_queries.notice_by_code(session, scan.code)
        if notice is None:
            return None
        view = NoticeView(site, notice, now)
        state = view.page_state(scan.edition if scanned else None)
        if state is None:
            return None
        return _page(session, site, view, state, scan if scanned else None)


# Its own title was removed, or never came before the public.
NAMELESS = frozenset({PageState.REDACTED, PageState.CANCELLED})


def _page(
    session: Session, site: Site, view: NoticeView, state: PageState, scan: Scan | None
) -> NoticePage:
    """The page as of now; `scan` is None when the code was typed."""
    notice, edition = view.notice, view.edition
    asked = scan.edition if scan else None
    opens_on, end, publish_at = _approved_dates(edition)
    readable = shows_content(state, personal=notice.personal)
    document = edition_document(edition) if readable else None
    nameless = (notice.personal and not readable) or state in NAMELESS
    explains, explained_by = policy_pages(session, site, notice, view.now)
    return NoticePage(
        page_state=state,
        title=notice.public_title if nameless else edition.title,
        scanned_edition=asked,
        scanned_page=scan.page if scan else None,
        scanned_opens_at=_opening_of(notice, asked) if state is PageState.AHEAD else None,
        current_edition=edition.number,
        publish_at=publish_at,
        opens_on=opens_on,
        closes_on=end.closes_on,
        period_words=end_words(edition.asked_periods, end),
        extended=tuple(extension_words(extension) for extension in edition.extensions),
        document=document,
        files=_files(edition, document),
        notes=_notes(session, view, nameless=nameless or state is PageState.TAKEN_DOWN),
        reason=edition.redaction_reason if state is PageState.REDACTED else edition.end_reason,
        ended_on=_ended_on(edition, state),
        handled=handled_words(site, edition),
        objection=objection_words(session, site, edition, view.now),
        asked=notice_feedback(session, notice, view.now),
        fingerprint=fingerprint_words(edition.fingerprint or "0"),
        matter=matter_links(session, site, notice, view.now),
        explains=explains,
        explained_by=explained_by,
        **_facts_of(notice),
    )


def _facts_of(notice: Notice) -> dict[str, Any]:
    """What the page says of the notice, whatever its edition and state."""
    township, village = notice.township, notice.village
    return {
        "code": notice.code,
        "digits": notice.digits,
        "number": notice.register_name,
        "township": PlaceLink(township.name, township.code),
        "village": PlaceLink(village.name, village.code) if village else None,
        "publishers": tuple(signature.publisher.name for signature in notice.signatures),
        "items": tuple(item["title"] for item in notice.items),
        "legal_bases": tuple(dict.fromkeys(b for item in notice.items for b in item["bases"])),
        "personal": notice.personal,
        "phones": phones_of(township, village),
        "demo": township.demo,
    }


def _ended_on(edition: Edition, state: PageState) -> date | None:
    ended = edition.redacted_at if state is PageState.REDACTED else edition.ended_at
    return village_day(ended) if ended else None


def _opening_of(notice: Notice, number: int | None) -> datetime | None:
    return next((e.publish_at for e in notice.editions if e.number == number), None)


def _approved_dates(edition: Edition) -> tuple[date, PostingEnd, datetime]:
    end = edition.posting_end
    if edition.opens_on is None or end is None or edition.publish_at is None:
        raise ValueError(f"edition {edition.id} was approved without its dates")
    return edition.opens_on, end, edition.publish_at


def _files(edition: Edition, document: Document | None) -> tuple[FileLink, ...]:
    if document is None:
        return ()
    uploads = {file.digest: file for file in edition.files}
    given = _names(document)
    names = {
        digest: with_ending(given.get(digest, file.name), file.media_type)
        for digest, file in uploads.items()
    }
    return tuple(
        FileLink(
            file=digest,
            name=names[digest],
            size=uploads[digest].size,
            url=f"/F/{edition.notice.code}/{digest}/{quote(short_name(names[digest]), safe='')}",
        )
        for digest in document.files
        if digest in uploads
    )


def _names(document: Document) -> dict[str, str]:
    """What the text calls each attachment."""
    return {b.file: b.name for b in document.blocks if isinstance(b, Attachment)}


def _notes(session: Session, view: NoticeView, *, nameless: bool) -> tuple[EditionNote, ...]:
    """The editions that went out. What they changed is content, and goes when the content goes."""
    corrected = [edition.id for edition in view.public_editions[1:]]
    asked = set(session.scalars(editions_asked_for(corrected))) if corrected else set()
    return tuple(
        EditionNote(
            edition=edition.number,
            published_at=edition.publish_at,
            note="" if nameless else edition.change_note,
            fingerprint=fingerprint_words(edition.fingerprint or "0"),
            asked=edition.id in asked,
        )
        for edition in reversed(view.public_editions)
        if edition.publish_at is not None
    )
