"""The fingerprint of an edition as it lies in the store."""

from bulletin.domain.notices.fingerprint import Fingerprinted, fingerprint
from bulletin.services.edition_document import edition_document
from bulletin.store.notices import Edition


def place_code(edition: Edition) -> str:
    """The statistical code of the village, or of the township for its own notices."""
    notice = edition.notice
    return notice.village.code if notice.village else notice.township.code


def edition_fingerprint(edition: Edition) -> str:
    """SHA-256 in hex over what an approver approves; see domain.notices.fingerprint."""
    return fingerprint(fingerprinted(edition))


def fingerprinted(edition: Edition) -> Fingerprinted:
    """What an approver approves."""
    notice = edition.notice
    return Fingerprinted(
        place=place_code(edition),
        publishers=[signature.publisher.name for signature in notice.signatures],
        items=sorted({duty.item_code for duty in notice.duties}),
        edition=edition.number,
        title=edition.title,
        document=edition_document(edition),
        posting_days=edition.posting_days,
        posting_unit=edition.posting_unit,
        change_note=edition.change_note,
    )
