"""What is searched in each kind of subject, and whose change changes it.

A new kind is one more member of `Kind` and one more row of `SUBJECTS`; a test holds that every table of which a
subject is read is named among those that feed it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from bulletin.domain.days import day_words, village_day
from bulletin.domain.notices.content import texts
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.notices.workflow import State
from bulletin.domain.search.kinds import Kind
from bulletin.domain.search.tokens import (
    GROUP,
    ITEM,
    PLACE,
    PUBLISHER,
    TOWNSHIP,
    YEAR,
    indexed,
    mark,
    open_marks,
)
from bulletin.store.duties import Duty, Matter
from bulletin.store.meetings import Meeting, MeetingDecision
from bulletin.store.notices import Edition, EditionContent, Notice
from bulletin.store.people import Person
from bulletin.store.places import FormerVillageName, Publisher, Village

NO_YEAR = 0  # of a subject that has no day


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


def _notice_tokens(row: Row[Any]) -> str:
    number = ""
    if row.register_number is not None and row.register_year is not None:
        number = str(RegisterNumber(row.prefix, row.register_year, row.register_number))
    begun_on = village_day(row.publish_at or row.saved_at)
    days = " ".join(_days(row.publish_at, row.opens_on, row.closes_on))
    in_title = (row.title, number, row.code, row.digits)
    return indexed(
        " / ".join(in_title),
        (row.change_note, days, *(item["title"] for item in row.items), *_words_of(row.document)),
        [
            *_place_marks(row),
            mark(YEAR, begun_on.year),
            mark(PUBLISHER, row.publisher_kind),
            *(mark(ITEM, item["code"]) for item in row.items),
            *(mark(GROUP, item["group"]) for item in row.items if "group" in item),
            *_open_marks(row, number, begun_on.year),
        ],
        begun_on.year,
    )


def _open_marks(row: Row[Any], number: str, year: int) -> list[str]:
    """Whether the moment has come, and which edition is in force, is asked when somebody seeks."""
    if row.state not in (State.SCHEDULED, State.PUBLISHED) or row.redacted_at is not None:
        return []
    called = " / ".join((*(item["title"] for item in row.items), number))
    return open_marks(called if row.personal else None, year)


def _words_of(document: dict[str, Any] | None) -> Iterator[str]:
    return texts(read_document(document)) if document else iter(())


def _days(*moments: datetime | date | None) -> Iterator[str]:
    for moment in moments:
        if moment is not None:
            yield day_words(village_day(moment) if isinstance(moment, datetime) else moment)


def _place_marks(row: Row[Any]) -> list[str]:
    return [mark(PLACE, row.village_id), mark(TOWNSHIP, row.township_id)]


def _inherited_marks(row: Row[Any]) -> list[str]:
    """Of the village that has it and of the one that left it: whoever sees the one sees the other."""
    before = row.from_village_id
    return [*_place_marks(row), *([mark(PLACE, before)] if before is not None else [])]


def _duty_tokens(row: Row[Any]) -> str:
    days = " ".join(_days(row.event_on, row.due_on))
    year = row.due_on.year if row.due_on else row.opened_at.year
    return indexed(
        f"{row.label} / {row.matter or ''}",
        (days, row.not_applicable_reason),
        [*_inherited_marks(row), mark(ITEM, row.item_code)],
        year,
    )


def _matter_tokens(row: Row[Any]) -> str:
    opened_on = village_day(row.opened_at)
    events = [phase["event"] for phase in row.phases if phase.get("event")]
    marks = [*_inherited_marks(row), mark(ITEM, row.item_code)]
    return indexed(row.title, (day_words(opened_on), *events), marks, opened_on.year)


def _meeting_tokens(row: Row[Any]) -> str:
    title = f"{row.kind.label} / {day_words(row.held_on)}"
    texts = (row.place, row.agenda, row.title or "", row.text or "")
    return indexed(title, texts, _place_marks(row), row.held_on.year)


def _village_tokens(row: Row[Any]) -> str:
    marks = [mark(PLACE, row.id), mark(TOWNSHIP, row.township_id)]
    texts = (row.phone, row.office_phones, row.former_name or "")
    return indexed(f"{row.name} / {row.code}", texts, marks, NO_YEAR)


def _person_tokens(row: Row[Any]) -> str:
    marks = [mark(TOWNSHIP, row.township_id)]
    return indexed(f"{row.name} / {row.login}", (row.phone,), marks, NO_YEAR)


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
        tokens=_notice_tokens,
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
        tokens=_duty_tokens,
        fed_by={Duty: Duty.id, Matter: _duties_of_matters},
    ),
    Subject(
        kind=Kind.MATTER,
        id=Matter.id,
        rows=_MATTER_ROWS,
        tokens=_matter_tokens,
        fed_by={Matter: Matter.id, Duty: _matters_of_duties},
    ),
    Subject(
        kind=Kind.MEETING,
        id=Meeting.id,
        rows=_MEETING_ROWS,
        tokens=_meeting_tokens,
        fed_by={Meeting: Meeting.id, MeetingDecision: MeetingDecision.meeting_id},
    ),
    Subject(
        kind=Kind.VILLAGE,
        id=Village.id,
        rows=_VILLAGE_ROWS,
        tokens=_village_tokens,
        fed_by={Village: Village.id, FormerVillageName: FormerVillageName.village_id},
    ),
    Subject(
        kind=Kind.PERSON,
        id=Person.id,
        rows=select(Person.id, Person.township_id, Person.name, Person.login, Person.phone),
        tokens=_person_tokens,
        fed_by={Person: Person.id},
    ),
)
