"""Duties that one notice answered and nothing happened since: one is judged for all that are alike.

Alike are those whose days stand in the same order, with as many papers, and whose items ask for the same channels:
the rule compares days and does not count them. A test holds them together with the single duties.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
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
    counts: Counter[tuple[date | None, int | None, str]] = field(default_factory=Counter)


def answered_alike(
    session: Session,
    site: Site,
    which: ColumnElement[bool],
    day: date,
    now: datetime,
    *,
    without: Collection[int],
    by_item: bool,
) -> tuple[list[Alike], set[int]]:
    """Those of some duties that can be judged together, by due day, the village that owed them first, and if asked the item.

    Args:
        without: duties that have a history beside their answer.
        by_item: counted by item, too.

    Returns:
        The groups, and the ids of all that are in one.
    """
    answers: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(answer_facts(answered_before(which, day, now))):
        answers[row.id].append(row)
    plain = {
        each: rows for each, rows in answers.items() if each not in without and _is_plain(rows)
    }
    catalogs = catalogs_of(session, {rows[0].adoption_id for rows in plain.values()})
    paper_time = paper_times(site.calendar)
    alike: dict[Any, Alike] = {}
    for duty_id, rows in plain.items():
        _, origin, due_on, adoption_id, item_code, *_ = rows[0]
        item = catalogs[adoption_id].find(item_code)
        key = item and item.channels, _order(day, due_on, *_days(rows, paper_time))
        if key not in alike:
            alike[key] = Alike(duty_id)
        alike[key].counts[due_on, origin, item_code if by_item else ""] += 1
    return list(alike.values()), set(plain)


def _is_plain(rows: list[Any]) -> bool:
    """Whether one edition answers, however many papers of it hang, and nothing happened to it since."""
    return rows[0].is_plain and all(row.edition_id == rows[0].edition_id for row in rows)


def _days(rows: list[Any], paper_time: Callable[..., tuple[date, str]]) -> list[date | None]:
    """The days of its page, and of each of its papers."""
    *_, publish_at, closes_on, personal, days, unit, asked, closing, _, _ = rows[0]
    found = [village_day(publish_at), closes_on]
    for *_, hung_on, down_on in _papers_in_order(rows):
        if hung_on is not None:
            last_on, _words = paper_time(hung_on, closes_on, personal, days, unit, asked, closing)
            found += hung_on, down_on, last_on
    return found


def _papers_in_order(rows: list[Any]) -> list[Any]:
    """By their days, as the rule doesn't ask which board comes first."""
    return (
        sorted(rows, key=lambda row: (row.hung_on, row.down_on or date.max)) if rows[1:] else rows
    )


def _order(*days: date | None) -> tuple[int, ...]:
    """In which order some days stand; a day that is not known stands after all others."""
    known = [day or date.max for day in days]
    return tuple(map(sorted(set(known)).index, known))
