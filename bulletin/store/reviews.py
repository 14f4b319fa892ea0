"""What a review leaves beside the text: comments with their answers, and the text as it was handed in before."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.store.base import Base


class ReturnedText(Base):
    """The text of a round of review that went back to the drafter, for whoever reads the next one.

    It is kept while the edition is reviewed and no longer; the history keeps its fingerprint.
    """

    __tablename__ = "returned_text"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    review_round: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    fingerprint: Mapped[str]  # SHA-256, as it was handed in
    title: Mapped[str]
    change_note: Mapped[str]
    document: Mapped[dict[str, Any]]  # the typed document, see domain/notices/content.py
    publish_at: Mapped[datetime | None]
    period: Mapped[str]  # 15日
    returned_at: Mapped[datetime]


class ReviewComment(Base):
    """A reviewer's words beside a place of the text, see domain/notices/comments.py."""

    __tablename__ = "review_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    review_round: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    at: Mapped[datetime]
    words: Mapped[str]
    block: Mapped[int | None]  # counted from 0; empty: the whole
    row: Mapped[int | None]
    column: Mapped[int | None]
    quote: Mapped[str]  # what stood there
    beside: Mapped[str]
    head: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_by_name: Mapped[str] = mapped_column(default="")

    answers: Mapped[list["CommentAnswer"]] = relationship(order_by="CommentAnswer.id")


class CommentAnswer(Base):
    __tablename__ = "comment_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("review_comment.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    at: Mapped[datetime]
    words: Mapped[str]


def comments_on(edition_id: int) -> Select[ReviewComment]:
    """In the order in which they were written."""
    return (
        select(ReviewComment)
        .where(ReviewComment.edition_id == edition_id)
        .order_by(ReviewComment.id)
    )


def newest_returned(edition_id: int) -> Select[ReturnedText]:
    """The text of the last round that went back."""
    return (
        select(ReturnedText)
        .where(ReturnedText.edition_id == edition_id)
        .order_by(ReturnedText.review_round.desc())
        .limit(1)
    )


def forget_returned(session: Session, edition_id: int) -> None:
    """Nobody compares any more: the edition is decided."""
    session.execute(delete(ReturnedText).where(ReturnedText.edition_id == edition_id))


def forget_words(session: Session, edition_id: int) -> None:
    """All that quotes an edition's text beside it."""
    forget_returned(session, edition_id)
    comments = select(ReviewComment.id).where(ReviewComment.edition_id == edition_id)
    session.execute(delete(CommentAnswer).where(CommentAnswer.comment_id.in_(comments)))
    session.execute(delete(ReviewComment).where(ReviewComment.edition_id == edition_id))
