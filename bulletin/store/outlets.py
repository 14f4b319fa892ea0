"""Outlets besides board and page, and what was sent to them."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    and_,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import (
    Mapped,
    Session,
    contains_eager,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)

from bulletin.domain.notices.workflow import State
from bulletin.domain.outlets.rules import OutletKind
from bulletin.store.airings import Airing, AiringPlan
from bulletin.store.base import Base, choice
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Village


class Outlet(Base):
    """One website, medium, chat or loudspeaker; of a village, or of the township for all its places."""

    __tablename__ = "outlet"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    name: Mapped[str]
    kind: Mapped[OutletKind] = mapped_column(choice(OutletKind, "kind"))
    # After the day of publication; empty: nothing must be there, what somebody sent is only kept.
    days: Mapped[int | None]
    from_on: Mapped[date]  # carries what is published from this day on
    until_on: Mapped[date | None]

    village: Mapped[Village | None] = relationship()
    plans: Mapped[list[AiringPlan]] = relationship(order_by=AiringPlan.id)  # of a loudspeaker


class Sending(Base):
    """An edition is in an outlet."""

    __tablename__ = "sending"
    # Whether an outlet has an edition is asked for each edition that it could miss.
    __table_args__ = (Index(None, "edition_id", "outlet_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), index=True)
    sent_at: Mapped[datetime]
    link: Mapped[str]  # '' where it has none
    recorded_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    removed_at: Mapped[datetime | None]  # taken out of the outlet again
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]  # it was never sent: a slip, which counts no more

    outlet: Mapped[Outlet] = relationship()
    edition: Mapped[Edition] = relationship()
    airing: Mapped[Airing | None] = relationship(foreign_keys=[Airing.sending_id])  # loudspeakers'


def serves(township_id: int, day: date) -> ColumnElement[bool]:
    """Outlets of a township that must carry what is published on a day."""
    return and_(
        Outlet.township_id == township_id,
        Outlet.from_on <= day,
        Outlet.days.is_not(None),
        or_(Outlet.until_on.is_(None), Outlet.until_on >= day),
    )


def outlets_on(township_id: int, day: date) -> Select[Outlet]:
    """The outlets that must carry what is published on a day, the township's first."""
    return (
        select(Outlet)
        .where(serves(township_id, day))
        .order_by(Outlet.village_id.is_not(None), Outlet.id)
        .options(joinedload(Outlet.village), selectinload(Outlet.plans))
    )


def editions_with_places(edition_ids: Collection[int]) -> Select[Edition]:
    """Some editions, each with what its line names."""
    named = joinedload(Edition.notice).joinedload(Notice.village)
    return select(Edition).where(Edition.id.in_(edition_ids)).options(named)


def to_remove(township_id: int, places: Collection[int | None]) -> Select[Sending]:
    """What still stands in outlets of some places although it was taken down or its words were removed."""
    # Few have ended: the sums keep SQLite from beginning with all that a township published or sent.
    ended = union(
        select(Edition.id).where(
            Edition.township_id + 0 == township_id, Edition.state == State.TAKEN_DOWN
        ),
        select(Edition.id).where(
            Edition.township_id == township_id, Edition.redacted_at.is_not(None)
        ),
    )
    in_places = Outlet.village_id.in_([place for place in places if place is not None])
    of_township = Outlet.village_id.is_(None) if None in places else in_places
    return (
        select(Sending)
        .join(Sending.outlet)
        .join(Sending.edition)
        .where(Sending.township_id + 0 == township_id, Sending.edition_id.in_(ended))
        .where(Sending.removed_at.is_(None), Sending.withdrawn_at.is_(None))
        .where(Outlet.kind.in_([kind for kind in OutletKind if kind.keeps_it]))
        .where(or_(in_places, of_township))
        .order_by(Sending.id)
        .options(contains_eager(Sending.outlet))
        .options(contains_eager(Sending.edition).joinedload(Edition.notice))
    )


def sendings_of(notice_id: int) -> Select[Sending]:
    """Where the editions of a notice went, in order; without slips."""
    return (
        select(Sending)
        .join(Sending.edition)
        .where(Edition.notice_id == notice_id, Sending.withdrawn_at.is_(None))
        .options(joinedload(Sending.outlet))
        .order_by(Sending.id)
    )


def counted(found: Select[Edition]) -> Select[int]:
    """How many there are, without reading them."""
    ids = found.with_only_columns(Edition.id).order_by(None)
    return select(func.count()).select_from(ids.subquery())


def outlet_named(
    session: Session, township_id: int, village_id: int | None, kind: OutletKind, name: str
) -> Outlet | None:
    """The outlet of a place by its name, while it has not ended."""
    return session.scalar(
        select(Outlet)
        .where(
            Outlet.township_id == township_id,
            Outlet.village_id == village_id,
            Outlet.kind == kind,
            Outlet.name == name,
            Outlet.until_on.is_(None),
        )
        .order_by(Outlet.days.is_(None), Outlet.id)
        .limit(1)
    )


def last_chat(township_id: int, village_id: int | None) -> Select[str]:
    """The chat of a place to which something was sent last."""
    return (
        select(Outlet.name)
        .join(Sending, Sending.outlet_id == Outlet.id)
        .where(
            Outlet.township_id == township_id,
            Outlet.village_id == village_id,
            Outlet.kind == OutletKind.CHAT,
            Sending.withdrawn_at.is_(None),
        )
        .order_by(Sending.id.desc())
        .limit(1)
    )
