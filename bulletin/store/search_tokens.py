"""What each kind of subject is found by: the words and marks of one row of it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from bulletin.domain.days import day_words, village_day
from bulletin.domain.notices.content import texts
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.notices.workflow import RELEASED
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

NO_YEAR = 0  # of a subject that has no day


def notice_tokens(row: Row[Any]) -> str:
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
    if row.state not in RELEASED or row.redacted_at is not None:
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


def duty_tokens(row: Row[Any]) -> str:
    days = " ".join(_days(row.event_on, row.due_on))
    year = row.due_on.year if row.due_on else row.opened_at.year
    return indexed(
        f"{row.label} / {row.matter or ''}",
        (days, row.not_applicable_reason),
        [*_inherited_marks(row), mark(ITEM, row.item_code)],
        year,
    )


def matter_tokens(row: Row[Any]) -> str:
    opened_on = village_day(row.opened_at)
    events = [phase["event"] for phase in row.phases if phase.get("event")]
    marks = [*_inherited_marks(row), mark(ITEM, row.item_code)]
    return indexed(row.title, (day_words(opened_on), *events), marks, opened_on.year)


def meeting_tokens(row: Row[Any]) -> str:
    title = f"{row.kind.label} / {day_words(row.held_on)}"
    texts = (row.place, row.agenda, row.title or "", row.text or "")
    return indexed(title, texts, _place_marks(row), row.held_on.year)


def village_tokens(row: Row[Any]) -> str:
    marks = [mark(PLACE, row.id), mark(TOWNSHIP, row.township_id)]
    texts = (row.phone, row.office_phones, row.former_name or "")
    return indexed(f"{row.name} / {row.code}", texts, marks, NO_YEAR)


def person_tokens(row: Row[Any]) -> str:
    marks = [mark(TOWNSHIP, row.township_id)]
    return indexed(f"{row.name} / {row.login}", (row.phone,), marks, NO_YEAR)
