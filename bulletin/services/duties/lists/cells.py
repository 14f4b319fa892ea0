"""Duties of a span of days, each with how it stands as of a day: the cells of 公开情况."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.duties.coverage import CoverageState, Standing, standing_of
from bulletin.domain.duties.status import DutyStatus
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.evidence import evidence_books
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.lists.places import Rows
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.coverage_queries import duty_facts
from bulletin.store.owed_duties import known_by, owed_at, owed_in_span, times_of_item


@dataclass(frozen=True, kw_only=True)
class CoverageCell:
    """One duty as of the day that was asked for."""

    duty_id: int
    village_id: int | None
    village: str  # 乡镇 for the township's own
    item_code: str
    adoption_id: int  # whose catalog it follows
    item: DisclosureItem | None  # of that catalog; None where it lacks it
    label: str  # 2026年第三季度
    matter_id: int | None
    matter: str
    due_on: date | None
    state: CoverageState
    status: DutyStatus  # punctual or not
    web_on: date | None  # since when it can be read online without a gap
    wall_on: date | None  # since when it hangs, or hung, on a board
    remark: str  # the day or the number behind the state: 2026年11月20日上墙
    notice: str  # the code; '' while nothing answers it
    report: int | None  # the year of the annual report that answers it; None: none does
    reason: str  # why it is not applicable, or was taken down
    declared_by: str  # who said that it is not applicable; '' for the clock


@dataclass(frozen=True)
class ItemTimes:
    """The times of an item of the catalog."""

    item: str  # its code
    most: int  # of those before the day that is asked for


def cells_by_place(
    session: Session,
    site: Site,
    township_id: int,
    shown: Rows,
    span: tuple[date, date],
    day: date,
    now: datetime,
) -> Mapping[Place, tuple[CoverageCell, ...]]:
    """The cells of each row that has any, by due day; kept until somebody acts there."""

    def count(places: frozenset[Place] | None) -> dict[Place, tuple[CoverageCell, ...]]:
        of_place: dict[Place, list[CoverageCell]] = defaultdict(list)
        some = shown.only(places)
        for row, cell in coverage_cells(session, site, township_id, some, span, day, now):
            of_place[row].append(cell)
        return {place: tuple(cells) for place, cells in of_place.items()}

    question = "cells", frozenset(shown.names), span, day
    return kept_by_place(session, site, township_id, question, now, count, shown.row_of)


def coverage_cells(
    session: Session,
    site: Site,
    township_id: int,
    shown: Rows,
    span: tuple[date, date],
    day: date,
    now: datetime,
    *,
    times: ItemTimes | None = None,
) -> list[tuple[Place, CoverageCell]]:
    """What fell due in some places within a span of days, as it stood at the end of a day.

    By due day, each with the place in whose row it stands.

    Args:
        times: only what an item of the catalog asks for, and of what was due before the day the newest.
    """
    which = _asked_for(session, township_id, shown, span, day, times)
    duties = session.execute(duty_facts(which)).all()
    books = evidence_books(session, site, [duty.id for duty in duties], day, now)
    catalogs = catalogs_of(session, {duty.adoption_id for duty in duties})
    cells = []
    for duty in duties:
        book = books[duty.id]
        due_on = book.due_on(duty)
        row = shown.row_of_duty(duty.village_id, duty.from_village_id)
        if row not in shown.names:
            continue  # on that day it was another village's
        if due_on is not None and not span[0] <= due_on <= span[1]:
            continue  # on that day it was due at another time
        item = catalogs[duty.adoption_id].find(duty.item_code)
        evidence = book.of(duty, item)
        standing = standing_of(evidence, day, soon_days=site.soon_days)
        answers = book.codes.get(duty.id, ""), book.report_of(duty.id)
        cells.append((row, _cell(duty, item, shown.names[row], due_on, standing, *answers)))
    return cells


def _asked_for(
    session: Session,
    township_id: int,
    shown: Rows,
    span: tuple[date, date],
    day: date,
    times: ItemTimes | None,
) -> ColumnElement[bool]:
    villages = shown.villages
    if times is None:
        return owed_in_span(session, township_id, villages, *span, day)
    newest = times_of_item(township_id, villages, times.item, before=day, most=times.most)
    return and_(newest, owed_at(township_id, villages), known_by(day))


def _cell(
    duty: Any,
    item: DisclosureItem | None,
    village: str,
    due_on: date | None,
    standing: Standing,
    notice: str,
    report: int | None,
) -> CoverageCell:
    return CoverageCell(
        duty_id=duty.id,
        village_id=duty.village_id,
        village=village,
        item_code=duty.item_code,
        adoption_id=duty.adoption_id,
        item=item,
        label=duty.label,
        matter_id=duty.matter_id,
        matter=duty.matter or "",
        due_on=due_on,
        state=standing.state,
        status=standing.status,
        web_on=standing.web_on,
        wall_on=standing.wall_on,
        remark=standing.remark,
        notice=notice,
        report=report,
        reason=standing.reason,
        declared_by=standing.declared_by,
    )
