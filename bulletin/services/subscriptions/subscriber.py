"""Who stands behind a secret address, and in which language they read."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError
from bulletin.domain.languages.language import CHINESE, Language
from bulletin.domain.languages.sentences import say
from bulletin.services.site import Site
from bulletin.store.subscriptions import Subscriber, Subscription, subscriber_of_token

NO_SUBSCRIBER = say("这个订阅已经没有了。")


def subscriber_of(session: Session, token: str) -> Subscriber:
    """The reader of a token.

    Raises:
        NotFoundError: no such reader (any more).
    """
    subscriber = subscriber_of_token(session, token)
    if subscriber is None:
        raise NotFoundError(NO_SUBSCRIBER)
    return subscriber


def language_of(site: Site, subscriptions: Iterable[Subscription]) -> Language:
    """One letter has one language, whatever its reader asked for: that in which was asked last."""
    by_time = sorted(subscriptions, key=lambda each: (each.asked_at, each.id))
    return site.language(by_time[-1].language) if by_time else CHINESE
