"""A reader's own page: what was asked for, and the ways to confirm and to end it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.languages.sentences import say
from bulletin.domain.subscriptions.topics import TopicWords
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.site import Site
from bulletin.services.subscriptions.subscriber import subscriber_of
from bulletin.services.subscriptions.words import public_title
from bulletin.store.notices import Notice
from bulletin.store.subscriptions import Subscription

SOME_MATTER = say("一个事项")


@dataclass(frozen=True)
class SubscriptionLine:
    id: int
    words: str
    place: str
    place_code: str
    confirmed: bool


@dataclass(frozen=True)
class SubscriberPage:
    token: str
    by_mail: bool
    lines: tuple[SubscriptionLine, ...]
    demo: bool

    @property
    def waits(self) -> bool:
        """Whether something has still to be confirmed."""
        return any(not line.confirmed for line in self.lines)


def subscriber_page(site: Site, token: str, now: datetime) -> SubscriberPage:
    """The page behind a reader's secret address.

    Raises:
        NotFoundError: no such reader (any more).
    """
    with site.sessions.reading() as session:
        subscriber = subscriber_of(session, token)
        lines = tuple(_line(session, site, each, now) for each in subscriber.subscriptions)
        demo = any(each.township.demo for each in subscriber.subscriptions)
        return SubscriberPage(token, subscriber.mail is not None, lines, demo)


def _line(
    session: Session, site: Site, subscription: Subscription, now: datetime
) -> SubscriptionLine:
    place = subscription.village or subscription.township
    words = topic_words(session, site, subscription, now).words
    confirmed = subscription.confirmed_at is not None
    return SubscriptionLine(subscription.id, words, place.name, place.code, confirmed)


def topic_words(
    session: Session, site: Site, subscription: Subscription, now: datetime
) -> TopicWords:
    """A subscription in words. A matter is called by a notice of it that the public may know."""
    place = subscription.village or subscription.township
    matter = subscription.matter_id
    return TopicWords(
        place=place.name,
        with_villages=subscription.with_villages,
        group=subscription.group.label if subscription.group else "",
        matter=_matter_words(session, site, matter, now) if matter else "",
        word=subscription.word,
    )


def _matter_words(session: Session, site: Site, matter_id: int, now: datetime) -> str:
    notices = session.scalars(
        select(Notice).where(Notice.matter_id == matter_id).order_by(Notice.id)
    )
    views = (NoticeView(site, notice, now) for notice in notices)
    titles = (public_title(view) for view in views if view.listed_edition is not None)
    return next(titles, SOME_MATTER)
