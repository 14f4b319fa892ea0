"""What the feeds of a place hold: the newest notices that are on display or closed lately, and annual reports."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import start_of, village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.open_data.feeds import BoardFeed, BoardKind, BoardRecord, ReportRecord
from bulletin.services.access import NO_TOWNSHIP_HERE
from bulletin.services.notices.visibility import NoticeView, list_moment
from bulletin.services.public.place_pages import place_named
from bulletin.services.public.records.report_feed import feed_reports
from bulletin.services.site import Site
from bulletin.store import public_lists
from bulletin.store.asked_once import asked_once
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Township, Village, county_name, township_by_code, townships
from bulletin.store.postings import postings_by_notice
from bulletin.store.public_lists import Place
from bulletin.store.publishers import speaker_of
from bulletin.store.villages import villages_on

MAX_RECORDS = 100
KEPT = timedelta(days=30)  # after the period: so long readers have to see that it ended


def place_feed(
    site: Site, code: str, now: datetime, root: str, group: Group | None = None
) -> BoardFeed:
    """Of a village, or of the township's own notices.

    Args:
        root: the site's address on the web, without / at its end.
        group: notices of one class only.

    Raises:
        NotFoundError: no place has the code.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        asked = Place(township.id, village.id if village else None)
        page = f"{root}/V/{code}"
        return _feed(
            _records(session, site, (asked,), now, root, group),
            now,
            kind=BoardKind.VILLAGE if village else BoardKind.TOWNSHIP,
            address=f"{page}/{group.value}/feed" if group else f"{page}/feed",
            page=page,
            place=(village or township).name,
            code=code,
            county=township.county,
            demo=township.demo,
            publisher=_speaker(session, township, village),
            subject=group.label if group else "",
            reports=() if village or group else feed_reports(session, [township], now, root),
        )


def township_feed(site: Site, code: str, now: datetime, root: str) -> BoardFeed:
    """Of a township with its villages.

    Raises:
        NotFoundError: no township has the code.
    """
    with site.sessions.reading() as session:
        township = township_by_code(session, code)
        if township is None:
            raise NotFoundError(NO_TOWNSHIP_HERE)
        villages = session.scalars(villages_on(township.id, village_day(now)))
        codes = (township.code, *(village.code for village in villages))
        return _feed(
            _records(session, site, (Place(township.id, None, with_villages=True),), now, root),
            now,
            kind=BoardKind.TOWNSHIP,
            address=f"{root}/T/{code}/feed",
            page=f"{root}/T/{code}",
            place=township.name,
            code=code,
            county=township.county,
            demo=township.demo,
            publisher=_speaker(session, township, None),
            reports=feed_reports(session, [township], now, root),
            parts=tuple(f"{root}/V/{code}/feed" for code in codes),
        )


def site_feed(site: Site, now: datetime, root: str) -> BoardFeed:
    """Of all that is here: a county with its townships, or the one township.

    Raises:
        NotFoundError: the site has no township yet.
    """
    with site.sessions.reading() as session:
        here = townships(session)
        if not here:
            raise NotFoundError(NO_TOWNSHIP_HERE)
        county = county_name(here)
        alone = here[0] if len(here) == 1 else None
        everywhere = tuple(Place(township.id, None, with_villages=True) for township in here)
        return _feed(
            _records(session, site, everywhere, now, root),
            now,
            kind=BoardKind.TOWNSHIP if alone else BoardKind.COUNTY,
            address=f"{root}/feed",
            page=f"{root}/",
            place=alone.name if alone else county,
            code=alone.code if alone else "",
            county=county,
            demo=any(township.demo for township in here),
            publisher=_speaker(session, alone, None) if alone else county,
            reports=feed_reports(session, here, now, root, with_county=True),
            parts=tuple(f"{root}/T/{township.code}/feed" for township in here),
        )


def _feed(
    records: tuple[BoardRecord, ...],
    now: datetime,
    *,
    kind: BoardKind,
    address: str,
    page: str,
    place: str,
    code: str,
    county: str,
    demo: bool,
    publisher: str,
    subject: str = "",
    reports: tuple[ReportRecord, ...] = (),
    parts: tuple[str, ...] = (),
) -> BoardFeed:
    this_year = start_of(date(village_day(now).year, 1, 1))  # of an empty feed, which must say one
    return BoardFeed(
        kind=kind,
        address=address,
        page=page,
        place=place,
        code=code,
        county=county,
        demo=demo,
        publisher=publisher,
        subject=subject,
        changed_at=max((each.changed_at for each in (*records, *reports)), default=this_year),
        records=records,
        reports=reports,
        parts=parts,
    )


def _speaker(session: Session, township: Township, village: Village | None) -> str:
    return speaker_of(session, township.id, village.today.id if village else None).name


@asked_once
def _records(
    session: Session,
    site: Site,
    places: tuple[Place, ...],
    now: datetime,
    root: str,
    group: Group | None = None,
) -> tuple[BoardRecord, ...]:
    at, since = list_moment(session, site, now), village_day(now) - KEPT
    records: list[BoardRecord] = []
    for place in places:
        asked = public_lists.recent(place, at, since, group.value if group else None)
        notices = session.scalars(asked.limit(MAX_RECORDS)).all()
        removed = _removed(session, notices)
        records += filter(
            None,
            (
                record_of(site, notice, now, root, removed_on=removed.get(notice.id))
                for notice in notices
            ),
        )
    records.sort(key=lambda record: record.changed_at, reverse=True)
    return tuple(records[:MAX_RECORDS])


def _removed(session: Session, notices: Iterable[Notice]) -> dict[int, date]:
    """The day on which the last paper of a notice came off, where all that hung came off."""
    hung = postings_by_notice(session, [notice.id for notice in notices])
    days = {
        notice_id: [posting.down_on for posting in postings] for notice_id, postings in hung.items()
    }
    return {
        notice_id: max(day for day in down if day) for notice_id, down in days.items() if all(down)
    }


def record_of(
    site: Site,
    notice: Notice,
    now: datetime,
    root: str,
    *,
    removed_on: date | None = None,
    edition: Edition | None = None,
) -> BoardRecord | None:
    """A notice as feeds name it; None while no list names it.

    Args:
        removed_on: the day on which its last paper came off a board.
        edition: in place of the one that lists name.
    """
    view = NoticeView(site, notice, now)
    edition = edition or view.listed_edition
    if edition is None or edition.opens_on is None or edition.closes_on is None:
        return None
    moments = [each.publish_at for each in view.public_editions if each.publish_at]
    has_paper = view.readable_edition is not None and not notice.personal
    return BoardRecord(
        code=notice.code,
        edition=edition.number,
        url=f"{root}/N/{notice.code}",
        paper=f"{root}/N/{notice.code}/paper.pdf" if has_paper else "",
        title=notice.public_title if notice.personal else view.title,
        number=notice.register_name or "",
        register_key=notice.register_key,
        publishers=tuple(signature.publisher.name for signature in notice.signatures),
        **_place_and_subject(notice),
        published_at=min(moments),
        changed_at=edition.publish_at or min(moments),
        opens_on=edition.opens_on,
        closes_on=edition.closes_on,
        removed_on=removed_on,
        fingerprint=edition.fingerprint or "",
        personal=notice.personal,
    )


def _place_and_subject(notice: Notice) -> dict[str, str]:
    place, group = notice.village or notice.township, Group(notice.items[0]["group"])
    return {
        "place": place.name,
        "place_code": place.code,
        "subject": group.label,
        "subject_code": group.value,
    }
