"""Duties that a place has under one catalog and another: which one ended them, what takes them up again."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select

from bulletin.domain.catalog.items import PublisherKind
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty
from bulletin.store.places import Publisher


def ended_by_catalog() -> ColumnElement[bool]:
    """Another catalog ended it: no person declared it not applicable, nor did its matter go past it."""
    declared = Duty.not_applicable_reason != ""
    return and_(declared, Duty.not_applicable_by.is_(None), Duty.matter_id.is_(None))


def of_own_publisher(adoption: Adoption) -> ColumnElement[bool]:
    """Duties that a place owes for itself: what a village left that merged into it covers nothing of its own."""
    own = Publisher.village_id == adoption.village_id
    return Duty.publisher_id.in_(
        select(Publisher.id).where(Publisher.township_id == adoption.township_id, own)
    )


def periods_under_others(adoption: Adoption, since_on: date) -> Select[str, str, date | None, bool]:
    """The duties of a place for a period, due since a day under other catalogs than one."""
    return select(
        Duty.item_code, Duty.occasion, Duty.due_on, ended_by_catalog().label("is_ended")
    ).where(
        Duty.township_id == adoption.township_id,
        Duty.village_id == adoption.village_id,
        Duty.adoption_id != adoption.id,
        Duty.matter_id.is_(None),
        Duty.due_on >= since_on,
        of_own_publisher(adoption),
    )


def ended_duty(
    adoption: Adoption, publisher: PublisherKind, item_code: str, occasion: str
) -> Select[Duty]:
    """The duty of a place for an occasion, while a catalog has ended it."""
    return (
        select(Duty)
        .join(Publisher, Publisher.id == Duty.publisher_id)
        .where(
            Duty.township_id == adoption.township_id,
            Duty.village_id == adoption.village_id,
            Publisher.kind == publisher,
            Publisher.village_id == adoption.village_id,
            Duty.item_code == item_code,
            Duty.occasion == occasion,
            ended_by_catalog(),
        )
    )
