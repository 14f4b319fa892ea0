"""How to hear of what a place publishes."""

from dataclasses import dataclass

from bulletin.services.public.page_values import PlaceLink
from bulletin.services.public.place_pages import link_to, place_named
from bulletin.services.site import Site


@dataclass(frozen=True)
class FollowPage:
    place: PlaceLink
    is_township: bool
    demo: bool


def follow_page(site: Site, code: str) -> FollowPage:
    """Of a village, or of the township's own notices.

    Raises:
        NotFoundError: no place has the code.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        return FollowPage(link_to(village or township), village is None, township.demo)
