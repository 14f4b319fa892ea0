"""Duties that one notice answered and nothing happened since: one is judged for all that are alike.

A test holds them together with the single duties.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Channel
from bulletin.domain.duties.coverage import BY_WEB_AND_BOARD
from bulletin.domain.duties.plain_case import Likeness, Paper, PlainCase
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.evidence import paper_times
from bulletin.services.site import Site
from bulletin.store.coverage_queries import answer_facts
from bulletin.store.duty_lists import answered_before


class AnsweredDuty(NamedTuple):
    id: int
    village_id: int | None  # that owed it first
    item_code: str
    case: PlainCase


@dataclass
class Alike:
    """Duties that stand alike."""

    example: PlainCase
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
        The groups, and the ids of those that are answered and in none.
    """
    plain, others = answered_plainly(session, site, answered_before(which, day, now))
    cases: dict[PlainCase, Counter[tuple[int | None, str]]] = defaultdict(Counter)
    for duty in plain:
        if duty.id not in without:
            cases[duty.case][duty.village_id, duty.item_code if by_item else ""] += 1
    alike: dict[Likeness, Alike] = {}
    for case, counts in cases.items():
        group = alike.setdefault(case.likeness(day), Alike(case))
        for (village_id, item_code), count in counts.items():
            group.counts[case.due_on, village_id, item_code] += count
    return list(alike.values()), others


def answered_plainly(
    session: Session, site: Site, which: ColumnElement[bool]
) -> tuple[Iterator[AnsweredDuty], set[int]]:
    """Those of some answered duties that one edition answers, however many papers of it hang; nothing happened to it since.

    Returns:
        These, and the ids of the others.
    """
    first: dict[int, Any] = {}
    more: dict[int, list[Any]] = defaultdict(list)
    # Plain rows: as the session reads them, fifty thousand take half as long again.
    for row in session.connection().execute(answer_facts(which)).all():
        if first.setdefault(row[_DUTY], row) is not row:
            more[row[_DUTY]].append(row)
    answers = [[row, *more[id_]] if id_ in more else [row] for id_, row in first.items()]
    plain = [rows for rows in map(_with_edition, answers) if rows and _is_plain(rows)]
    return _duties(session, site, plain), first.keys() - {rows[0][_DUTY] for rows in plain}


# By their place: to look for a name takes longer than all else.
_DUTY, _ADOPTION, _EDITION, _PLAIN, _TIME, _HUNG, _DOWN = 0, 3, 5, 6, 8, 14, 15


def _with_edition(rows: list[Any]) -> list[Any]:
    return [row for row in rows if row[_EDITION] is not None]


def _is_plain(rows: list[Any]) -> bool:
    return rows[0][_PLAIN] and (len(rows) == 1 or len({row[_EDITION] for row in rows}) == 1)


def _duties(session: Session, site: Site, plain: list[list[Any]]) -> Iterator[AnsweredDuty]:
    catalogs = catalogs_of(session, {rows[0][_ADOPTION] for rows in plain})
    channels: dict[tuple[int, str], AbstractSet[Channel]] = {}
    paper_time = paper_times(site.calendar)
    for rows in plain:
        id_, origin, due_on, adoption_id, item_code, _, _, web_on, *_ = first = rows[0]
        asked = channels.get((adoption_id, item_code))
        if asked is None:
            item = catalogs[adoption_id].find(item_code)
            asked = frozenset(item.channels) if item else BY_WEB_AND_BOARD
            channels[adoption_id, item_code] = asked
        papers: tuple[Paper, ...] = ()
        if first[_HUNG] is not None:
            papers = tuple([_paper(row, paper_time) for row in rows])
        if len(papers) > 1:
            papers = tuple(sorted(papers, key=lambda paper: (paper[0], paper[1] or date.max)))
        yield AnsweredDuty(id_, origin, item_code, PlainCase(due_on, web_on, papers, asked))


def _paper(row: Any, paper_time: Callable[..., tuple[date, str]]) -> Paper:
    hung_on, down_on = row[_HUNG], row[_DOWN]
    if down_on is None:
        return hung_on, None, None
    last_on, _words = paper_time(hung_on, *row[_TIME:_HUNG])
    return hung_on, down_on, last_on
