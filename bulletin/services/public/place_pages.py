"""What residents browse: the township's front page and each village's notices."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.languages.sentences import say
from bulletin.domain.ticks import PUBLISH_TICK
from bulletin.services.access import NO_TOWNSHIP_HERE, NO_VILLAGE
from bulletin.services.feedback.public_status import place_feedback
from bulletin.services.notices.visibility import list_moment
from bulletin.services.places.phones import phones_of
from bulletin.services.public.notice_lists import NoticeLists
from bulletin.services.public.page_values import (
    CountyPage,
    ListPage,
    NoticeLine,
    PlaceLink,
    TownshipLine,
    TownshipPage,
    VillageLine,
    VillagePage,
)
from bulletin.services.site import Site
from bulletin.store import heartbeat, public_lists
from bulletin.store.places import Township, Village, boards_of, township_by_code, townships
from bulletin.store.public_lists import Place
from bulletin.store.villages import place_of_code, predecessors, villages_on

NO_LIST = say("这里没有公开件了，请看前面的。")
LATE_HEARTBEAT = timedelta(minutes=10)


def front_page(site: Site, now: datetime) -> TownshipPage | CountyPage:
    """The township with its villages, or a county with its townships.

    Raises:
        NotFoundError: the site has no township yet.
    """
    with site.sessions.reading() as session:
        in_site = townships(session)
        if len(in_site) > 1:
            return _county_page(session, in_site, now)
    if not in_site:
        raise NotFoundError(say("这里还没有建立乡镇，请管理员先运行 bulletin init。"))
    return township_page(site, in_site[0].code, now)


def _county_page(session: Session, in_county: list[Township], now: datetime) -> CountyPage:
    today = village_day(now)
    beat = heartbeat.last_beat(session, PUBLISH_TICK, now)
    return CountyPage(
        name="、".join(dict.fromkeys(township.county for township in in_county)),
        townships=tuple(
            TownshipLine(
                PlaceLink(township.name, township.code),
                len(session.scalars(villages_on(township.id, today)).all()),
            )
            for township in in_county
        ),
        heartbeat_at=beat,
        heartbeat_late=is_late(beat, now),
    )


def is_demo(site: Site) -> bool:
    """Whether the site holds invented people; no, while its database can't be asked."""
    with suppress(DBAPIError), site.sessions.reading() as session:
        return any(township.demo for township in townships(session))
    return False


def is_late(beat: datetime | None, now: datetime) -> bool:
    """Whether the publisher seems to have stopped."""
    return beat is None or now - beat > LATE_HEARTBEAT


def township_page(site: Site, code: str, now: datetime) -> TownshipPage:
    """A township with its villages, and whether the publisher is alive.

    Raises:
        NotFoundError: no township has the code.
    """
    today = village_day(now)
    with site.sessions.reading() as session:
        township = township_by_code(session, code)
        if township is None:
            raise NotFoundError(NO_TOWNSHIP_HERE)
        at = list_moment(session, site, now)
        villages = session.execute(
            public_lists.villages_with_figures(villages_on(township.id, today), at)
        )
        own = public_lists.current_count(Place(township.id, None), at)
        beat = heartbeat.last_beat(session, PUBLISH_TICK, now)
        return TownshipPage(
            township=PlaceLink(township.name, township.code),
            county=township.county,
            villages=tuple(
                VillageLine(
                    PlaceLink(village.name, village.code),
                    count,
                    village_day(newest) if newest else None,
                )
                for village, count, newest in villages
            ),
            own=session.scalar(own) or 0,
            phones=phones_of(township, None),
            heartbeat_at=beat,
            heartbeat_late=is_late(beat, now),
            demo=township.demo,
        )


def village_page(site: Site, code: str, now: datetime) -> VillagePage:
    """What a village has on display, or the township when the code is its own, and where the rest is.

    Raises:
        NotFoundError: no village and no township has the code.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        village_id = village.id if village else None
        lists = NoticeLists(session, site, Place(township.id, village_id), now)
        archive = lists.archive()
        boards = session.scalars(boards_of(township.id, village_id, today=village_day(now)))
        return VillagePage(
            place=link_to(village or township),
            township=link_to(township),
            is_township=village is None,
            current=lists.current(1),
            count=lists.current_count(),
            archive=_by_year(archive.lines) if not archive.more else (),
            years=lists.years() if archive.more else (),
            boards=tuple((board.name, board.place) for board in boards),
            phones=phones_of(township, village),
            demo=township.demo,
            asked=place_feedback(session, township.id, village_id, now),
            **_before_and_after(session, village),
        )


def _before_and_after(session: Session, village: Village | None) -> dict[str, Any]:
    """Which village took over, which ones it took over itself, and what it was called before."""
    if village is None:
        return {}
    taken_over = predecessors(session, village.township_id)
    mine = [before for before, today in taken_over.items() if today == village.id]
    is_over = village.valid_until is not None and village.successor is not None
    return {
        "successor": link_to(village.today) if is_over else None,
        "successor_since": village.valid_until + ONE_DAY
        if is_over and village.valid_until
        else None,
        "merged": tuple(link_to(session.get_one(Village, before)) for before in sorted(mine)),
        "former_names": tuple(each.name for each in reversed(village.former_names)),
    }


def list_page(
    site: Site, code: str, now: datetime, *, year: int | None = None, number: int = 1
) -> ListPage:
    """A further page of a place: of what is on display, or of all that it published in a year.

    Raises:
        NotFoundError: no place has the code, or the page would be empty.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        place = Place(township.id, village.id if village else None)
        lists = NoticeLists(session, site, place, now)
        found = lists.current(number) if year is None else lists.of_year(year, number)
        if not found.lines:
            raise NotFoundError(NO_LIST)
        return ListPage(
            place=link_to(village or township),
            township=link_to(township),
            is_township=village is None,
            year=year,
            notices=found,
            demo=township.demo,
        )


def place_named(session: Session, code: str) -> tuple[Township, Village | None]:
    """The place of a statistical code.

    Raises:
        NotFoundError: no village and no township has the code.
    """
    place = place_of_code(session, code)
    if place is None:
        raise NotFoundError(NO_VILLAGE)
    return place


def link_to(place: Township | Village) -> PlaceLink:
    return PlaceLink(place.name, place.code)


def _by_year(lines: tuple[NoticeLine, ...]) -> tuple[tuple[int, tuple[NoticeLine, ...]], ...]:
    """The newest year first, and in it what was published last."""
    newest = sorted(lines, key=lambda line: line.published_on, reverse=True)
    years = groupby(newest, key=lambda line: line.published_on.year)
    return tuple((year, tuple(of_year)) for year, of_year in years)
