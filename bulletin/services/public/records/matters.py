"""Matters of a place as timelines: every phase with its notice, its day, or that it is overdue."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session, selectinload

from bulletin.domain.errors import NotFoundError
from bulletin.services.access import NO_LIST
from bulletin.services.notices.visibility import list_moment
from bulletin.services.public.matter_links import phase_links
from bulletin.services.public.place_pages import place_named
from bulletin.services.public.records.record import named
from bulletin.services.public.records.values import MattersPage, MatterTimeline
from bulletin.services.site import Site
from bulletin.store import public_matters
from bulletin.store.duties import Matter
from bulletin.store.list_pages import page_rows
from bulletin.store.public_lists import Place

PER_PAGE = 12


def matters_page(site: Site, code: str, now: datetime, number: int = 1) -> MattersPage:
    """The matters of a place of which something is public, the newest first, a page of them.

    Raises:
        NotFoundError: no place has the code, or there is no such page.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        place = Place(township.id, village.id if village else None)
        query = public_matters.matters_at(place, list_moment(session, site, now))
        query = query.options(selectinload(Matter.duties))
        found = page_rows(session, query, number, per_page=PER_PAGE)
        if not found.rows and number != 1:
            raise NotFoundError(NO_LIST)
        return MattersPage(
            **named(township, village),
            matters=tuple(_timelines(session, site, found.rows, now)),
            number=number,
            more=found.more,
        )


def _timelines(
    session: Session, site: Site, matters: Sequence[Matter], now: datetime
) -> Iterator[MatterTimeline]:
    titles = {kind.key: kind.title for kind in site.matter_kinds}
    links = phase_links(session, site, matters, now)
    for matter, phases in zip(matters, links, strict=True):
        yield MatterTimeline(title=matter.title, kind=titles.get(matter.kind, ""), phases=phases)
