"""The front page of a site: a township with its villages, or a county with its townships."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.languages.sentences import say
from bulletin.domain.people import NO_TOWNSHIP
from bulletin.domain.ticks import PUBLISH_TICK
from bulletin.services.access import NO_TOWNSHIP_HERE
from bulletin.services.duties.lists.sums import sums_by_township
from bulletin.services.notices.visibility import list_moment
from bulletin.services.places.phones import phones_of
from bulletin.services.public.page_values import (
    CountyPage,
    PlaceLink,
    Timeliness,
    TownshipLine,
    TownshipPage,
    VillageLine,
)
from bulletin.services.public.records.timeliness import (
    shown_year,
    span_of,
    township_timeliness,
)
from bulletin.services.site import Site
from bulletin.store import heartbeat, public_lists
from bulletin.store.annual_reports import report_years
from bulletin.store.asked_once import remember_answers
from bulletin.store.places import Township, county_name, has_demo, township_by_code, townships
from bulletin.store.public_lists import Place
from bulletin.store.villages import villages_on

LATE_HEARTBEAT = timedelta(minutes=10)


def front_page(site: Site, now: datetime) -> TownshipPage | CountyPage:
    """The township with its villages, or a county with its townships.

    Raises:
        NotFoundError: the site has no township yet.
    """
    with site.sessions.reading() as session:
        in_site = townships(session)
        if len(in_site) > 1:
            return _county_page(session, site, in_site, now)
    if not in_site:
        raise NotFoundError(say("这里还没有建立乡镇，请管理员先运行 bulletin init。"))
    return township_page(site, in_site[0].code, now)


def _county_page(
    session: Session, site: Site, in_county: list[Township], now: datetime
) -> CountyPage:
    today = village_day(now)
    year = shown_year(today)
    beat = heartbeat.last_beat(session, PUBLISH_TICK, now)
    remember_answers(session)
    sums = sums_by_township(session, site, in_county, span_of(year), today, now)
    return CountyPage(
        name=county_name(in_county),
        townships=tuple(
            TownshipLine(
                PlaceLink(township.name, township.code), villages, Timeliness(year, counts)
            )
            for township, villages, counts in sums
        ),
        heartbeat_at=beat,
        heartbeat_late=is_late(beat, now),
        reports=report_years(session, NO_TOWNSHIP, now),
    )


def is_demo(site: Site) -> bool:
    """Whether the site holds invented people; no, while its database can't be asked."""
    with suppress(SQLAlchemyError), site.sessions.reading() as session:
        return has_demo(session)
    return False


def is_late(beat: datetime | None, now: datetime) -> bool:
    """Whether the publisher seems to have stopped."""
    return beat is None or now - beat > LATE_HEARTBEAT


def pulse_until(page: TownshipPage | CountyPage, now: datetime) -> datetime:
    """How long what a page says of the publisher holds: until it would be late, or for a minute when it is."""
    if page.heartbeat_at is None or page.heartbeat_late:
        return now + timedelta(minutes=1)
    return page.heartbeat_at + LATE_HEARTBEAT


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
        timely = township_timeliness(session, site, township, shown_year(today), now)
        beat = heartbeat.last_beat(session, PUBLISH_TICK, now)
        return TownshipPage(
            township=PlaceLink(township.name, township.code),
            county=township.county,
            villages=tuple(
                VillageLine(
                    PlaceLink(village.name, village.code),
                    count,
                    village_day(newest) if newest else None,
                    timely.get(village.id),
                )
                for village, count, newest in villages
            ),
            own=session.scalar(own) or 0,
            phones=phones_of(township, None),
            heartbeat_at=beat,
            heartbeat_late=is_late(beat, now),
            demo=township.demo,
            own_timeliness=timely.get(None),
            reports=report_years(session, township.id, now),
        )
