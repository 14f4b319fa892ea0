"""订阅: asked for, confirmed from the mailbox, ended with one press.

Nothing of it is written into the history, which strangers keep copies of: who reads what is nobody's
business. What is ended is deleted, with the address.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.contacts.methods import ContactMethod, checked_address
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.languages.language import CHINESE
from bulletin.domain.languages.sentences import say
from bulletin.domain.subscriptions.topics import (
    MAX_ASKED,
    MAX_SUBSCRIPTIONS,
    checked_word,
)
from bulletin.services.access import NO_NOTICE
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public.place_pages import place_named
from bulletin.services.site import Site
from bulletin.services.subscriptions.subscriber import subscriber_of
from bulletin.store import notice_queries
from bulletin.store.subscriptions import (
    Subscriber,
    Subscription,
    asked_since,
    subscriber_of_mail,
)

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NewSubscription:
    place: str  # its statistical code
    mail: str = ""  # '': a feed alone
    with_villages: bool = False
    group: Group | None = None
    about: str = ""  # the code of a notice whose matter is meant
    word: str = ""
    language: str = CHINESE.tag  # of the page on which it is asked


def subscribe(site: Site, new: NewSubscription, now: datetime) -> str:
    """Ask to be told; by mail it counts once it is confirmed from there.

    Returns:
        The token of the reader's own page; '' with a mail address, which alone may learn it.

    Raises:
        NotFoundError: no such place or notice.
        Refused: the address or the word is none, or there are too many.
    """
    mail = checked_address(ContactMethod.MAIL, new.mail).lower() if new.mail.strip() else None
    word = checked_word(new.word)
    if mail and not site.notifier.sends_mail:
        raise refuse("no_mail", say("这里还不能发邮件，请用订阅地址。"))
    with site.sessions.writing() as session:
        township, village = place_named(session, new.place)
        if asked_since(session, now - DAY) >= MAX_ASKED:
            raise refuse("too_many", say("今天订阅的人太多，请明天再来。"))
        subscriber = _subscriber(session, mail)
        subscription = Subscription(
            township_id=township.id,
            village_id=village.id if village else None,
            with_villages=new.with_villages and village is None,
            group=new.group,
            matter_id=_matter(session, site, new.about, now) if new.about else None,
            word=word,
            language=new.language,
            asked_at=now,
            confirmed_at=None if mail else now,
        )
        _add(subscriber, subscription, now)
        return "" if mail else subscriber.token


def _subscriber(session: Session, mail: str | None) -> Subscriber:
    known = subscriber_of_mail(session, mail) if mail else None
    if known is None:
        known = Subscriber(mail=mail, token=secrets.token_urlsafe(24))
        session.add(known)
    return known


def _add(subscriber: Subscriber, subscription: Subscription, now: datetime) -> None:
    """Once only; who asks again for what was not confirmed yet is written to again, as asked now.

    What was confirmed stays as it is: anybody may type an address, its owner alone confirms.
    """
    topic = _topic(subscription)
    known = next((each for each in subscriber.subscriptions if _topic(each) == topic), None)
    if known is None and len(subscriber.subscriptions) >= MAX_SUBSCRIPTIONS:
        raise refuse(
            "too_many",
            say(
                "一个邮箱最多订%(most)s样，请先退掉不要的。",
                most=MAX_SUBSCRIPTIONS,
            ),
        )
    if known is None:
        subscriber.subscriptions.append(subscription)
    elif known.confirmed_at is None:
        known.asked_at, known.language = now, subscription.language
    if subscriber.mail and (known or subscription).confirmed_at is None:
        subscriber.confirm_at = now


def _topic(of: Subscription) -> tuple[object, ...]:
    return of.township_id, of.village_id, of.with_villages, of.group, of.matter_id, of.word


def _matter(session: Session, site: Site, code: str, now: datetime) -> int:
    """The matter of a notice that the public may know.

    Raises:
        NotFoundError: there is none.
    """
    notice = notice_queries.notice_by_code(session, code)
    if notice is None or notice.matter_id is None:
        raise NotFoundError(NO_NOTICE)
    if NoticeView(site, notice, now).listed_edition is None:
        raise NotFoundError(NO_NOTICE)
    return notice.matter_id


def confirm(site: Site, token: str, now: datetime) -> None:
    """All that the owner of the address asked for counts from now on.

    Raises:
        NotFoundError: no such reader (any more).
    """
    with site.sessions.writing() as session:
        subscriber = subscriber_of(session, token)
        subscriber.confirm_at = None
        for subscription in subscriber.subscriptions:
            subscription.confirmed_at = subscription.confirmed_at or now


def end_subscription(site: Site, token: str, subscription_id: int | None = None) -> bool:
    """End one subscription, or all of a reader (None); whether any is left.

    Raises:
        NotFoundError: no such reader (any more).
    """
    with site.sessions.writing() as session:
        subscriber = subscriber_of(session, token)
        kept = [each for each in subscriber.subscriptions if each.id != subscription_id]
        if subscription_id is None or not kept:
            session.delete(subscriber)
            return False
        subscriber.subscriptions = kept
        return True
