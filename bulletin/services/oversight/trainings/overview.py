"""宣教 as people see it, and a year of it in figures."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError
from bulletin.domain.oversight.trainings import TrainingCounts, TrainingKind
from bulletin.domain.pages import Page, page_of, page_span
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import keeps, reads
from bulletin.services.site import Site
from bulletin.store.trainings import (
    Training,
    TrainingMaterial,
    counts_of_year,
    trainings_at,
)


@dataclass(frozen=True, kw_only=True)
class TrainingLine:
    id: int
    kind: TrainingKind
    held_on: date
    topic: str
    place: str
    due: int
    came: int
    named: str
    handouts: int
    about: str
    void_reason: str
    materials: tuple[tuple[int, str], ...]  # id and name of each file
    mine: bool  # whether this person may declare it void


def training_lines(
    site: Site, actor: Actor, *, year: int | None = None, number: int | None = None
) -> Page[TrainingLine]:
    """A page of it, the newest first; empty for whoever is not of the township."""
    if not reads(actor):
        return page_of((), None)
    asked = trainings_at(actor.township_id, year)
    with site.sessions.reading() as session:
        count = session.scalar(
            select(func.count()).select_from(asked.order_by(None).options().subquery())
        )
        span = page_span(count or 0, number)
        rows = session.scalars(asked.offset(span.first).limit(span.per_page))
        return span.with_lines([_line(row, mine=keeps(actor)) for row in rows])


def year_counts(session: Session, township_id: int, year: int) -> TrainingCounts:
    """A year in figures, for the page and the annual report; what was void does not count."""
    return counts_of_year(session, township_id, year)


def counts_for(site: Site, actor: Actor, year: int) -> TrainingCounts | None:
    """The same for a person of the township; None for others."""
    if not reads(actor):
        return None
    with site.sessions.reading() as session:
        return year_counts(session, actor.township_id, year)


def material_file(site: Site, actor: Actor, material_id: int) -> tuple[bytes, str, str]:
    """Content, media type and name of a file that was used.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    with site.sessions.reading() as session:
        row = session.get(TrainingMaterial, material_id)
        if row is None or row.township_id != actor.township_id or not reads(actor):
            raise NotFoundError("没有这个文件。")
        data, kind, name = site.files.get(row.digest), row.media_type, row.name
    if data is None:
        raise NotFoundError("没有这个文件。")
    return data, kind, name


def _line(row: Training, *, mine: bool) -> TrainingLine:
    return TrainingLine(
        id=row.id,
        kind=row.kind,
        held_on=row.held_on,
        topic=row.topic,
        place=row.place,
        due=row.due,
        came=row.came,
        named=row.named,
        handouts=row.handouts,
        about=row.about,
        void_reason=row.void_reason,
        materials=tuple((each.id, each.name) for each in row.materials),
        mine=mine and not row.void_reason,
    )
