"""Which matters residents' pages may name, as questions to the database."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, select

from bulletin.store.duties import Matter
from bulletin.store.notices import Notice
from bulletin.store.public_lists import ListMoment, Other, Place, Shown, in_force


def matters_at(place: Place, at: ListMoment) -> Select[Matter]:
    """The matters of several phases that may be named, the newest first."""
    mine = Matter.village_id == place.village_id
    return (
        select(Matter)
        .where(Matter.township_id == place.township_id, mine, _may_be_named(at))
        .where(func.json_array_length(Matter.phases) > 1)
        .order_by(Matter.id.desc())
    )


def named_among(ids: Collection[int], at: ListMoment) -> Select[int]:
    """Which of some matters may be named, also those of one phase."""
    return select(Matter.id).where(Matter.id.in_(ids), _may_be_named(at))


def _may_be_named(at: ListMoment) -> ColumnElement[bool]:
    """Whether everybody may know what a matter is called, which nobody has reviewed for the public.

    A notice of it is listed that is no list of people; and of none was personal information removed:
    what it is called may say the same words, and a correction of the notice changes it not.
    """
    listed = (
        exists()
        .where(Notice.matter_id == Matter.id, not_(Notice.personal))
        .where(Shown.notice_id == Notice.id, in_force(at.now))
    )
    redacted = exists().where(
        Notice.matter_id == Matter.id, Other.notice_id == Notice.id, Other.redacted_at.is_not(None)
    )
    return and_(listed, not_(redacted))
