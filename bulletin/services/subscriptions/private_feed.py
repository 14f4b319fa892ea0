"""A reader's own feed: what was asked for, and what of it was taken down since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session, selectinload

from bulletin.domain.days import start_of, village_day
from bulletin.domain.languages.sentences import say
from bulletin.domain.open_data.feeds import BoardFeed, BoardKind, BoardRecord
from bulletin.domain.subscriptions.topics import has_word
from bulletin.services.notices.visibility import NoticeView, list_moment
from bulletin.services.public.board_feed import KEPT, MAX_RECORDS, record_of
from bulletin.services.site import Site
from bulletin.services.subscriptions.subscriber import language_of, subscriber_of
from bulletin.services.subscriptions.words import words_of
from bulletin.store import public_lists
from bulletin.store.notices import Edition, Notice
from bulletin.store.public_lists import Place
from bulletin.store.subscriptions import Subscription

NAME = say("我订阅的村务公开")


def private_feed(site: Site, token: str, now: datetime, root: str) -> BoardFeed:
    """All that a reader asked for, by mail or not, in one feed and in the language of their letters.

    Args:
        root: the site's address on the web, without / at its end.

    Raises:
        NotFoundError: no such reader (any more).
    """
    with site.sessions.reading() as session:
        subscriber = subscriber_of(session, token)
        confirmed = [each for each in subscriber.subscriptions if each.confirmed_at is not None]
        records = {
            record.url: record
            for subscription in confirmed
            for record in _records(session, site, subscription, now, root)
        }
        newest = sorted(records.values(), key=lambda each: each.changed_at, reverse=True)
        page = f"{root}/follow/{token}"
        return BoardFeed(
            kind=BoardKind.VILLAGE,
            address=f"{page}/feed",
            page=page,
            place="",
            code="",
            county="",
            publisher=NAME,
            subject="",
            changed_at=newest[0].changed_at if newest else start_of(village_day(now)),
            records=tuple(newest[:MAX_RECORDS]),
            name=NAME,
            demo=any(each.township.demo for each in confirmed),
            language=language_of(site, confirmed),
        )


def _records(
    session: Session, site: Site, subscription: Subscription, now: datetime, root: str
) -> Iterator[BoardRecord]:
    village = subscription.village.today if subscription.village else None
    place = Place(
        subscription.township_id,
        village.id if village else None,
        with_villages=subscription.with_villages,
    )
    since, group = village_day(now) - KEPT, subscription.group
    at = list_moment(session, site, now)
    asked = public_lists.recent(place, at, since, group.value if group else None)
    if subscription.word:
        asked = asked.options(selectinload(Notice.editions).selectinload(Edition.content))
    for notice in session.scalars(asked.limit(MAX_RECORDS)):
        record = record_of(site, notice, now, root)
        if record is not None and _is_meant(site, subscription, notice, now):
            yield record
    for edition in session.scalars(public_lists.taken_down_since(place, start_of(since))):
        record = _taken_down(site, edition, now, root)
        of_group = group is None or (record is not None and record.subject_code == group.value)
        if record and of_group and _is_meant(site, subscription, edition.notice, now):
            yield record


def _is_meant(site: Site, subscription: Subscription, notice: Notice, now: datetime) -> bool:
    of_matter = subscription.matter_id in (None, notice.matter_id)
    word = subscription.word
    return of_matter and (not word or has_word(word, words_of(site, notice, now)))


def _taken_down(site: Site, edition: Edition, now: datetime, root: str) -> BoardRecord | None:
    """That a notice was taken down, under the catalog's words; None when it is back."""
    notice = edition.notice
    view = NoticeView(site, notice, now)
    if view.listed_edition is not None or view.in_force is None or edition.ended_at is None:
        return None
    record = record_of(site, notice, now, root, edition=edition)
    title = say("已撤下：%(title)s", title=notice.public_title)
    return replace(record, title=title, paper="", changed_at=edition.ended_at) if record else None
