"""张贴证明: on which boards a notice hung, in which editions, and how that is known."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice

from sqlalchemy.orm import Session

from bulletin.domain.codes import fingerprint_words
from bulletin.domain.days import day_words, instant_words, village_day, village_time
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.boards.corrections import correction_lines
from bulletin.services.boards.photos.recalled import unsettled
from bulletin.services.boards.photos.visits import taken_words
from bulletin.services.history import checkpoint, record
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet
from bulletin.sheets.forms import (
    CertificateFacts,
    CertificateRow,
    CertifiedCorrection,
    CertifiedEdition,
)
from bulletin.store import former_histories
from bulletin.store.notices import Edition, Notice
from bulletin.store.posting_corrections import corrections_of_notice
from bulletin.store.postings import Posting, postings_of_notice
from bulletin.store.receipts import Receipt, receipts_of_postings

MAX_CERTIFIED_PHOTOS = 8


def certify(site: Site, actor: Actor, code: str, now: datetime) -> tuple[str, PrintedSheet]:
    """The certificate of posting of a notice, as the records stand now.

    Returns:
        The name of the file, and the sheet.

    Raises:
        NotFoundError: no such notice, or none of this person's.
        Refused: it was never approved, so nothing of it hung.
    """
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        if not any(edition.closes_on for edition in notice.editions):
            raise refuse("not_approved", "还没有审完，没有张贴，开不出证明。")
        facts = _facts(session, site, notice, now)
    sheet = site.composer.compose_certificate(facts)
    with site.sessions.writing() as session:
        record(session, actor, "certify", f"notice {code}", now, pdf=sha256_hex(sheet.pdf))
    return f"{facts.number or code}-张贴证明.pdf", sheet


def certified_before(site: Site, actor: Actor, code: str) -> date | None:
    """The day of the last certificate from before words of the notice were removed.

    No copy of it is kept here; the paper may show what was removed.
    """
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        removed = [edition.redacted_at for edition in notice.editions if edition.redacted_at]
        if not removed:
            return None
        about = former_histories.told_about(session, f"notice {code}")
        issued = [e.at for e in about if e.act == "certify" and e.at <= max(removed)]
        return village_day(max(issued)) if issued else None


def _facts(session: Session, site: Site, notice: Notice, now: datetime) -> CertificateFacts:
    approved = [edition for edition in notice.editions if edition.closes_on]
    postings = session.scalars(postings_of_notice(notice.id)).all()
    receipts = receipts_of_postings(session, [posting.id for posting in postings])
    newest = approved[-1]
    return CertificateFacts(
        township=f"{notice.township.county}{notice.township.name}",
        notice=newest.title,
        number=notice.register_name or "",
        publishers=tuple(signature.publisher.name for signature in notice.signatures),
        period=_period(approved[0], newest),
        online=f"{instant_words(approved[0].publish_at)}起" if approved[0].publish_at else "",
        link=f"{site.public_url}/N/{notice.code}".upper(),
        rows=tuple(_row(posting, receipts.get(posting.id, [])) for posting in reversed(postings)),
        corrections=tuple(
            CertifiedCorrection(
                board=line.board,
                edition=line.edition,
                what=line.what,
                reason=line.reason,
                made=day_words(village_day(line.corrected_at)),
            )
            for line in correction_lines(session.scalars(corrections_of_notice(notice.id)))
        ),
        editions=tuple(
            CertifiedEdition(
                number=edition.number,
                published=day_words(edition.opens_on or village_day(now)),
                fingerprint=fingerprint_words(edition.fingerprint or "0"),
            )
            for edition in approved
        ),
        photos=tuple(_photos(session, site, notice.township_id, postings, receipts)),
        checkpoint=_checkpoint_words(session),
        mark=demo_mark(notice.township),
    )


def _checkpoint_words(session: Session) -> str:
    head = checkpoint(session)
    if head is None:
        return ""
    return f"No.{head.number} {village_time(head.at):%Y-%m-%d %H:%M} {fingerprint_words(head.hash)}"


def _period(first: Edition, newest: Edition) -> str:
    opens_on = first.opens_on or date.min
    return f"{day_words(opens_on)}—{day_words(newest.closes_on or opens_on, since=opens_on)}"


def _row(posting: Posting, receipts: list[Receipt]) -> CertificateRow:
    since = posting.hung_on
    of_board = (r for r in receipts if r.visit.board_id == posting.board_id)  # it may have moved
    days = sorted(
        day for day in {village_day(r.visit.received_at) for r in of_board} if day >= since
    )
    photos = [f"{day_words(day, since=since)}照片" for day in days]
    if posting.hung_photo and not photos:
        photos = [f"{day_words(village_day(posting.hung_at), since=since)}照片"]
    place = posting.board.village.name if posting.board.village else ""
    return CertificateRow(
        board=f"{place}{posting.board.name}",
        edition=posting.edition.number,
        hung=day_words(posting.hung_on),
        down=day_words(posting.down_on, since=since) if posting.down_on else "还贴着",
        known="、".join(["登记", *photos]),
    )


def _photos(
    session: Session,
    site: Site,
    township_id: int,
    postings: Sequence[Posting],
    receipts: dict[int, list[Receipt]],
) -> list[tuple[str, bytes]]:
    """Each photograph once, the newest first; none on which a removed text may still be read."""
    captions = {
        posting.hung_photo: f"{posting.board.name}，{instant_words(posting.hung_at)}登记"
        for posting in reversed(postings)
        if posting.hung_photo
    }
    for posting in postings:
        for receipt in receipts.get(posting.id, ()):
            visit = receipt.visit
            own = taken_words(receipt.photo.taken)
            captions[receipt.photo.digest] = (
                f"{visit.board_name}，{instant_words(visit.received_at)}收到"
                f"{f'，照片自己写{own}' if own else ''}"
            )
    held_back = unsettled(session, township_id)
    pictures = (
        (words, site.files.get(digest))
        for digest, words in reversed(captions.items())
        if digest not in held_back
    )
    return list(islice(((words, data) for words, data in pictures if data), MAX_CERTIFIED_PHOTOS))
