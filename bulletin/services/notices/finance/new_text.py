"""A draft's text changed by an act instead of by typing."""

from datetime import datetime

from bulletin.domain.notices.content import Block, Document, Paragraph
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.people import Actor
from bulletin.services.notices.drafts.draft import mark_editor
from bulletin.store.notices import Edition


def set_document(edition: Edition, document: Document, actor: Actor, now: datetime) -> None:
    """The text that follows the one saved last: an editor that is open elsewhere notices it."""
    edition.content.document = document_json(document)
    edition.version += 1
    edition.saved_at, edition.saved_by = now, actor.id
    mark_editor(edition, actor)


def with_block(document: Document, at: int, block: Block) -> Document:
    """A block put before the one at a place; a blank line that waits there is filled."""
    blocks = list(document.blocks)
    if at < len(blocks) and blocks[at] == Paragraph(""):
        blocks[at] = block
    else:
        blocks.insert(at, block)
    return Document(tuple(blocks))
