"""A comment beside the text: written by who reviews, answered and closed by drafter and reviewers."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, Refusal, Refused, refuse
from bulletin.domain.notices.comments import (
    MAX_COMMENT,
    CommentPlace,
    answer_refusals,
    comment_refusals,
    place_in,
)
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import facts_of, subject_of
from bulletin.store.notices import Edition
from bulletin.store.reviews import CommentAnswer, ReviewComment


def comment(
    site: Site,
    actor: Actor,
    code: str,
    words: str,
    now: datetime,
    *,
    block: int | None = None,
    row: int | None = None,
    column: int | None = None,
    seen: str = "",
) -> int:
    """Write beside a place of the text; returns the comment's id.

    Args:
        block, row, column: counted from 0; without a block it is about the whole, without row and
            column about the block. The row after the last is the line of sums.
        seen: the fingerprint of the text in which the person counted.

    Raises:
        Refused: not in review, not a reviewer of this notice, no words, personal data, or the
            place is not there.
    """
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        _ensure(comment_refusals(actor, facts_of(site, edition, now)))
        if seen and seen != edition.fingerprint:
            raise refuse("seen_other_content", "您看的不是最新提交的内容，请刷新页面再写意见。")
        place = place_in(edition_document(edition), block, row, column)
        if place is None:
            raise refuse("no_such_place", "正文里没有这个地方，请刷新页面再写意见。")
        written = _at_place(edition, place)
        written.person_id, written.person_name, written.at = actor.id, actor.name, now
        written.words = _checked(session, actor, words, "意见")
        session.add(written)
        session.flush()
        record(session, actor, "comment", subject_of(edition), now, comment=written.id)
        return written.id


def _at_place(edition: Edition, place: CommentPlace) -> ReviewComment:
    return ReviewComment(
        township_id=edition.township_id,
        edition_id=edition.id,
        review_round=edition.review_round,
        block=place.block,
        row=place.row,
        column=place.column,
        quote=place.quote,
        beside=place.beside,
        head=place.head,
    )


def answer_comment(
    site: Site, actor: Actor, code: str, comment_id: int, words: str, now: datetime
) -> None:
    """Answer a comment; it stays open until somebody closes it."""
    with site.sessions.writing() as session:
        edition, about = _open_comment(session, site, actor, code, comment_id, now)
        about.answers.append(
            CommentAnswer(
                township_id=edition.township_id,
                person_id=actor.id,
                person_name=actor.name,
                at=now,
                words=_checked(session, actor, words, "答复"),
            )
        )
        session.flush()
        record(session, actor, "answer_comment", subject_of(edition), now, comment=comment_id)


def close_comment(site: Site, actor: Actor, code: str, comment_id: int, now: datetime) -> None:
    """Say that a comment is dealt with."""
    with site.sessions.writing() as session:
        edition, about = _open_comment(session, site, actor, code, comment_id, now)
        about.closed_at, about.closed_by, about.closed_by_name = now, actor.id, actor.name
        record(session, actor, "close_comment", subject_of(edition), now, comment=comment_id)


def _open_comment(
    session: Session, site: Site, actor: Actor, code: str, comment_id: int, now: datetime
) -> tuple[Edition, ReviewComment]:
    edition = edition_for(session, actor, code)
    about = session.get(ReviewComment, comment_id)
    if about is None or about.edition_id != edition.id:
        raise NotFoundError("这份公开件没有这条意见。")
    _ensure(answer_refusals(actor, facts_of(site, edition, now)))
    if about.closed_at is not None:
        raise refuse("comment_closed", f"这条意见{about.closed_by_name}已经关掉了。")
    return edition, about


def _ensure(reasons: tuple[Refusal, ...]) -> None:
    if reasons:
        raise Refused(*reasons)


def _checked(session: Session, actor: Actor, words: str, what: str) -> str:
    if not words.strip():
        raise refuse("words_missing", f"请写{what}。")
    if len(words) > MAX_COMMENT:
        raise refuse("words_too_many", f"{what}最多写{MAX_COMMENT}字，请写短一些。")
    return ensure_text_is_clean(session, actor, words, what)
