"""Finding notices and editions: what answers a duty, what is public, what waits."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import (
    Select,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session, joinedload, selectinload

from bulletin.domain.codes import TypedCode
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.notices.workflow import IN_REVIEW, RELEASED, State
from bulletin.store.asked_once import asked_once
from bulletin.store.duties import Duty
from bulletin.store.edition_parts import EditionEditor, ReviewStep
from bulletin.store.notices import Edition, Notice, Signature, notice_duty
from bulletin.store.places import Publisher, in_places

AT_ONCE = 10_000  # ids in one question: SQLite takes 32,766 values, PostgreSQL 65,535


def chunks(ids: list[int]) -> Iterator[list[int]]:
    """Ids in as many questions as they need."""
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


_WITH_SIGNATURES = selectinload(Notice.signatures).joinedload(Signature.publisher)
_WITH_STEPS = selectinload(Notice.editions).selectinload(Edition.steps)
_WITH_DUTIES = selectinload(Notice.duties)


def answering(session: Session, duty_ids: list[int]) -> Iterator[tuple[int, Notice]]:
    """Some duties, each with every notice that answers it, the oldest first."""
    editions = selectinload(Notice.editions).selectinload(Edition.notice)  # each knows its notice
    pairs = (
        select(notice_duty.c.duty_id, Notice)
        .join(Notice, Notice.id == notice_duty.c.notice_id)
        .order_by(Notice.id)
        .options(editions)
    )
    for some in chunks(duty_ids):
        yield from (
            tuple(row) for row in session.execute(pairs.where(notice_duty.c.duty_id.in_(some)))
        )


def displayed_between(
    township_id: int, village_id: int | None, span: tuple[date, date]
) -> Select[int, date | None]:
    """The editions of a place whose period touches a span of days: id, and the day on which it opens."""
    first_on, last_on = span
    return select(Edition.id, Edition.opens_on).where(
        Edition.township_id == township_id,
        Edition.village_id == village_id,
        or_(Edition.closes_on.is_(None), Edition.closes_on >= first_on),
        Edition.opens_on <= last_on,
    )


def with_all_editions(edition_ids: Collection[int]) -> Select[Edition]:
    """Some editions, each with those of its notice."""
    of_notice = joinedload(Edition.notice).selectinload(Notice.editions)
    return select(Edition).where(Edition.id.in_(edition_ids)).options(of_notice)


def disclosed_duties(duty_ids: list[int], now: datetime) -> Select[int]:
    """Those of some duties of which some notice is public and was not taken down."""
    return (
        select(notice_duty.c.duty_id)
        .join(Edition, Edition.notice_id == notice_duty.c.notice_id)
        .where(notice_duty.c.duty_id.in_(duty_ids))
        .where(Edition.state.in_(RELEASED), Edition.publish_at <= now)
    )


def notices_by_duty(session: Session, duty_ids: list[int]) -> dict[int, list[Notice]]:
    """The notices that answer each of some duties; what was cancelled answers nothing."""
    answering = (
        select(notice_duty.c.duty_id, Notice)
        .join(Notice, Notice.id == notice_duty.c.notice_id)
        .options(_WITH_STEPS, _WITH_DUTIES)
        .order_by(Notice.id)
    )
    by_duty: dict[int, list[Notice]] = {}
    for some in chunks(duty_ids):
        for duty_id, notice in session.execute(answering.where(notice_duty.c.duty_id.in_(some))):
            if any(edition.state is not State.CANCELLED for edition in notice.editions):
                by_duty.setdefault(duty_id, []).append(notice)
    return by_duty


def notices_of(township_id: int, village_id: int | None = None) -> Select[Notice]:
    """All notices of a township or of one village, the newest first."""
    notices = select(Notice).where(Notice.township_id == township_id)
    if village_id is not None:
        notices = notices.where(Notice.village_id == village_id)
    return with_row_facts(notices).order_by(Notice.id.desc())


def with_row_facts(notices: Select[Notice]) -> Select[Notice]:
    """Some notices, each with all that its row names."""
    return notices.options(joinedload(Notice.village), _WITH_SIGNATURES, _WITH_STEPS, _WITH_DUTIES)


def registered(publisher_id: int, year: int) -> Select[Notice]:
    """The notices that have a number in a publisher's register of a year."""
    return (
        select(Notice)
        .where(Notice.register_publisher_id == publisher_id, Notice.register_year == year)
        .options(_WITH_SIGNATURES, _WITH_STEPS)
    )


