"""What residents browse of a village, or of the township itself: its home, and its lists of notices."""

from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.duties.disclosure_day import next_disclosure_day, read_disclosure_day
from bulletin.domain.errors import NotFoundError
from bulletin.services.access import NO_LIST, NO_VILLAGE
from bulletin.services.feedback.public_status import place_feedback
from bulletin.services.notices.visibility import list_moment
from bulletin.services.places.phones import phones_of
from bulletin.services.public.notice_lists import NoticeLists
from bulletin.services.public.page_values import (
    ListPage,
    NoticeLine,
    NoticeLines,
    PlaceLink,
    VillagePage,
)
from bulletin.services.public.records.timeliness import shown_year, township_timeliness
from bulletin.services.site import Site
from bulletin.store import public_matters
from bulletin.store.annual_reports import report_years
from bulletin.store.asked_once import asked_once
from bulletin.store.inspections import Inspection, attested_at
from bulletin.store.meetings import disclosed_meetings
from bulletin.store.places import Township, Village, boards_of
from bulletin.store.public_lists import Place
from bulletin.store.villages import place_of_code, predecessors

MAX_NAMED = 3  # matters on the home of a village


def village_page(site: Site, code: str, now: datetime) -> VillagePage:
    """What a village has on display, or the township when the code is its own, and where the rest is.

    Raises:
        NotFoundError: no village and no township has the code.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        village_id = village.id if village else None
        lists = NoticeLists(session, site, Place(township.id, village_id), now)
        archive, groups = lists.archive(), lists.current_groups()
        boards = session.scalars(boards_of(township.id, village_id, today=village_day(now)))
        return VillagePage(
            place=link_to(village or township),
            township=link_to(township),
            is_township=village is None,
            current=lists.current(1),
            count=sum(groups.values()),
            groups=groups,
            archive=_by_year(archive) if archive is not None else (),
            years=lists.years() if archive is None else (),
            boards=tuple((board.name, board.place) for board in boards),
            phones=phones_of(township, village),
            demo=township.demo,
            asked=place_feedback(session, township.id, village_id, now),
            reports=() if village else report_years(session, township.id, now),
            **_before_and_after(session, village),
            **_beside_notices(session, site, township, village, now),
        )


def _beside_notices(
    session: Session, site: Site, township: Township, village: Village | None, now: datetime
) -> dict[str, Any]:
    """What else of a place is public: how timely it is, its matters, its meetings, its day."""
    today, village_id = village_day(now), village.id if village else None
    timely = township_timeliness(session, site, township, shown_year(today), now)
    place, at = Place(township.id, village_id), list_moment(session, site, now)
    matters = session.scalars(public_matters.matters_at(place, at).limit(MAX_NAMED))
    met = disclosed_meetings(township.id, village_id, now).limit(1) if village else None
    meeting = session.scalar(met) if met is not None else None
    return {
        "timeliness": timely.get(village_id),
        "matters": tuple(matter.title for matter in matters),
        "met_on": meeting.held_on if meeting else None,
        "disclosure_day": _disclosure_day(site, village, today) if village else None,
        "inspected": _inspected(session, village, now) if village else None,
    }


def _inspected(session: Session, village: Village, now: datetime) -> tuple[str, date] | None:
    newest = attested_at(village.id).where(Inspection.signed_at <= now).limit(1)
    signed = session.scalar(newest)
    return (signed.level, signed.signed_on) if signed and signed.signed_on else None


def _disclosure_day(site: Site, village: Village, today: date) -> tuple[str, date] | None:
    words = village.disclosure_day
    if not words or village.valid_until is not None:
        return None
    return words, next_disclosure_day(read_disclosure_day(words), site.calendar, today)


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
    site: Site,
    code: str,
    now: datetime,
    *,
    year: int | None = None,
    group: Group | None = None,
    number: int = 1,
) -> ListPage:
    """A further page of a place: of all that it published in a year or of a class, else of what is on display.

    Raises:
        NotFoundError: no place has the code, or the page would be empty.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        place = Place(township.id, village.id if village else None)
        found = _list(session, site, place, now, year, group, number)
        if not found.lines and (group is None or number != 1):
            raise NotFoundError(NO_LIST)
        return ListPage(
            place=link_to(village or township),
            township=link_to(township),
            is_township=village is None,
            year=year,
            group=group,
            notices=found,
            demo=township.demo,
        )


@asked_once
def _list(
    session: Session,
    site: Site,
    place: Place,
    now: datetime,
    year: int | None,
    group: Group | None,
    number: int,
) -> NoticeLines:
    lists = NoticeLists(session, site, place, now)
    if group is not None:
        return lists.of_group(group, number)
    return lists.current(number) if year is None else lists.of_year(year, number)


def place_named(session: Session, code: str) -> tuple[Township, Village | None]:
    """The place of a statistical code.

    Raises:
        NotFoundError: no village and no township has the code.
    """
    place = place_of_code(session, code)
    if place is None:
        raise NotFoundError(NO_VILLAGE)
    return place


def village_named(session: Session, code: str) -> tuple[Township, Village]:
    """The village of a code, where the township has no such list.

    Raises:
        NotFoundError: no village has the code.
    """
    township, village = place_named(session, code)
    if village is None:
        raise NotFoundError(NO_LIST)
    return township, village


def link_to(place: Township | Village) -> PlaceLink:
    return PlaceLink(place.name, place.code)


def _by_year(lines: tuple[NoticeLine, ...]) -> tuple[tuple[int, tuple[NoticeLine, ...]], ...]:
    """The newest year first, and in it what was published last."""
    newest = sorted(lines, key=lambda line: line.published_on, reverse=True)
    years = groupby(newest, key=lambda line: line.published_on.year)
    return tuple((year, tuple(of_year)) for year, of_year in years)
