"""The fingerprint of an edition: what was approved is what goes out, and anyone can check it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.domain.digests import canonical, sha256_hex
from bulletin.domain.notices.content import Document
from bulletin.domain.notices.content_serialization import document_json


@dataclass(frozen=True, kw_only=True)
class Fingerprinted:
    """All that an approver approves. Number, code and checkpoint are frame and come afterwards."""

    place: str  # statistical code of the village or township
    publishers: Sequence[str]
    items: Sequence[str]  # codes of the catalog's items, sorted
    edition: int
    title: str
    document: Document
    posting_days: int
    posting_unit: str
    change_note: str


def fingerprinted_bytes(content: Fingerprinted) -> bytes:
    """What the fingerprint is taken of: canonical JSON, UTF-8, that anyone can hash again.

    Pictures and attachments take part by their own SHA-256.
    """
    return canonical(
        {
            "place": content.place,
            "publishers": list(content.publishers),
            "items": list(content.items),
            "edition": content.edition,
            "title": content.title,
            "document": document_json(content.document),
            "posting": [content.posting_days, content.posting_unit],
            "change_note": content.change_note,
        }
    )


def fingerprint(content: Fingerprinted) -> str:
    """SHA-256 in hex over `fingerprinted_bytes`."""
    return sha256_hex(fingerprinted_bytes(content))
