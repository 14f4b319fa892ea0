"""What is searched in each kind of subject, and whose change changes it.

A new kind is one more member of `Kind` and one more row of `SUBJECTS`; a test holds that every table of which a
subject is read is named among those that feed it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from bulletin.domain.search.kinds import Kind
from bulletin.store.duties import Duty, Matter
from bulletin.store.meetings import Meeting, MeetingDecision
from bulletin.store.notices import Edition, EditionContent, Notice
from bulletin.store.people import Person
from bulletin.store.places import FormerVillageName, Publisher, Village
from bulletin.store.search_tokens import (
    duty_tokens,
    matter_tokens,
    meeting_tokens,
    notice_tokens,
    person_tokens,
    village_tokens,
)


@dataclass(frozen=True)
class Subject:
    """A kind of subject: the rows that are read of it, what they are found by, and what feeds them.

    Of a subject that has several rows the tokens are put together.
    """

    kind: Kind
    id: InstrumentedAttribute[int]
    rows: Select[*tuple[Any, ...]]
    tokens: Callable[[Row[Any]], str]
    # Of each class that feeds it: the column that names the subject, or how its rows lead there.
    fed_by: dict[type[Any], InstrumentedAttribute[int] | Callable[[list[int]], Select[int]]]


def _editions_of(column: InstrumentedAttribute[int]) -> Callable[[list[int]], Select[int]]:
    return lambda ids: (
        select(Edition.id).join(Notice, Notice.id == Edition.notice_id).where(column.in_(ids))
    )


def _duties_of_matters(ids: list[int]) -> Select[int]:
    return select(Duty.id).where(Duty.matter_id.in_(ids))


def _matters_of_duties(ids: list[int]) -> Select[int]:
    return select(Matter.id).where(Matter.id.in_(select(Duty.matter_id).where(Duty.id.in_(ids))))


_NOTICE_ROWS = (
    select(
        Edition.id,
        Edition.township_id,
        Edition.village_id,
        Edition.title,
        Edition.change_note,
        Edition.state,
        Edition.redacted_at,
        Edition.saved_at,
        Edition.publish_at,
        Edition.opens_on,
        Edition.closes_on,
        Notice.code,
        Notice.digits,
        Notice.items,
        Notice.personal,
        Notice.register_year,
        Notice.register_number,
        Publisher.prefix,
        Publisher.kind.label("publisher_kind"),
        EditionContent.document,
    )
    .join(Notice, Notice.id == Edition.notice_id)
    .join(Publisher, Publisher.id == Notice.register_publisher_id)
    .outerjoin(EditionContent, EditionContent.edition_id == Edition.id)
)
_DUTY_ROWS = select(
    Duty.id,
    Duty.township_id,
    Duty.village_id,
    Duty.from_village_id,
    Duty.item_code,
    Duty.label,
    Duty.event_on,
    Duty.due_on,
    Duty.opened_at,
    Duty.not_applicable_reason,
    Matter.title.label("matter"),
).outerjoin(Matter, Matter.id == Duty.matter_id)
_left_by = select(func.max(Duty.from_village_id)).where(Duty.matter_id == Matter.id)
_MATTER_ROWS = select(
    *Matter.__table__.columns, _left_by.scalar_subquery().label("from_village_id")
)
_VILLAGE_ROWS = select(  # one for each former name
    *Village.__table__.columns, FormerVillageName.name.label("former_name")
).outerjoin(FormerVillageName, FormerVillageName.village_id == Village.id)
_MEETING_ROWS = select(  # one for each decision
    *Meeting.__table__.columns, MeetingDecision.title, MeetingDecision.text
).outerjoin(MeetingDecision, MeetingDecision.meeting_id == Meeting.id)

SUBJECTS = (
    Subject(
        kind=Kind.NOTICE,  # each edition by itself: what is public of them is another question
        id=Edition.id,
        rows=_NOTICE_ROWS,
        tokens=notice_tokens,
        fed_by={
            Edition: Edition.id,
            EditionContent: EditionContent.edition_id,
            Notice: _editions_of(Notice.id),
            Publisher: _editions_of(Notice.register_publisher_id),
        },
    ),
    Subject(
        kind=Kind.DUTY,
        id=Duty.id,
        rows=_DUTY_ROWS,
        tokens=duty_tokens,
        fed_by={Duty: Duty.id, Matter: _duties_of_matters},
    ),
    Subject(
        kind=Kind.MATTER,
        id=Matter.id,
        rows=_MATTER_ROWS,
        tokens=matter_tokens,
        fed_by={Matter: Matter.id, Duty: _matters_of_duties},
    ),
    Subject(
        kind=Kind.MEETING,
        id=Meeting.id,
        rows=_MEETING_ROWS,
        tokens=meeting_tokens,
        fed_by={Meeting: Meeting.id, MeetingDecision: MeetingDecision.meeting_id},
    ),
    Subject(
        kind=Kind.VILLAGE,
        id=Village.id,
        rows=_VILLAGE_ROWS,
        tokens=village_tokens,
        fed_by={Village: Village.id, FormerVillageName: FormerVillageName.village_id},
    ),
    Subject(
        kind=Kind.PERSON,
        id=Person.id,
        rows=select(Person.id, Person.township_id, Person.name, Person.login, Person.phone),
        tokens=person_tokens,
        fed_by={Person: Person.id},
    ),
)
