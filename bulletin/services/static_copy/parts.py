"""Which parts the copy has, and which addresses each must answer: all that is printed or typed from paper."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from bulletin.domain.codes import Scan
from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.open_data.copy_parts import (
    SITE,
    CopyPart,
    is_item,
    is_notice,
    item_key,
    place_of_item,
)
from bulletin.services.catalog.in_force import catalog_on, owed_kinds
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public.records.timeliness import years_of
from bulletin.services.site import Site
from bulletin.store import notice_queries, register
from bulletin.store.duties import Duty
from bulletin.store.feedback_queries import AskedWhere, asked_and_closed
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village
from bulletin.store.print_runs import last_run
from bulletin.store.register import LostCode
from bulletin.store.villages import place_of_code


def all_keys(session: Session, today: date) -> Iterator[str]:
    """Of every part that there may be; a notice of which nothing came out yet has no pages."""
    yield SITE
    townships = session.scalars(select(Township.code)).all()
    yield from (f"T/{code}" for code in townships)
    # Of a township: what it published itself.
    for code in (*townships, *session.scalars(select(Village.code))):
        yield f"V/{code}"
        yield from item_keys(session, f"V/{code}", today)
    codes = chain(session.scalars(select(Notice.code)), session.scalars(select(LostCode.code)))
    yield from (f"N/{code}" for code in codes)


def item_keys(session: Session, key: str, today: date) -> Iterator[str]:
    """Of the items to which the catalog of a place leads, by the key of the place."""
    code = key.removeprefix("V/")
    place = place_of_code(session, code)
    if place is None:
        return
    township, village = place
    village_id = village.id if village else None
    in_force = catalog_on(session, township.id, village_id, today)
    if in_force is not None:
        _adoption, catalog = in_force
        yield from (
            item_key(code, each.code) for each in catalog.only(owed_kinds(village_id)).items
        )


def copy_part(session: Session, site: Site, key: str, now: datetime) -> CopyPart | None:
    """A part as of now; None where nothing of it may be read."""
    tomorrow = start_of(village_day(now) + ONE_DAY)
    if is_item(key):
        is_there = key in item_keys(session, place_of_item(key), village_day(now))
        return CopyPart(key=key, addresses=(f"/{key}",), until=tomorrow) if is_there else None
    if not is_notice(key):
        addresses = (f"/{key}", *_years(session, key, now))
        return CopyPart(key=key, addresses=addresses, until=tomorrow)
    code = key.removeprefix("N/")
    notice = notice_queries.notice_by_code(session, code)
    if notice is None:
        return _lost(session, code, now)
    view = NoticeView(site, notice, now)
    if view.page_state() is None:
        return None
    return CopyPart(
        key=key,
        addresses=tuple(_addresses(session, notice)),
        until=tomorrow if _is_moving(session, view) else _until(session, notice, now),
    )


def _years(session: Session, key: str, now: datetime) -> Iterator[str]:
    """The record of a place in each year: the comparison of the villages leads there, also where its own pages don't."""
    kind, _slash, code = key.partition("/")
    place = place_of_code(session, code) if kind == "V" else None
    if place is not None:
        township, _village = place
        years = years_of(session, township.id, village_day(now))
        yield from (f"/{key}/coverage/{year}" for year in years)


def _lost(session: Session, code: str, now: datetime) -> CopyPart | None:
    lost = register.lost_code(session, code, None)
    if lost is None:
        return None
    addresses = (f"/N/{code}", f"/N/{code}.1", f"/N/{lost.digits}")
    return CopyPart(key=f"N/{code}", addresses=addresses, until=_new_year(now))


def _addresses(session: Session, notice: Notice) -> Iterable[str]:
    yield f"/N/{notice.code}"
    yield f"/N/{notice.digits}"
    for edition in notice.editions:
        if edition.closes_on is None:  # never approved, so on no paper
            continue
        yield f"/N/{Scan(notice.code, edition.number).tail}"
        run = session.scalar(last_run(edition.id))
        for page in range(1, run.pages + 1) if run else ():
            yield f"/N/{Scan(notice.code, edition.number, page).tail}"


def _is_moving(session: Session, view: NoticeView) -> bool:
    """Whether a new day alone may change its pages: its period, an edition to come, an open question."""
    today = village_day(view.now)
    runs = any(
        dates.closes_on is not None and dates.closes_on >= today and not dates.redacted
        for dates in view.dates
    )
    where = AskedWhere(view.notice.township_id, notice_id=view.notice.id)
    asked, closed = session.execute(asked_and_closed(where)).one()
    return runs or bool(asked and closed < asked)


def _until(session: Session, notice: Notice, now: datetime) -> datetime:
    """When a page at rest changes: with the year, or when another phase of its matter is overdue."""
    last = session.scalar(_last_day_of_phase(notice, now)) if notice.matter_id else None
    return min(_new_year(now), start_of(last + ONE_DAY)) if last else _new_year(now)


def _last_day_of_phase(notice: Notice, now: datetime) -> Select[date | None]:
    """The first day to come that is the last for a phase of its matter which nothing answers yet."""
    return select(func.min(Duty.due_on)).where(
        Duty.matter_id == notice.matter_id,
        Duty.not_applicable_reason == "",
        or_(Duty.answered_at.is_(None), Duty.answered_at > now),
        Duty.due_on >= village_day(now),
    )


def _new_year(now: datetime) -> datetime:
    """When days of this year begin to be written with their year."""
    return start_of(village_day(now).replace(month=1, day=1, year=village_day(now).year + 1))
