"""Readers who want to be told, what of, and what they have still to be told."""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    ForeignKey,
    Select,
    UniqueConstraint,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.domain.catalog.items import Group
from bulletin.domain.languages.language import CHINESE
from bulletin.store.base import Base, choice
from bulletin.store.duties import Matter
from bulletin.store.history import HistoryEntry
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village

MAX_CONFIRMATIONS = 3  # letters to one address on one day
TOLD = ("publish", "take_down")  # the acts that readers are told of


class Subscriber(Base):
    """A reader: the address that letters go to, or nothing but a feed of one's own."""

    __tablename__ = "subscriber"

    id: Mapped[int] = mapped_column(primary_key=True)
    mail: Mapped[str | None] = mapped_column(unique=True)  # None: a feed alone
    token: Mapped[str] = mapped_column(
        unique=True
    )  # of the reader's page; whoever has it may end it
    confirm_at: Mapped[datetime | None]  # from when on a letter that asks to confirm is to be sent
    confirm_on: Mapped[date | None]  # the day of the last such letter
    confirm_sent: Mapped[int] = mapped_column(default=0)  # how many went out on that day
    letter_on: Mapped[date | None]  # the day of the last letter with news
    tries: Mapped[int] = mapped_column(default=0)  # of the letter that did not arrive yet
    tried_at: Mapped[datetime | None]

    subscriptions: Mapped[list["Subscription"]] = relationship(
        back_populates="subscriber", order_by="Subscription.id", cascade="all, delete-orphan"
    )


class Subscription(Base):
    """What one reader wants to hear of."""

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))  # None: the township's
    with_villages: Mapped[bool] = mapped_column(default=False)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"), index=True)
    group: Mapped[Group | None] = mapped_column(choice(Group, "subscription_group"))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    word: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default=CHINESE.tag)  # of the page on which it was asked
    asked_at: Mapped[datetime] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]

    subscriber: Mapped[Subscriber] = relationship(back_populates="subscriptions")
    township: Mapped[Township] = relationship()
    village: Mapped[Village | None] = relationship()
    matter: Mapped[Matter | None] = relationship()
    news: Mapped[list["SubscriptionNews"]] = relationship(cascade="all, delete-orphan")


class SubscriptionNews(Base):
    """A notice of which a reader has still to be told."""

    __tablename__ = "subscription_news"
    __table_args__ = (UniqueConstraint("subscription_id", "notice_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    is_new: Mapped[bool]  # the reader has not heard of it before

    notice: Mapped[Notice] = relationship()


class SubscriptionSweep(Base):
    """The one row that says up to which entry of the history readers' news were gathered."""

    __tablename__ = "subscription_sweep"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


def swept_number(session: Session) -> int | None:
    """Up to which entry news were gathered; None before the first time."""
    return session.scalar(select(SubscriptionSweep.number))


def claim_sweep(session: Session, before: int | None, number: int) -> bool:
    """Take the entries up to a number; False when another clock was faster."""
    if before is None:
        session.add(SubscriptionSweep(id=1, number=number))
        session.flush()
        return True
    moved = session.connection().execute(
        update(SubscriptionSweep).where(SubscriptionSweep.number == before).values(number=number)
    )
    return moved.rowcount == 1


def told_subjects(session: Session, after: int, until: int) -> list[tuple[str, str]]:
    """What readers are told of (act, subject) between two entries of the history, in order."""
    rows = session.execute(
        select(HistoryEntry.act, HistoryEntry.subject)
        .where(HistoryEntry.number > after, HistoryEntry.number <= until)
        .where(HistoryEntry.act.in_(TOLD), HistoryEntry.subject.startswith("notice "))
        .order_by(HistoryEntry.number)
    )
    return [(act, subject) for act, subject in rows]


def wanting(notice: Notice, village_ids: set[int], group: Group) -> Select[Subscription]:
    """Who gets letters about a notice, before its words are looked at.

    Args:
        village_ids: the notice's village, and those that it took over.
    """
    own = Subscription.village_id.in_(village_ids)
    if notice.village_id is None:
        own = Subscription.village_id.is_(None)
    return (
        select(Subscription)
        .join(Subscription.subscriber)
        .where(Subscriber.mail.is_not(None), Subscription.confirmed_at.is_not(None))
        .where(Subscription.township_id == notice.township_id)
        .where(or_(own, Subscription.with_villages))
        .where(or_(Subscription.group.is_(None), Subscription.group == group))
        .where(or_(Subscription.matter_id.is_(None), Subscription.matter_id == notice.matter_id))
    )


def news_of(session: Session, subscription_id: int, notice_id: int) -> SubscriptionNews | None:
    return session.scalar(
        select(SubscriptionNews).where(
            SubscriptionNews.subscription_id == subscription_id,
            SubscriptionNews.notice_id == notice_id,
        )
    )


def subscriber_of_token(session: Session, token: str) -> Subscriber | None:
    return session.scalar(select(Subscriber).where(Subscriber.token == token))


def subscriber_of_mail(session: Session, mail: str) -> Subscriber | None:
    return session.scalar(select(Subscriber).where(Subscriber.mail == mail))


def asked_since(session: Session, at: datetime) -> int:
    """How many subscriptions were asked for since a moment."""
    query = select(func.count()).select_from(Subscription).where(Subscription.asked_at >= at)
    return session.scalar(query) or 0


def to_confirm(now: datetime, today: date) -> Select[Subscriber]:
    """Whose address is to be asked whether it is the reader's own; strangers can't flood it."""
    rested = or_(
        Subscriber.confirm_on.is_(None),
        Subscriber.confirm_on < today,
        Subscriber.confirm_sent < MAX_CONFIRMATIONS,
    )
    return select(Subscriber).where(Subscriber.confirm_at <= now, rested).order_by(Subscriber.id)


def to_tell(now: datetime, today: date, wait: timedelta) -> Select[Subscriber]:
    """Who has news and no letter yet today; after a letter that failed, not before a while."""
    has_news = exists().where(
        SubscriptionNews.subscription_id == Subscription.id,
        Subscription.subscriber_id == Subscriber.id,
    )
    return (
        select(Subscriber)
        .where(has_news)
        .where(or_(Subscriber.letter_on.is_(None), Subscriber.letter_on < today))
        .where(or_(Subscriber.tried_at.is_(None), Subscriber.tried_at <= now - wait))
        .order_by(Subscriber.id)
    )


def claim_letter(session: Session, subscriber: Subscriber, now: datetime) -> bool:
    """Take a letter for one try; False when another clock was faster."""
    session.flush()
    moved = session.connection().execute(
        update(Subscriber)
        .where(Subscriber.id == subscriber.id, Subscriber.tries == subscriber.tries)
        .values(tries=subscriber.tries + 1, tried_at=now)
    )
    return moved.rowcount == 1


def has_unconfirmed(session: Session, before: datetime) -> bool:
    """Whether something was asked for before a moment and never confirmed."""
    query = select(Subscription.id).where(
        Subscription.confirmed_at.is_(None), Subscription.asked_at < before
    )
    return session.scalar(query.limit(1)) is not None


def forget_unconfirmed(session: Session, before: datetime) -> None:
    """Delete what nobody confirmed, and readers of whom nothing is left."""
    session.execute(
        delete(Subscription).where(
            Subscription.confirmed_at.is_(None), Subscription.asked_at < before
        )
    )
    left = exists().where(Subscription.subscriber_id == Subscriber.id)
    session.execute(delete(Subscriber).where(not_(left)))
