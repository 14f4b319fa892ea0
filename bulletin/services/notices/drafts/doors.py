"""起草's three doors: like the last period's notice, from a file, or from an empty outline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.patterns.stale_figures import stale_figures
from bulletin.domain.people import Actor
from bulletin.services.catalog.in_force import owed_item
from bulletin.services.notices.drafts.start import answering_notice, duties_to_answer
from bulletin.services.notices.patterns.sources import PatternSource, pattern_source, taken_from
from bulletin.services.site import Site
from bulletin.store.duties import Duty


@dataclass(frozen=True, kw_only=True)
class EarlierNotice:
    """What the first door offers."""

    code: str
    title: str
    village: str  # '' for the publisher's own
    published_on: date
    new_title: str
    figures: int  # that have to be replaced
    left_out: tuple[str, ...]  # pictures, attachments, rows of people
    has_days: bool  # its tables list what happened day by day
    rows: int  # of its tables, as they would come along

    @property
    def is_own(self) -> bool:
        return not self.village


@dataclass(frozen=True, kw_only=True)
class Doors:
    duties: tuple[int, ...]
    titles: tuple[str, ...]  # 村级财务收支情况（2026年第三季度）
    elements: tuple[str, ...]  # what the outline would ask for
    earlier: EarlierNotice | None
    answered_by: str  # the code of a notice that there is for one of the duties; ''


def doors(site: Site, actor: Actor, duty_ids: Sequence[int], now: datetime) -> Doors:
    """The ways to begin a notice for one or several duties.

    Raises:
        Refused: as `start` would refuse them.
    """
    with site.sessions.reading() as session:
        duties = duties_to_answer(session, actor, duty_ids)
        items = [owed_item(session, duty)[1] for duty in duties]
        source = pattern_source(session, site, duties, now)
        answering = answering_notice(session, duties)
        return Doors(
            duties=tuple(duty.id for duty in duties),
            titles=tuple(f"{i.title}（{d.label}）" for d, i in zip(duties, items, strict=True)),
            elements=tuple(dict.fromkeys(e for item in items for e in item.elements)),
            earlier=_earlier(session, source, duties) if source else None,
            answered_by=answering.code if answering else "",
        )


def _earlier(session: Session, source: PatternSource, duties: Sequence[Duty]) -> EarlierNotice:
    taken = taken_from(session, source, duties)
    pattern, edition = taken.pattern, source.edition
    village = edition.notice.village
    return EarlierNotice(
        code=source.code,
        title=edition.title,
        village="" if source.is_own or village is None else village.name,
        published_on=village_day(edition.publish_at or edition.saved_at),
        new_title=pattern.title,
        figures=len(stale_figures(pattern.title, taken.document, pattern)) if source.is_own else 0,
        left_out=taken.left_out,
        has_days=source.has_days,
        rows=pattern.row_count,
    )
