"""Letters to readers: what to confirm, and once a day what was published, corrected or taken down.

News are gathered from the history, entry by entry, so that none is forgotten and none told twice; what
a letter says of a notice is how it stands at the moment of the letter.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.contacts.methods import ContactMethod
from bulletin.domain.days import village_day
from bulletin.domain.languages.language import Language
from bulletin.domain.subscriptions.letters import (
    Letter,
    NewsKind,
    NewsLine,
    confirmation_letter,
    news_letter,
)
from bulletin.domain.subscriptions.topics import CONFIRM_WITHIN, has_word
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.one_by_one import Round, one_by_one
from bulletin.services.site import Site
from bulletin.services.subscriptions.page import topic_words
from bulletin.services.subscriptions.subscriber import language_of
from bulletin.services.subscriptions.words import public_title, words_of
from bulletin.store import history, notice_queries
from bulletin.store import subscriptions as stored
from bulletin.store.notices import Notice
from bulletin.store.subscriptions import Subscriber, Subscription, SubscriptionNews
from bulletin.store.villages import predecessors

WAIT = timedelta(minutes=30)  # after a letter that the mail server did not take
MAX_TRIES = 20  # then what it said is forgotten; the next news are tried anew


@dataclass(frozen=True)
class LettersSent:
    gathered: int  # news for readers
    confirmations: int
    letters: int
    failed: int


def write_letters(site: Site, now: datetime) -> LettersSent:
    """Gather what readers have to be told, and send what may be sent now; `SomeFailed` at the end of it."""
    with one_by_one() as those:
        gathered = _gather(site, those, now)
        if not site.notifier.sends_mail:
            return LettersSent(gathered, 0, 0, 0)
        _forget_unconfirmed(site, now)
        asked = those.each(
            "subscriber", _to_confirm(site, now), lambda each: _ask_to_confirm(site, each, now)
        )
        waiting = _to_tell(site, now) if site.reminders.may_send(now) else []
        told = those.each("subscriber", waiting, lambda each: _tell(site, each, now))
    failed = asked.count(False) + told.count(False)
    return LettersSent(gathered, asked.count(True), told.count(True), failed)


def _forget_unconfirmed(site: Site, now: datetime) -> None:
    before = now - CONFIRM_WITHIN
    with site.sessions.reading() as session:
        if not stored.has_unconfirmed(session, before):
            return
    with site.sessions.writing() as session:
        stored.forget_unconfirmed(session, before)


# --- what readers have to be told ----------------------------------------------------------------


def _gather(site: Site, those: Round, now: datetime) -> int:
    """Note the news of what was published and taken down since the last time; returns how many."""
    with site.sessions.reading() as session:
        if stored.swept_number(session) == history.head(session).number:
            return 0
    with site.sessions.writing() as session:
        return gather_news(session, site, those, now)


def gather_news(session: Session, site: Site, those: Round, now: datetime) -> int:
    """The same in the caller's transaction."""
    before, until = stored.swept_number(session), history.head(session).number
    if not stored.claim_sweep(session, before, until) or before is None:
        return 0
    noted = 0
    for act, subject in stored.told_subjects(session, before, until):
        with those.turn_of(subject), session.begin_nested():
            noted += _note(session, site, act, subject, now)
    return noted


def _note(session: Session, site: Site, act: str, subject: str, now: datetime) -> int:
    code, _, number = subject.removeprefix("notice ").partition(".")
    notice = notice_queries.notice_by_code(session, code)
    if notice is None:
        return 0
    is_new = act == "publish" and number == "1"
    village_ids = _village_ids(session, notice)
    group = Group(notice.items[0]["group"])
    noted = 0
    for subscription in session.scalars(stored.wanting(notice, village_ids, group)).all():
        known = stored.news_of(session, subscription.id, notice.id) is not None
        if known or not _is_meant(site, subscription, notice, now):
            continue
        session.add(
            SubscriptionNews(
                township_id=notice.township_id,
                subscription_id=subscription.id,
                notice_id=notice.id,
                is_new=is_new,
            )
        )
        session.flush()
        noted += 1
    return noted


def _village_ids(session: Session, notice: Notice) -> set[int]:
    if notice.village_id is None:
        return set()
    taken_over = predecessors(session, notice.township_id)
    before = {old for old, today in taken_over.items() if today == notice.village_id}
    return {notice.village_id, *before}


def _is_meant(site: Site, subscription: Subscription, notice: Notice, now: datetime) -> bool:
    """Whether the word stands in it; in a list of people only the catalog's words are looked at."""
    return not subscription.word or has_word(subscription.word, words_of(site, notice, now))


# --- letters -------------------------------------------------------------------------------------


