"""What waits for review, in a few small columns: who may take it is a rule's to say, not the database's."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from bulletin.domain.notices.workflow import IN_REVIEW
from bulletin.store.duties import Duty
from bulletin.store.edition_parts import EditionEditor, ReviewStep
from bulletin.store.notices import Edition, Notice, Signature, notice_duty
from bulletin.store.places import in_places


def waiting_editions(
    township_id: int, places: Collection[int | None] | None
) -> Select[*tuple[Any, ...]]:
    """Editions in review, those that wait longest first, with procedure and the first due day.

    Args:
        places: of these villages (None in it: the township); None: of every place.
    """
    # A correction answers no duty: what it corrects has.
    owed = case((Edition.number == 1, Duty.due_on))
    return (
        select(
            Edition.id,
            Edition.state,
            Edition.state_since,
            Edition.village_id,
            Edition.review_round,
            Notice.procedure,
            func.min(owed).label("due_on"),
        )
        .join(Notice, Notice.id == Edition.notice_id)
        .outerjoin(notice_duty, notice_duty.c.notice_id == Notice.id)
        .outerjoin(Duty, (Duty.id == notice_duty.c.duty_id) & (Duty.not_applicable_reason == ""))
        # The sum keeps SQLite from beginning with all that a township ever published.
        .where(Edition.township_id + 0 == township_id, Edition.state.in_(list(IN_REVIEW)))
        .where(in_places(Edition.village_id, places))
        .group_by(Edition.id, Notice.procedure)
        .order_by(Edition.state_since, Edition.id)
    )


def editors_among(edition_ids: Iterable[int], people: Iterable[int]) -> Select[int, int]:
    """Which of some people edited which of some editions."""
    return select(EditionEditor.edition_id, EditionEditor.person_id).where(
        EditionEditor.edition_id.in_(list(edition_ids)), EditionEditor.person_id.in_(list(people))
    )


def steps_among(edition_ids: Iterable[int], people: Iterable[int]) -> Select[ReviewStep]:
    """The steps that some people took of some editions, or that were taken in their place."""
    some = list(people)
    return select(ReviewStep).where(
        ReviewStep.edition_id.in_(list(edition_ids)),
        ReviewStep.person_id.in_(some) | ReviewStep.absent_id.in_(some),
    )


def with_review_facts(edition_ids: Collection[int]) -> Select[Edition]:
    """Some editions with all that a line of the queue names."""
    notice = joinedload(Edition.notice)
    return (
        select(Edition)
        .where(Edition.id.in_(list(edition_ids)))
        .options(
            selectinload(Edition.steps),
            selectinload(Edition.extensions),
            notice.selectinload(Notice.signatures).joinedload(Signature.publisher),
            notice.selectinload(Notice.duties),
            notice.selectinload(Notice.editions).selectinload(Edition.steps),
            notice.joinedload(Notice.village),
        )
    )


def last_meeting_day(township_id: int, village_id: int | None, day: date) -> Select[date | None]:
    """The newest day of a joint meeting that steps of a place's notices name, until a day."""
    return (
        select(func.max(ReviewStep.meeting_on))
        .join(Edition, Edition.id == ReviewStep.edition_id)
        .where(
            Edition.township_id == township_id,
            Edition.village_id == village_id,
            ReviewStep.meeting_on <= day,
        )
    )
