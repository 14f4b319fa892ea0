"""What drafts began with, and finding earlier notices of an item to begin from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import RELEASED
from bulletin.store.base import Base
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.places import Publisher

NEWEST = 20  # public notices of an item that are looked at


class EditionPattern(Base):
    """The earlier notice that a draft began with, as it was rolled; gone with the approval."""

    __tablename__ = "edition_pattern"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    source_code: Mapped[str] = mapped_column(index=True)  # of the notice that it comes from
    is_own: Mapped[bool]  # of the same publisher; else without names and figures
    pattern: Mapped[dict[str, Any]]  # see domain.patterns.pattern
    confirmed: Mapped[list[dict[str, Any]]]  # key, figure, person_id, at; see domain.patterns


def pattern_of(session: Session, edition_id: int) -> EditionPattern | None:
    return session.get(EditionPattern, edition_id)


def forget_pattern(session: Session, edition: Edition) -> None:
    """After the approval nothing is compared with it any more."""
    session.execute(delete(EditionPattern).where(EditionPattern.edition_id == edition.id))


def forget_words_of(session: Session, code: str) -> None:
    """The words of a notice leave the patterns of every draft that began with it."""
    session.execute(delete(EditionPattern).where(EditionPattern.source_code == code))


def public_editions(now: datetime) -> Select[Edition]:
    """The editions that anybody can read, the newest first; one notice may have several."""
    # What is asked for beside this finds few. The state stands in a call, since SQLite, which has no
    # statistics, would begin with all that was ever published.
    state = func.coalesce(Edition.state, Edition.state)
    return (
        select(Edition)
        .join(Notice, Notice.id == Edition.notice_id)
        .where(state.in_(RELEASED), Edition.publish_at <= now)
        .where(Edition.redacted_at.is_(None))
        .order_by(Edition.publish_at.desc(), Edition.id.desc())
    )


def earlier_of_publisher(duty: Duty, now: datetime) -> Select[Edition]:
    """What the publisher of a duty has public of the same item."""
    answering = (
        select(notice_duty.c.notice_id)
        .join(Duty, Duty.id == notice_duty.c.duty_id)
        .where(Duty.publisher_id == duty.publisher_id, Duty.item_code == duty.item_code)
    )
    return public_editions(now).where(Edition.notice_id.in_(answering)).limit(NEWEST)


def earlier_of_others(duty: Duty, kind: PublisherKind, now: datetime) -> Select[Edition]:
    """What the same body of other villages has public of the same item."""
    answering = (
        select(notice_duty.c.notice_id)
        .join(Duty, Duty.id == notice_duty.c.duty_id)
        .join(Publisher, Publisher.id == Duty.publisher_id)
        .where(
            Publisher.township_id == duty.township_id,
            Publisher.kind == kind,
            Publisher.id != duty.publisher_id,
            Publisher.village_id.is_not(None),
            Duty.item_code == duty.item_code,
        )
    )
    listed = or_(Notice.personal.is_(False), Edition.closes_on >= village_day(now))
    return public_editions(now).where(Edition.notice_id.in_(answering), listed).limit(NEWEST)


def alike_editions(township_id: int, digest: str, now: datetime) -> Select[Edition]:
    """The public editions of a township that say the same, by the digest kept at their submission."""
    return (
        public_editions(now)
        .where(Edition.township_id == township_id, Edition.text_digest == digest)
        .limit(NEWEST)
    )