def _to_confirm(site: Site, now: datetime) -> list[int]:
    with site.sessions.reading() as session:
        return [each.id for each in session.scalars(stored.to_confirm(now, village_day(now)))]


def _ask_to_confirm(site: Site, subscriber_id: int, now: datetime) -> bool | None:
    """Whether the letter was taken; None when another clock took it."""
    with site.sessions.writing() as session:
        subscriber = session.get(Subscriber, subscriber_id)
        if subscriber is None or subscriber.mail is None or subscriber.confirm_at is None:
            return None
        subscriber.confirm_at = None
        open_ones = [each for each in subscriber.subscriptions if each.confirmed_at is None]
        language = language_of(site, open_ones)
        mail, page = subscriber.mail, page_url(site, subscriber.token, language)
        topics = [topic_words(session, site, each, now).words for each in open_ones]
    if not topics:
        return None
    taken = _send(site, mail, confirmation_letter(topics, page), language)
    with site.sessions.writing() as session:
        subscriber = session.get(Subscriber, subscriber_id)
        if subscriber is not None and taken:
            sent = subscriber.confirm_sent if subscriber.confirm_on == village_day(now) else 0
            subscriber.confirm_on, subscriber.confirm_sent = village_day(now), sent + 1
        elif subscriber is not None:
            subscriber.confirm_at = now + WAIT
    return taken


def _to_tell(site: Site, now: datetime) -> list[int]:
    with site.sessions.reading() as session:
        asked = stored.to_tell(now, village_day(now), WAIT)
        return [each.id for each in session.scalars(asked)]


def _tell(site: Site, subscriber_id: int, now: datetime) -> bool | None:
    """Whether the letter was taken; None when there was nothing to say, or another clock said it.

    It is claimed before it is sent: after a crash it is tried again, never forgotten.
    """
    with site.sessions.writing() as session:
        subscriber = session.get(Subscriber, subscriber_id)
        if subscriber is None or subscriber.mail is None:
            return None
        if not stored.claim_letter(session, subscriber, now):
            return None
        session.refresh(subscriber)
        confirmed = [each for each in subscriber.subscriptions if each.confirmed_at is not None]
        language = language_of(site, confirmed)
        mail, page = subscriber.mail, page_url(site, subscriber.token, language)
        news = [row for each in subscriber.subscriptions for row in each.news]
        news_ids, lines = [row.id for row in news], _lines(site, news, language, now)
        if not lines or subscriber.tries > MAX_TRIES:
            _settle(session, subscriber, news_ids)
            return None
    taken = _send(site, mail, news_letter(lines, page), language, end_at=page)
    if taken:
        with site.sessions.writing() as session:
            subscriber = session.get(Subscriber, subscriber_id)
            if subscriber is not None:
                subscriber.letter_on = village_day(now)
                _settle(session, subscriber, news_ids)
    return taken


def _send(site: Site, mail: str, letter: Letter, language: Language, *, end_at: str = "") -> bool:
    subject, text = map(language.words, letter)
    return site.notifier.send(ContactMethod.MAIL, mail, subject, text, end_at=end_at)


def _settle(session: Session, subscriber: Subscriber, news_ids: list[int]) -> None:
    subscriber.tries, subscriber.tried_at = 0, None
    for news_id in news_ids:
        if (row := session.get(SubscriptionNews, news_id)) is not None:
            session.delete(row)


def _lines(
    site: Site, news: list[SubscriptionNews], language: Language, now: datetime
) -> list[NewsLine]:
    """One line a notice, though several subscriptions brought it; as it stands now."""
    first = {row.notice_id: row for row in reversed(news)}
    lines = (_line(site, row, language, now) for _, row in sorted(first.items()))
    return [line for line in lines if line is not None]


def _line(site: Site, news: SubscriptionNews, language: Language, now: datetime) -> NewsLine | None:
    """None for what came and went before the reader heard of it, and for a list that is over."""
    notice, view = news.notice, NoticeView(site, news.notice, now)
    edition = view.listed_edition
    kind = NewsKind.PUBLISHED if news.is_new else NewsKind.CORRECTED
    if edition is None:
        if news.is_new or view.in_force is None:
            return None
        kind = NewsKind.TAKEN_DOWN
    elif notice.personal and view.is_nameless:
        return None
    return NewsLine(
        kind=kind,
        place=(notice.village or notice.township).name,
        title=public_title(view) if edition else notice.public_title,
        url=language.address(f"{site.public_url}/N/{notice.code}"),
        closes_on=edition.closes_on if edition else None,
    )


def page_url(site: Site, token: str, language: Language) -> str:
    """Where a reader confirms and ends a subscription."""
    return language.address(f"{site.public_url}/follow/{token}")
