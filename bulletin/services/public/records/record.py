"""What a village (or the township) owed in a year and when it came, duty by duty; and one item through the years."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.duties.coverage_shares import NOT_DUE, OWED
from bulletin.domain.errors import NotFoundError
from bulletin.domain.languages.sentences import say
from bulletin.domain.pages import page_of
from bulletin.services.access import NO_LIST
from bulletin.services.catalog.in_force import catalog_on, owed_kinds
from bulletin.services.catalog.objection_lines import line_words
from bulletin.services.duties.lists.cells import CoverageCell, ItemTimes, coverage_cells
from bulletin.services.duties.lists.places import rows_on
from bulletin.services.notices.visibility import list_moment
from bulletin.services.public.page_values import Timeliness
from bulletin.services.public.place_pages import link_to, place_named
from bulletin.services.public.records.timeliness import (
    asked_year,
    shown_year,
    span_of,
    township_timeliness,
    years_of,
)
from bulletin.services.public.records.values import ItemPage, RecordLine, RecordPage
from bulletin.services.site import Site
from bulletin.store import public_matters
from bulletin.store.asked_once import asked_once
from bulletin.store.places import Township, Village

MAX_TIMES = 50  # that an item's page shows
ALWAYS = date.min, date.max
NO_ITEM = say("目录里没有这一项。")


def record_page(
    site: Site, code: str, now: datetime, *, year: int | None = None, number: int = 1
) -> RecordPage:
    """What fell due at a place in a year (None: the one that timeliness speaks of), a page of it.

    Raises:
        NotFoundError: no place has the code, or there is no such page.
    """
    today = village_day(now)
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        years = years_of(session, township.id, today)
        asked = asked_year(year, years, today)
        page = page_of(_lines_of_year(session, site, township, village, asked, now), number)
        if page.number != number:
            raise NotFoundError(NO_LIST)
        sums = township_timeliness(session, site, township, asked, now)
        place = village.id if village else None
        return RecordPage(
            **named(township, village),
            timeliness=sums.get(place, Timeliness(asked)),
            lines=page,
            years=years,
            has_catalog=catalog_on(session, township.id, place, today) is not None,
        )


def named(township: Township, village: Village | None) -> dict[str, Any]:
    """What every page of a place says of it."""
    return {
        "place": link_to(village or township),
        "township": link_to(township),
        "is_township": village is None,
        "demo": township.demo,
    }


def latest(site: Site, code: str, now: datetime) -> dict[str, RecordLine]:
    """Of each item of a place what fell due last, in the year that timeliness speaks of.

    Raises:
        NotFoundError: no place has the code.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        span = span_of(shown_year(village_day(now)))
        found = _cells(session, site, township, village, span, now)
        lines = _lines(session, site, township, found, now, _is_shown)
        return {line.item_code: line for line in lines}  # the last one stays


def item_page(site: Site, code: str, item_code: str, now: datetime) -> ItemPage:
    """One item of a place's catalog, with each time that it was owed.

    Raises:
        NotFoundError: no place has the code, or its catalog never had the item.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        place = village.id if village else None
        in_force = catalog_on(session, township.id, place, village_day(now))
        owed = in_force[1].only(owed_kinds(place)).find(item_code) if in_force else None
        found = _cells(
            session, site, township, village, ALWAYS, now, ItemTimes(item_code, MAX_TIMES + 1)
        )
        before = (cell.item for cell in reversed(found) if cell.item is not None)
        item = owed or next(before, None)
        if item is None:
            raise NotFoundError(NO_ITEM)
        lines = list(_lines(session, site, township, found, now, _is_known))[::-1]
        following = next((cell for cell in found if _is_ahead(cell)), None)
        return ItemPage(
            **named(township, village),
            item=item,
            objection=line_words(site, (item,))[item.code],
            lines=tuple(lines[:MAX_TIMES]),
            more=len(lines) > MAX_TIMES,
            following=(following.label, following.due_on)
            if following and following.due_on
            else None,
        )


@asked_once
def _cells(
    session: Session,
    site: Site,
    township: Township,
    village: Village | None,
    span: tuple[date, date],
    now: datetime,
    times: ItemTimes | None = None,
) -> list[CoverageCell]:
    """The cells of one row. A village that has ended has none: who took over answers for it."""
    day, place = village_day(now), village.id if village else None
    rows = rows_on(session, township.id, day)
    rows = replace(rows, names={id_: name for id_, name in rows.names.items() if id_ == place})
    found = coverage_cells(session, site, township.id, rows, span, day, now, times=times)
    return [cell for _row, cell in found]


@asked_once
def _lines_of_year(
    session: Session,
    site: Site,
    township: Township,
    village: Village | None,
    year: int,
    now: datetime,
) -> list[RecordLine]:
    cells = _cells(session, site, township, village, span_of(year), now)
    return sorted(_lines(session, site, township, cells, now, _is_shown), key=_lacking_first)


def _lines(
    session: Session,
    site: Site,
    township: Township,
    cells: Iterable[CoverageCell],
    now: datetime,
    is_shown: Callable[[CoverageCell], bool],
) -> Iterator[RecordLine]:
    matters = {cell.matter_id for cell in cells if cell.matter_id is not None}
    at = list_moment(session, site, now)
    asked = public_matters.named_among(matters, at)
    named_matters = set(session.scalars(asked)) if matters else set()
    for cell in cells:
        if is_shown(cell):
            yield RecordLine(
                item_code=cell.item_code,
                item=cell.item.title if cell.item else cell.item_code,
                label=cell.label,
                matter=cell.matter if cell.matter_id in named_matters else "",
                due_on=cell.due_on,
                state=cell.state,
                web_on=cell.web_on,
                wall_on=cell.wall_on,
                remark=cell.remark,
                url=_address(township, cell),
            )


def _address(township: Township, cell: CoverageCell) -> str:
    """Of what answers a duty: a notice, or the annual report; '' while nothing does."""
    if cell.notice:
        return f"/N/{cell.notice}"
    return f"/T/{township.code}/report/{cell.report}" if cell.report else ""


def _is_shown(cell: CoverageCell) -> bool:
    """What counts in the share: answered, or due before today."""
    return cell.state not in NOT_DUE


def _is_known(cell: CoverageCell) -> bool:
    """Beside that, what was declared not applicable; why, only the desk knows."""
    return _is_shown(cell) or cell.state is CoverageState.NOT_APPLICABLE


def _is_ahead(cell: CoverageCell) -> bool:
    """A period whose day is still to come. What waits in a matter is nobody's business yet."""
    return cell.state in {CoverageState.NOT_YET, CoverageState.DUE_SOON} and not cell.matter


def _lacking_first(line: RecordLine) -> tuple[int, int]:
    """What is owed, what came late or in part, what was on time; of each the newest first."""
    rank = 0 if line.state in OWED else 1 if line.state is not CoverageState.ON_TIME else 2
    return rank, -(line.due_on or date.min).toordinal()
