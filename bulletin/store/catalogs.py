"""Catalogs as they were adopted: a snapshot of the standard and what each village made of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.domain.days import ONE_DAY
from bulletin.store.base import SHORT_LIVED, Base


class CatalogVersion(Base):
    """One version of the standard catalog, kept whole: later files never rewrite what was owed."""

    __tablename__ = "catalog_version"
    __table_args__ = (UniqueConstraint("township_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    version: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the canonical JSON of its items
    # Read on demand: most who follow a catalog know it by its digest already.
    catalog: Mapped[dict[str, Any]] = mapped_column(deferred=True)


class Adoption(Base):
    """A village (or the township for itself) adopts a catalog from a day on."""

    __tablename__ = "adoption"
    __table_args__ = (UniqueConstraint("township_id", "village_id", "in_force_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    catalog_id: Mapped[int] = mapped_column(ForeignKey("catalog_version.id"))
    in_force_from: Mapped[date]
    adaptation: Mapped[dict[str, Any]]
    adopted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    adopted_at: Mapped[datetime]

    catalog: Mapped[CatalogVersion] = relationship(lazy="joined", innerjoin=True)


class CatalogImport(Base):
    """A file that was imported and confirmed: its rows as they were read and the items they became.

    Imports are never changed; the newest one of a place is in use.
    """

    __tablename__ = "catalog_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    file_name: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the file
    rows: Mapped[list[dict[str, Any]]]
    items: Mapped[list[dict[str, Any]]]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    imported_at: Mapped[datetime]


class ProposedImport(Base):
    """A file that a person is looking through before it is imported; gone once that is decided."""

    __tablename__ = "proposed_import"
    __table_args__ = ({"info": {SHORT_LIVED: True}},)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column("data")  # JSON: the digest of the file, and its rows
    proposed_at: Mapped[datetime]


def latest_import(
    session: Session, township_id: int, village_id: int | None
) -> CatalogImport | None:
    """The import in use of a village (None: of the township)."""
    return session.scalar(
        select(CatalogImport)
        .where(
            CatalogImport.township_id == township_id,
            CatalogImport.village_id == village_id,
        )
        .order_by(CatalogImport.id.desc())
        .limit(1)
    )


def latest_adoption(session: Session, township_id: int, village_id: int | None) -> Adoption | None:
    """The adoption that reaches furthest, whether or not its day has come."""
    return session.scalar(
        select(Adoption)
        .where(
            Adoption.township_id == township_id,
            Adoption.village_id == village_id,
        )
        .order_by(Adoption.in_force_from.desc())
        .limit(1)
    )


def adoption_moments(township_id: int) -> Select[int | None, int | None, datetime]:
    """Of each adoption its place, who made it (None: the operator, or the clock) and when, by the day from which it holds."""
    return (
        select(Adoption.village_id, Adoption.adopted_by, Adoption.adopted_at)
        .where(Adoption.township_id == township_id)
        .order_by(Adoption.in_force_from)
    )


def adoption_on(
    session: Session, township_id: int, village_id: int | None, day: date
) -> Adoption | None:
    """The adoption in force on a day."""
    return session.scalar(
        select(Adoption)
        .where(
            Adoption.township_id == township_id,
            Adoption.village_id == village_id,
        )
        .where(Adoption.in_force_from <= day)
        .order_by(Adoption.in_force_from.desc())
        .limit(1)
    )


def adoption_before(session: Session, adoption: Adoption) -> Adoption | None:
    """The adoption of the same place that another one followed."""
    eve = adoption.in_force_from - ONE_DAY
    return adoption_on(session, adoption.township_id, adoption.village_id, eve)


def contents_of(adoption_ids: Collection[int]) -> Select[int, str, dict[str, Any]]:
    """What some adoptions are made of, the first first: the digest of the catalog, and the village's changes."""
    return (
        select(Adoption.id, CatalogVersion.digest, Adoption.adaptation)
        .join(CatalogVersion, CatalogVersion.id == Adoption.catalog_id)
        .where(Adoption.id.in_(adoption_ids))
        .order_by(Adoption.id)
    )


def adoptions_on(session: Session, township_id: int, day: date) -> dict[int | None, Adoption]:
    """The adoption in force on a day of every place that has one; None stands for the township."""
    begun = session.scalars(
        select(Adoption)
        .where(Adoption.township_id == township_id, Adoption.in_force_from <= day)
        .order_by(Adoption.in_force_from)
    )
    return {adoption.village_id: adoption for adoption in begun}


def adoptions_until(township_id: int, day: date) -> Select[int]:
    """Every adoption of a township and its villages by a day, the newest first."""
    return (
        select(Adoption.id)
        .where(Adoption.township_id == township_id, Adoption.in_force_from <= day)
        .order_by(Adoption.in_force_from.desc(), Adoption.id.desc())
    )
