"""Duties that one notice answered and nothing happened since: one is judged for all that are alike.

Alike are those whose days stand in the same order and whose items ask for the same channels: the rule compares
days and does not count them. A test holds them together with the single duties.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.evidence import paper_times
from bulletin.services.site import Site
from bulletin.store.coverage_queries import answer_facts
from bulletin.store.duty_lists import answered_before


@dataclass
class Alike:
    """Duties that stand alike."""

    example: int  # the id of one of them
    counts: Counter[tuple[date | None, int | None]] = field(default_factory=Counter)


def answered_alike(
    session: Session,
    site: Site,
    which: ColumnElement[bool],
    day: date,
    now: datetime,
    *,
    without: Collection[int],
) -> tuple[list[Alike], set[int]]:
    """Those of some duties that can be judged together, by due day and the village that owed them first.

    Args:
        without: duties that have a history beside their answer.

    Returns:
        The groups, and the ids of all that are in one.
    """
    rows: dict[int, Any] = {}
    several = set(without)
    for row in session.execute(answer_facts(answered_before(which, day, now))):
        if row.id in rows or not row.is_plain:
            several.add(row.id)
        rows[row.id] = row
    plain = [row for duty_id, row in rows.items() if duty_id not in several]
    catalogs = catalogs_of(session, {row.adoption_id for row in plain})
    paper_time = paper_times(site.calendar)
    alike: dict[Any, Alike] = {}
    for row in plain:
        item = catalogs[row.adoption_id].find(row.item_code)
        order = _order(day, row.due_on, *_days(row, paper_time))
        group = alike.setdefault((item and item.channels, order), Alike(row.id))
        group.counts[row.due_on, row.origin] += 1
    return list(alike.values()), {row.id for row in plain}


def _days(row: Any, paper_time: Any) -> tuple[date | None, ...]:
    """The days of its page, and of its paper where it has one."""
    page = village_day(row.publish_at), row.closes_on
    if row.hung_on is None:
        return page
    last_on, _asked = paper_time(
        row.hung_on,
        row.closes_on,
        row.personal,
        row.posting_days,
        row.posting_unit,
        row.posting_requirements,
        row.closing,
    )
    return *page, row.hung_on, row.down_on, last_on


def _order(*days: date | None) -> tuple[int, ...]:
    """In which order some days stand; a day that is not known stands after all others."""
    known = [day or date.max for day in days]
    return tuple(map(sorted(set(known)).index, known))
