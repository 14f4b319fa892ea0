"""政策解读 on the resident's page: what it explains and what explains it, as far as both are public."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public.page_values import PolicyPage
from bulletin.services.site import Site
from bulletin.store.asked_once import asked_once
from bulletin.store.notices import Notice
from bulletin.store.policy_links import links_of


@asked_once
def policy_pages(
    session: Session, site: Site, notice: Notice, now: datetime
) -> tuple[tuple[PolicyPage, ...], tuple[PolicyPage, ...]]:
    """What the notice explains, and what explains it."""
    links = session.scalars(links_of(notice.id)).all()
    explained = (link.explained for link in links if link.explaining is notice)
    explaining = (link.explaining for link in links if link.explained is notice)
    return _pages(site, explained, now), _pages(site, explaining, now)


def _pages(site: Site, notices: Iterable[Notice], now: datetime) -> tuple[PolicyPage, ...]:
    views = (NoticeView(site, notice, now) for notice in notices)
    return tuple(
        PolicyPage(title=view.title, url=f"/N/{view.notice.code}")
        for view in views
        if view.listed_edition is not None
    )
