"""督查 by item of the catalog."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage_shares import Share
from bulletin.domain.oversight.supervision import DutyOutcome, Outcomes, outcome_of, share_on_time
from bulletin.domain.people import Actor
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.lists.groups import duty_groups
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.lists.places import Rows, rows_on
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.catalogs import adoptions_until
from bulletin.store.owed_duties import owed_in_span

ItemOutcomes = Counter[tuple[str, DutyOutcome]]


@dataclass(frozen=True)
class SupervisedItem:
    code: str
    title: str
    group: Group
    outcomes: Outcomes
    owed_at: tuple[str, ...]  # the places that owe it, those that owe the most first

    @property
    def share(self) -> Share:
        return share_on_time(self.outcomes)


def supervised_items(
    site: Site, actor: Actor, now: datetime, *, period: Period, as_of: date | None = None
) -> list[SupervisedItem]:
    """How each item turned out that fell due in a period, as of a day; the smallest share on time first."""
    day = as_of or village_day(now)
    with site.sessions.reading() as session:
        rows = rows_on(session, actor.township_id, day)
        by_place = _by_place(session, site, actor.township_id, rows, period, day, now)
        seen = {place: of for place, of in by_place.items() if actor.may_see(place)}
        outcomes, owing = _by_item(rows, seen)
        titles = _titles(session, actor.township_id, period, outcomes.keys())
    found = [
        SupervisedItem(
            code, *titles.get(code, _untitled(code)), outcomes[code], _names(owing[code])
        )
        for code in outcomes
    ]
    return sorted(found, key=lambda item: (item.share.on_time / item.share.owed, item.title))


def _by_item(
    rows: Rows, seen: Mapping[Place, ItemOutcomes]
) -> tuple[dict[str, Outcomes], dict[str, Counter[str]]]:
    """How each item turned out in all places, and how many of it each place still owes."""
    outcomes: dict[str, Outcomes] = defaultdict(Counter)
    owing: dict[str, Counter[str]] = defaultdict(Counter)
    for place, of in seen.items():
        for (code, outcome), count in of.items():
            outcomes[code][outcome] += count
            if outcome is DutyOutcome.OWED:
                owing[code][rows.names[place]] += count
    return outcomes, owing


def _names(owing: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _count in owing.most_common())


def _untitled(code: str) -> tuple[str, Group]:
    return code, Group(code.partition(".")[0])


def _by_place(
    session: Session,
    site: Site,
    township_id: int,
    rows: Rows,
    period: Period,
    day: date,
    now: datetime,
) -> dict[Place, ItemOutcomes]:
    span = period.first, period.last

    def count(places: frozenset[Place] | None) -> dict[Place, ItemOutcomes]:
        owing = rows.villages_of(places)
        which = owed_in_span(session, township_id, owing, *span, day)
        found: dict[Place, ItemOutcomes] = defaultdict(Counter)
        groups = duty_groups(session, site, which, day, now, by_place=True, by_item=True)
        for group in groups:
            outcome = outcome_of(group.standing.state)
            if outcome and group.due_on and span[0] <= group.due_on <= span[1]:
                row = rows.row_of_duty(group.village_id, None)
                found[row][group.item_code, outcome] += group.count
        return {place: of for place, of in found.items() if place in rows.names}

    question = "items", frozenset(rows.names), period.key, day
    kept = kept_by_place(session, site, township_id, question, now, count, rows.row_of)
    return dict(kept)


def _titles(
    session: Session, township_id: int, period: Period, codes: Collection[str]
) -> dict[str, tuple[str, Group]]:
    """What the items are called in the catalogs that they followed, the newest word first."""
    adoptions = session.scalars(adoptions_until(township_id, period.last)).all()
    catalogs = catalogs_of(session, adoptions)
    # Three hundred villages share a few.
    distinct = {id(catalogs[adoption]): catalogs[adoption] for adoption in adoptions}
    found: dict[str, tuple[str, Group]] = {}
    for catalog in distinct.values():
        for item in catalog.items:
            if item.code in codes:
                found.setdefault(item.code, (item.title, item.group))
    return found
