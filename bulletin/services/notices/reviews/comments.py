"""The comments on an edition, each where its words stand now."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import instant_words
from bulletin.domain.notices.comments import (
    CommentPlace,
    answer_refusals,
    comment_refusals,
    open_comment_checks,
    place_words,
    placed,
)
from bulletin.domain.notices.content import Document
from bulletin.domain.notices.draft_checks import DraftCheck
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.site import Site
from bulletin.services.transition import facts_of
from bulletin.store.notices import Edition
from bulletin.store.reviews import ReviewComment, comments_on


@dataclass(frozen=True)
class ShownAnswer:
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ShownComment:
    """A comment, and where it stands now; counted from 0, None for the whole or what is gone."""

    id: int
    block: int | None
    row: int | None
    column: int | None
    where: str  # 第3段表格第2行“金额（元）”
    quote: str  # what stood there when it was written
    is_gone: bool  # these words stand there no more
    words: str
    by: str
    at: datetime
    closed_by: str  # '' while it is open
    answers: tuple[ShownAnswer, ...]

    @property
    def is_open(self) -> bool:
        return not self.closed_by

    @property
    def json(self) -> dict[str, Any]:
        """For a page's script: `closed` says who closed it, `at` is in words."""
        facts = asdict(self) | {"at": instant_words(self.at), "closed": self.closed_by}
        facts["answers"] = [asdict(a) | {"at": instant_words(a.at)} for a in self.answers]
        return facts


@dataclass(frozen=True, kw_only=True)
class Comments:
    shown: tuple[ShownComment, ...]  # the open ones first, then in the order of the text
    may_write: bool
    may_answer: bool

    @property
    def open_count(self) -> int:
        return sum(comment.is_open for comment in self.shown)


def comments_of(site: Site, actor: Actor, code: str, now: datetime) -> Comments:
    """All comments on the edition in effect, and what this person may do about them."""
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        document = edition_document(edition)
        shown = [_shown(each, document) for each in session.scalars(comments_on(edition.id))]
        facts = facts_of(site, edition, now)
        return Comments(
            shown=tuple(sorted(shown, key=_order)),
            may_write=not comment_refusals(actor, facts),
            may_answer=not answer_refusals(actor, facts),
        )


def _order(comment: ShownComment) -> tuple[bool, int, int, int]:
    place = (-1 if at is None else at for at in (comment.block, comment.row))
    block, row = place
    return (not comment.is_open, block, row, comment.id)


def _shown(comment: ReviewComment, document: Document) -> ShownComment:
    now_at = placed(_place(comment), document)
    at = now_at or CommentPlace()
    return ShownComment(
        id=comment.id,
        block=at.block,
        row=at.row,
        column=at.column,
        where=place_words(at),
        quote=comment.quote,
        is_gone=now_at is None,
        words=comment.words,
        by=comment.person_name,
        at=comment.at,
        closed_by=comment.closed_by_name,
        answers=tuple(ShownAnswer(a.words, a.person_name, a.at) for a in comment.answers),
    )


def _place(comment: ReviewComment) -> CommentPlace:
    return CommentPlace(
        block=comment.block,
        row=comment.row,
        column=comment.column,
        quote=comment.quote,
        beside=comment.beside,
        head=comment.head,
    )


def open_comments(session: Session, edition: Edition) -> list[ReviewComment]:
    return [each for each in session.scalars(comments_on(edition.id)) if each.closed_at is None]


def comment_checks(
    session: Session, _site: Site, edition: Edition, _now: datetime
) -> Iterator[DraftCheck]:
    """What reviewers asked and nobody closed, said before the draft is handed in again."""
    still_open = open_comments(session, edition)
    document = edition_document(edition) if still_open else Document()
    yield from open_comment_checks(
        (placed(_place(each), document), each.person_name, each.words) for each in still_open
    )
