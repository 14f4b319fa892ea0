"""The page on which one subscribes to a place."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public.page_values import PlaceLink
from bulletin.services.public.place_pages import link_to, place_named
from bulletin.services.site import Site
from bulletin.services.subscriptions.words import public_title
from bulletin.store import notice_queries


@dataclass(frozen=True)
class FollowPage:
    place: PlaceLink
    is_township: bool
    sends_mail: bool
    about: str  # the code of a notice whose matter is offered; '' for none
    about_title: str
    demo: bool


def follow_page(site: Site, code: str, now: datetime, *, about: str = "") -> FollowPage:
    """Of a village, or of the township's own notices.

    Args:
        about: the code of a notice whose matter may be followed; any other is as none.

    Raises:
        NotFoundError: no place has the code.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        notice = notice_queries.notice_by_code(session, about) if about else None
        view = NoticeView(site, notice, now) if notice and notice.matter_id else None
        if view is not None and view.listed_edition is None:
            view = None
        return FollowPage(
            place=link_to(village or township),
            is_township=village is None,
            sends_mail=site.notifier.sends_mail,
            about=view.notice.code if view else "",
            about_title=public_title(view) if view else "",
            demo=township.demo,
        )
