"""What a liaison has in hand: what is being written."""

from datetime import datetime

from bulletin.domain.people import Actor, Role
from bulletin.services.notices.overview import NoticeRow, row_of
from bulletin.services.site import Site
from bulletin.store.notice_lists import in_hand, notices_at


def rows_in_hand(site: Site, actor: Actor, now: datetime) -> list[NoticeRow]:
    """The drafts of a liaison, the newest first."""
    which = notices_at(actor.township_id, actor.places_of(Role.LIAISON))
    with site.sessions.reading() as session:
        notices = session.scalars(in_hand(which))
        return [row_of(site, notice.effective_edition, now) for notice in notices]
