"""A posting period ends later than it was said: holidays became known, or the day that it serves.

Never earlier: what was promised to residents stays. What is over, taken down or redacted stays too.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.posting_end import ExtensionCause, PostingEnd, end_json
from bulletin.domain.notices.workflow import APPROVED, RELEASED
from bulletin.domain.people import CLOCK
from bulletin.services.duties.posting_end import edition_end
from bulletin.services.history import record
from bulletin.services.one_by_one import one_by_one
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.duties import Duty, Matter
from bulletin.store.notices import Edition, notice_duty
from bulletin.store.period_extensions import PeriodExtension


def extend_postings(site: Site, now: datetime) -> int:
    """Count again what depends on holidays or on a day to come; returns how many end later.

    Raises:
        SomeFailed: of some editions, once all had their turn.
    """
    with site.sessions.reading() as session:
        rows = session.execute(_open(Edition.id, Edition.closing, today=village_day(now))).all()
    extended = 0
    with one_by_one() as those:
        for edition_id in (edition_id for edition_id, closing in rows if _may_move(closing)):
            with those.turn_of(f"edition {edition_id}"), site.sessions.writing() as session:
                extended += _extend(session, site, session.get_one(Edition, edition_id), now)
    return extended


def extend_for(session: Session, site: Site, matter: Matter, now: datetime) -> int:
    """The notices of a matter whose event was recorded or moved, in the transaction that did it."""
    session.flush()
    answering = (
        select(notice_duty.c.notice_id)
        .join(Duty, Duty.id == notice_duty.c.duty_id)
        .where(Duty.matter_id == matter.id)
    )
    editions = session.scalars(
        _open(Edition, today=village_day(now)).where(Edition.notice_id.in_(answering))
    ).all()
    return sum(_extend(session, site, edition, now) for edition in editions)


def _open(*columns: Any, today: date) -> Select[*tuple[Any, ...]]:
    """What is approved, and not over yet."""
    is_out: ColumnElement[bool] = Edition.state.in_(RELEASED)
    return (
        select(*columns)
        .where(is_out, Edition.closes_on >= today, Edition.redacted_at.is_(None))
        .order_by(Edition.id)
    )


def _may_move(closing: dict[str, Any]) -> bool:
    """Also what an earlier release fixed, which did not say what its end depends on."""
    return not closing or bool(closing["provisional"] or closing["serves"])


def _extend(session: Session, site: Site, edition: Edition, now: datetime) -> bool:
    before = edition.posting_end
    if before is None or _is_replaced(edition, now) or _is_rest_of_redacted(edition):
        return False
    counted = edition_end(session, site, edition, before.counted_from)
    if counted.closes_on <= before.closes_on:
        stays = replace(before, provisional=counted.provisional, serves=counted.serves)
        now_known = counted if counted.closes_on == before.closes_on else stays
        edition.closing = end_json(now_known)
        if now_known != before:  # its page says 暂定 no longer, or up to which event it stays
            record(session, CLOCK, "explain_period", subject_of(edition), now)
        return False
    _set_later(session, edition, before, counted, now)
    return True


def _set_later(
    session: Session, edition: Edition, before: PostingEnd, counted: PostingEnd, now: datetime
) -> None:
    event = counted.serves_on != before.serves_on
    cause = ExtensionCause.EVENT if event else ExtensionCause.HOLIDAYS
    edition.closes_on, edition.closing = counted.closes_on, end_json(counted)
    edition.extensions.append(
        PeriodExtension(
            township_id=edition.township_id,
            cause=cause,
            before_on=before.closes_on,
            closes_on=counted.closes_on,
            at=now,
        )
    )
    record(
        session,
        CLOCK,
        "extend_period",
        subject_of(edition),
        now,
        cause=cause.value,
        before=before.closes_on.isoformat(),
        closes_on=counted.closes_on.isoformat(),
    )


def _is_replaced(edition: Edition, now: datetime) -> bool:
    return any(
        other.number > edition.number
        and other.state in APPROVED
        and other.publish_at is not None
        and other.publish_at <= now
        for other in edition.notice.editions
    )


def _is_rest_of_redacted(edition: Edition) -> bool:
    """An earlier release kept the end of a redacted edition, and not from when it counts."""
    before = (e for e in edition.notice.editions if e.number == edition.number - 1)
    return not edition.closing and any(e.redacted_at is not None for e in before)
