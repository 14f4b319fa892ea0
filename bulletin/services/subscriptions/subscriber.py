"""Who stands behind a secret address."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError
from bulletin.domain.languages.sentences import say
from bulletin.store.subscriptions import Subscriber, subscriber_of_token

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