def editions_handed_on(
    township_id: int, places: Collection[int | None], person_id: int | None
) -> Select[Edition]:
    """What is reviewed of some places, or was edited or reviewed by a person, the longest wait first."""
    edited = exists().where(
        EditionEditor.edition_id == Edition.id, EditionEditor.person_id == person_id
    )
    reviewed = exists().where(
        ReviewStep.edition_id == Edition.id,
        ReviewStep.review_round == Edition.review_round,
        ReviewStep.person_id == person_id,
    )
    of_person = or_(in_places(Edition.village_id, places), edited, reviewed)
    return (
        select(Edition)
        # The sum keeps SQLite from beginning with all that a township ever published.
        .where(Edition.township_id + 0 == township_id, Edition.state.in_(IN_REVIEW), of_person)
        .options(joinedload(Edition.notice).joinedload(Notice.village), selectinload(Edition.steps))
        .order_by(Edition.state_since, Edition.id)
    )


def forced_editions(township_id: int) -> Select[Edition]:
    """Editions with a forced step that nobody endorsed yet."""
    return (
        select(Edition)
        .where(Edition.township_id == township_id, Edition.forced, Edition.endorsed_at.is_(None))
        .where(Edition.state.in_(RELEASED))
        .order_by(Edition.id)
    )


def titles_left(session: Session, codes: Iterable[str]) -> dict[tuple[str, int], str]:
    """The neutral titles of those editions whose words were removed, by code and number."""
    rows = session.execute(
        select(Notice.code, Edition.number, Edition.title)
        .join(Edition, Edition.notice_id == Notice.id)
        .where(Notice.code.in_(list(codes)), Edition.redacted_at.is_not(None))
    )
    return {(code, number): title for code, number, title in rows}


def last_public(notice: Notice, item_codes: list[str], now: datetime) -> Select[Edition]:
    """The editions of the same place that reported on some of the same items before a notice, the newest first."""
    return (
        select(Edition)
        .join(notice_duty, notice_duty.c.notice_id == Edition.notice_id)
        .join(Duty, Duty.id == notice_duty.c.duty_id)
        .where(
            Edition.township_id == notice.township_id,
            Edition.village_id == notice.village_id,
            Edition.notice_id != notice.id,
            Duty.item_code.in_(item_codes),
            Edition.state.in_(RELEASED),
            Edition.publish_at <= now,
            Edition.redacted_at.is_(None),
        )
        .order_by(Edition.publish_at.desc(), Edition.id.desc())
        .limit(1)
    )


@asked_once
def notice_by_code(session: Session, code: str) -> Notice | None:
    return session.scalar(select(Notice).where(Notice.code == code))


def notice_by_digits(session: Session, digits: str) -> Notice | None:
    return session.scalar(select(Notice).where(Notice.digits == digits))


def notices_of_number(
    session: Session, township_ids: Collection[int], number: RegisterNumber
) -> Sequence[Notice]:
    """The notices of a register number in townships: each has at most one."""
    return session.scalars(
        select(Notice)
        .join(Publisher, Publisher.id == Notice.register_publisher_id)
        .where(Publisher.township_id.in_(township_ids), Publisher.prefix == number.prefix)
        .where(
            Notice.register_year == number.year,
            Notice.register_number == number.number,
        )
    ).all()


def notice_typed(session: Session, typed: TypedCode) -> Notice | None:
    """The notice that a person means; None when nothing of ours has the code or the digits."""
    if typed.notice_code is not None:
        return notice_by_code(session, typed.notice_code)
    return notice_by_digits(session, typed.digits) if typed.digits is not None else None
