"""The earlier notice that a draft may be written like: the newest public one of the same items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.notices.content import Table
from bulletin.domain.patterns.carry_over import carried_over
from bulletin.domain.patterns.pattern import Pattern, Rolling, Taken, period_of, take
from bulletin.domain.patterns.strangers import as_stranger
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition
from bulletin.store.patterns import earlier_of_others, earlier_of_publisher
from bulletin.store.people import Person
from bulletin.store.places import Publisher, Village


@dataclass(frozen=True)
class PatternSource:
    """A public notice to write like."""

    edition: Edition
    is_own: bool  # of the same publisher; another village's lends its words alone

    @property
    def code(self) -> str:
        return self.edition.notice.code

    @property
    def has_days(self) -> bool:
        """Whether its tables list what happened day by day, which no other period repeats."""
        tables = (b for b in edition_document(self.edition).blocks if isinstance(b, Table))
        return any(column.kind == "date" for table in tables for column in table.columns)


def pattern_source(
    session: Session, site: Site, duties: Sequence[Duty], now: datetime
) -> PatternSource | None:
    """The newest of the publisher's own, else of the same body of another village; None for neither.

    A matter is written like another one of the same step; several items like a notice of all of them.
    """
    first = duties[0]
    own = _answering(site, session.scalars(earlier_of_publisher(first, now)), duties, now)
    if own is not None:
        return PatternSource(own, is_own=True)
    if first.village_id is None:
        return None
    others = session.scalars(earlier_of_others(first, first.publisher.kind, now))
    lent = _answering(site, others, duties, now)
    return None if lent is None else PatternSource(lent, is_own=False)


def _answering(
    site: Site, editions: Iterable[Edition], duties: Sequence[Duty], now: datetime
) -> Edition | None:
    """The newest that is in force and was written for just these items and steps."""
    asked = {(duty.item_code, duty.step) for duty in duties}
    for edition in editions:
        answered = {(duty.item_code, duty.step) for duty in edition.notice.duties}
        if asked == answered and NoticeView(site, edition.notice, now).listed_edition is edition:
            return edition
    return None


def taken_from(
    session: Session, source: PatternSource, duties: Sequence[Duty], *, only_heads: bool = False
) -> Taken:
    """The earlier notice, rolled on to what some duties are about.

    Args:
        only_heads: leave the rows of its tables behind; those of a list of people stay there anyway.
    """
    earlier = source.edition.notice
    periods = _periods(earlier.duties, duties)
    names = _names(source, duties)
    taken = take(
        source.edition.title,
        edition_document(source.edition),
        Rolling(periods, names),
        only_heads=only_heads,
        personal=earlier.personal,
    )
    pattern = replace(
        taken.pattern,
        periods=tuple(dict.fromkeys(new for _, new in periods)),
        old_years=_years(old for old, _ in periods) - _years(new for _, new in periods),
    )
    if not source.is_own:
        pattern = _lent(session, pattern, duties[0])
    document = pattern.document
    if source.is_own and any(old < new for old, new in periods):
        document = carried_over(document)
    return replace(taken, pattern=pattern, document=document, is_own=source.is_own)


def _years(periods: Iterable[Period]) -> frozenset[int]:
    return frozenset(period.first.year for period in periods)


def _periods(old: Sequence[Duty], new: Sequence[Duty]) -> list[tuple[Period, Period]]:
    """What becomes what: for each item its period then and now."""
    then = {duty.item_code: period for duty in old if (period := period_of(duty.occasion))}
    return [
        (then[duty.item_code], period)
        for duty in new
        if (period := period_of(duty.occasion)) and duty.item_code in then
    ]


def _names(source: PatternSource, duties: Sequence[Duty]) -> dict[str, str]:
    """Matter and village, then and now."""
    earlier, first = source.edition.notice, duties[0]
    names = {}
    if earlier.matter is not None and first.matter is not None:
        names[earlier.matter.title] = first.matter.title
    if not source.is_own and earlier.village is not None and first.village is not None:
        names[earlier.village.name] = first.village.name
    return names


def _lent(session: Session, pattern: Pattern, duty: Duty) -> Pattern:
    """Another village's words, without whom and where the site knows of."""
    people = session.scalars(select(Person.name).where(Person.township_id == duty.township_id))
    villages = session.scalars(select(Village.name).where(Village.township_id == duty.township_id))
    own = {duty.village.name} if duty.village else set()
    publishers = session.scalars(
        select(Publisher.name).where(Publisher.village_id == duty.village_id)
    )
    own |= {*publishers, duty.township.name}
    if duty.matter is not None:
        own.add(duty.matter.title)
    return as_stranger(pattern, own, {*people, *villages})
