"""What is saved of a draft, by whom and when: what a text typed elsewhere is compared with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.characters import ordinary
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.notices.content_serialization import clean, document_json, read_document
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.people import Person

MAX_TITLE = 100  # characters


@dataclass(frozen=True, kw_only=True)
class DraftText:
    """All that a person types into a draft, in the one spelling in which it is stored."""

    title: str
    change_note: str
    document: Any  # the JSON form of domain/notices/content.py
    publish_at: datetime | None
    posting_days: int


@dataclass(frozen=True, kw_only=True)
class SavedDraft:
    text: DraftText
    version: int
    by: str
    at: datetime


def typed_text(
    edition: Edition,
    *,
    title: str,
    change_note: str,
    document: Any,
    publish_at: datetime | None,
    posting_days: int | None,
) -> DraftText:
    """What was typed, as it would be stored: two spellings of one text are equal here.

    Raises:
        Refused: it has a fault.
    """
    read = read_document(document)
    return DraftText(
        title=ordinary(_line(title, "title", "标题"))[:MAX_TITLE],
        change_note=_line(change_note, "change_note", "更正说明"),
        document=document_json(read),
        publish_at=publish_at,
        posting_days=posting_days or edition.posting_days,
    )


def _line(text: str, field: str, what: str) -> str:
    try:
        return clean(text)
    except ValueError as fault:
        raise refuse(f"{field}_too_long", f"{what}：{fault}") from fault


def saved_draft(session: Session, edition: Edition) -> SavedDraft:
    person = session.get(Person, edition.saved_by) if edition.saved_by else None
    text = DraftText(
        title=edition.title,
        change_note=edition.change_note,
        document=edition.content.document,
        publish_at=edition.publish_at,
        posting_days=edition.posting_days,
    )
    return SavedDraft(
        text=text,
        version=edition.version,
        by=person.name if person else "另一个人",
        at=edition.saved_at,
    )


def last_saved(site: Site, actor: Actor, code: str) -> SavedDraft:
    """What is saved of the draft of a notice.

    Raises:
        NotFoundError: the notice is not one of the actor's.
    """
    with site.sessions.reading() as session:
        return saved_draft(session, edition_for(session, actor, code))


def compared(site: Site, actor: Actor, code: str, **typed: Any) -> tuple[bool, SavedDraft]:
    """Whether a text that a browser kept is what is saved, and what is saved.

    Args:
        typed: the arguments of `typed_text` besides the edition.
    """
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        saved = saved_draft(session, edition)
        try:
            return typed_text(edition, **typed) == saved.text, saved
        except Refused:  # a text with a fault was never saved
            return False, saved
