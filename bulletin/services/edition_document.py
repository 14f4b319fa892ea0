"""The document of an edition as it lies in the store."""

from typing import Any
from weakref import WeakKeyDictionary

from bulletin.domain.notices.content import Document
from bulletin.domain.notices.content_serialization import read_document
from bulletin.store.notices import Edition, EditionContent

MAX_KEPT = 256  # of what a whole copy of the site goes through, none is asked for again
# Of the rows at hand; a page asks for the same one a dozen times, and each table is read cell by cell.
_read: WeakKeyDictionary[EditionContent, tuple[dict[str, Any], Document]] = WeakKeyDictionary()


def edition_document(edition: Edition) -> Document:
    """As `read_document` reads it; once, until the row has another."""
    stored = edition.content.document
    known = _read.get(edition.content)
    if known is None or known[0] is not stored:
        if len(_read) >= MAX_KEPT:
            _read.clear()
        known = _read[edition.content] = stored, read_document(stored)
    return known[1]
