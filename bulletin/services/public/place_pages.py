"""What residents browse: the township's front page and each village's notices."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.ticks import PUBLISH_TICK
from bulletin.services.access import NO_TOWNSHIP_HERE, NO_VILLAGE
from bulletin.services.history import latest_moment
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.places.phones import phones_of
from bulletin.services.public.page_values import (
    CountyPage,
    NoticeLine,
    PlaceLink,
    TownshipLine,
    TownshipPage,
    VillageLine,
    VillagePage,
)
from bulletin.services.site import Site
from bulletin.store import heartbeat
from bulletin.store.notice_queries import public_notices
from bulletin.store.notices import Notice
from bulletin.store.places import (
    Township,
    boards_of,
    place_of_code,
    township_by_code,
    townships,
    villages_on,
)

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
        raise NotFoundError("这里还没有建立乡镇，请管理员先运行 bulletin init。")
    return township_page(site, in_site[0].code, now)


def _county_page(session: Session, in_county: list[Township], now: datetime) -> CountyPage:
    today = village_day(now)
    beat = heartbeat.last_beat(session, PUBLISH_TICK)
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
        lines = _lines_by_place(session, site, township.id, None, now)
        beat = heartbeat.last_beat(session, PUBLISH_TICK)
        closing_day = village_day(latest_moment(session, now))
        villages = tuple(
            _village_line(PlaceLink(v.name, v.code), lines.get(v.id, []), closing_day)
            for v in session.scalars(villages_on(township.id, today))
        )
        return TownshipPage(
            township=PlaceLink(township.name, township.code),
            county=township.county,
            villages=villages,
            own=_on_display(lines.get(None, []), closing_day),
            phones=phones_of(township, None),
            heartbeat_at=beat,
            heartbeat_late=is_late(beat, now),
            demo=township.demo,
        )


def _village_line(place: PlaceLink, lines: list[NoticeLine], today: date) -> VillageLine:
    latest = max((line.published_on for line in lines), default=None)
    return VillageLine(place, _on_display(lines, today), latest)


def _on_display(lines: list[NoticeLine], today: date) -> int:
    return sum(line.closes_on >= today for line in lines)


def village_page(site: Site, code: str, now: datetime) -> VillagePage:
    """The notices of a village, or of the township when the code is its own.

    Raises:
        NotFoundError: no village and no township has the code.
    """
    today = village_day(now)
    with site.sessions.reading() as session:
        place = place_of_code(session, code)
        if place is None:
            raise NotFoundError(NO_VILLAGE)
        township, village = place
        village_id = village.id if village else None
        lines = _lines_by_place(session, site, township.id, [village_id], now)[village_id]
        boards = session.scalars(boards_of(township.id, village_id, today=today))
        own = PlaceLink(township.name, township.code)
        closing_day = village_day(latest_moment(session, now))
        return VillagePage(
            place=PlaceLink(village.name, village.code) if village else own,
            township=own,
            is_township=village is None,
            current=tuple(line for line in lines if line.closes_on >= closing_day),
            archive=_by_year([line for line in lines if line.closes_on < closing_day]),
            boards=tuple((board.name, board.place) for board in boards),
            phones=phones_of(township, village),
            demo=township.demo,
        )


def _by_year(lines: list[NoticeLine]) -> tuple[tuple[int, tuple[NoticeLine, ...]], ...]:
    years = sorted({line.published_on.year for line in lines}, reverse=True)
    return tuple(
        (year, tuple(line for line in lines if line.published_on.year == year)) for year in years
    )


def _lines_by_place(
    session: Session,
    site: Site,
    township_id: int,
    village_ids: list[int | None] | None,
    now: datetime,
) -> dict[int | None, list[NoticeLine]]:
    lines: dict[int | None, list[NoticeLine]] = defaultdict(list)
    for notice in session.scalars(public_notices(township_id, village_ids, now)):
        if line := _line(site, notice, now):
            lines[notice.village_id].append(line)
    for of_place in lines.values():
        of_place.sort(key=lambda line: line.published_on, reverse=True)
    return lines


def _line(site: Site, notice: Notice, now: datetime) -> NoticeLine | None:
    view = NoticeView(site, notice, now)
    edition = view.listed_edition
    if edition is None or edition.publish_at is None or edition.closes_on is None:
        return None
    first = notice.editions[0].publish_at or edition.publish_at
    return NoticeLine(
        title=view.title,
        url=f"/N/{notice.code}",
        number=notice.register_name or "",
        published_on=village_day(first),
        closes_on=edition.closes_on,
        group=Group(notice.items[0]["group"]).label,
        corrected=edition.number > 1,
        nameless=view.is_nameless,
    )
