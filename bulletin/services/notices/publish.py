"""发布: what goes out, under which number, and when."""

import logging
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bulletin.domain.boards.display_time import MIN_OUTAGE
from bulletin.domain.days import village_day, village_time
from bulletin.domain.deadlines.posting_end import end_json
from bulletin.domain.errors import Refused
from bulletin.domain.notices.workflow import Act, State, state_at
from bulletin.domain.objections.lines import objection_json
from bulletin.domain.people import CLOCK, Actor
from bulletin.domain.ticks import PUBLISH_TICK
from bulletin.services.duties.posting_end import edition_end
from bulletin.services.history import record, refuse_wrong_clock
from bulletin.services.long_jobs.away import AWAY
from bulletin.services.one_by_one import SomeFailed
from bulletin.services.printing.objections import contradiction_refusals, objections_on
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store import filings, heartbeat, publication_queries, register
from bulletin.store.notices import Edition
from bulletin.store.patterns import forget_pattern

log = logging.getLogger(__name__)
AT_ONCE = 50  # publications of one transaction: other acts wait for it, a quarter of a second


def release(session: Session, site: Site, edition: Edition, actor: Actor, now: datetime) -> None:
    """After the last step: number, moment and period are fixed; what is due goes out at once.

    The number is given here, in the transaction of the last step, so that paper printed ahead
    of the moment bears it.
    """
    refuse_wrong_clock(session, now)
    give_number(session, edition, now)
    edition.approved_at = now
    set_moment(session, site, edition, max(edition.publish_at or now, now), now)
    forget_pattern(session, edition)
    record(
        session,
        actor,
        "register",
        subject_of(edition),
        now,
        number=edition.notice.register_key,
        digits=edition.notice.digits,
        fingerprint=edition.fingerprint or "",
        **edition.history_dates,
    )
    if edition.publish_at is None or edition.publish_at <= now:
        publish(session, edition, now)
        session.refresh(edition)


def set_moment(
    session: Session, site: Site, edition: Edition, publish_at: datetime, now: datetime
) -> None:
    """When it goes out, and what follows from its day: the posting period, and what is said of objections.

    Raises:
        Refused: the text says something else of objections.
    """
    edition.publish_at = publish_at
    _set_period(session, site, edition, village_day(publish_at))
    _keep_objections(session, site, edition, now)


def _keep_objections(session: Session, site: Site, edition: Edition, now: datetime) -> None:
    """From here on page and paper say the same of objections, whatever becomes of the catalog.

    Raises:
        Refused: the text says something else.
    """
    printed = objections_on(session, site, edition, edition.opens_on or village_day(now))
    edition.objections = [objection_json(objection) for objection in printed]
    if reasons := contradiction_refusals(session, site, edition, now):
        raise Refused(*reasons)


def _set_period(session: Session, site: Site, edition: Edition, opens_on: date) -> None:
    """The posting period: the latest end of all that its items ask, and of the day that it serves.

    After a redaction it does not restart: the rest of it is left.
    """
    end = edition_end(session, site, edition, opens_on)
    edition.opens_on = opens_on
    edition.closes_on, edition.closing = end.closes_on, end_json(end)
    earlier = next((e for e in edition.notice.editions if e.number == edition.number - 1), None)
    rest = earlier.posting_end if earlier and earlier.redacted_at else None
    if rest is not None and rest.closes_on >= opens_on:
        edition.closes_on, edition.closing = rest.closes_on, end_json(rest)


def give_number(session: Session, edition: Edition, now: datetime) -> None:
    """The register number: once per notice, whatever its editions."""
    notice = edition.notice
    if notice.register_number is not None:
        return
    year = village_time(now).year
    notice.register_number = register.next_number(session, notice.register_publisher, year)
    notice.register_year = year


def publish(session: Session, edition: Edition, now: datetime) -> bool:
    """Write one publication down; False when another process was faster.

    The page is public from `publish_at` on whether or not this has run.
    """
    if not publication_queries.claim(
        session, edition.id, State.SCHEDULED, State.PUBLISHED, now, published_at=now
    ):
        return False
    act = Act.PUBLISH if edition.number == 1 else Act.CORRECT
    file_with_township(session, edition, act.value, now)
    record(
        session,
        CLOCK,
        Act.PUBLISH.value,
        subject_of(edition),
        now,
        due_at=edition.publish_at.isoformat(timespec="seconds") if edition.publish_at else "",
        fingerprint=edition.fingerprint or "",
    )
    return True


def publish_due(site: Site, now: datetime) -> list[str]:
    """One sweep of the clock; a long time since the last one is kept as an outage.

    Returns:
        The code and edition of each notice that this sweep published, such as 7KQ2M4XXXX.1.

    Raises:
        SomeFailed: of some editions, once all others are out.
    """
    try:
        published = sweep(site, now)
    except SomeFailed:
        _beat(site, now, "")  # the clock is not silent: it says which it could not publish
        raise
    _beat(site, now, f"{len(published)}")
    return published


def _beat(site: Site, now: datetime, note: str) -> None:
    with site.sessions.writing() as session:
        last = heartbeat.last_beat(session, PUBLISH_TICK, now)
        if last is not None and now - last >= MIN_OUTAGE:
            session.add(heartbeat.Outage(from_at=last, until_at=now))
        heartbeat.beat(session, PUBLISH_TICK, now, note)


def sweep(site: Site, now: datetime) -> list[str]:
    """Publish everything whose moment has come, some in one transaction; another clock takes the next ones.

    Raises:
        Refused: this machine's clock is behind the history.
        OperationalError, InterfaceError: the database is away, or busy for too long; the next sweep goes on.
        SomeFailed: of some editions, once all others are out.
    """
    published: list[str] = []
    kept_back: dict[int, Exception] = {}
    while due := _due(site, now, kept_back):
        published += _publish(site, due, now, kept_back)
    if kept_back:
        raise SomeFailed({f"edition {each}": fault for each, fault in kept_back.items()})
    return published


def _due(site: Site, now: datetime, kept_back: Collection[int]) -> Sequence[int]:
    due = publication_queries.due_for_publication(now).where(Edition.id.not_in(kept_back))
    with site.sessions.reading() as session:
        return session.scalars(due.limit(AT_ONCE)).all()


def _publish(
    site: Site, due: Sequence[int], now: datetime, kept_back: dict[int, Exception]
) -> list[str]:
    """All of them together; each alone where one of them can't be published."""
    try:
        return _publish_together(site, due, now)
    except (Refused, *AWAY):
        raise  # nothing of theirs: each by itself would fare the same, after as long a wait
    except Exception as fault:
        if len(due) == 1:
            log.exception("edition %d is not on record as published", *due)
            kept_back[due[0]] = fault
            return []
    return [name for each in due for name in _publish(site, [each], now, kept_back)]


def _publish_together(site: Site, due: Sequence[int], now: datetime) -> list[str]:
    asked = select(Edition).where(Edition.id.in_(due)).options(joinedload(Edition.notice))
    with site.sessions.writing() as session:
        refuse_wrong_clock(session, now)
        editions = session.scalars(asked.order_by(Edition.publish_at, Edition.id)).all()
        return [
            f"{each.notice.code}.{each.number}" for each in editions if publish(session, each, now)
        ]


def next_due_at(site: Site, after: datetime | None = None) -> datetime | None:
    """When the clock should wake up next for a publication, or for one that is due later than `after`."""
    with site.sessions.reading() as session:
        return publication_queries.next_due_at(session, after)


def settle(session: Session, edition: Edition, now: datetime) -> None:
    """Let the record say what the law says before anything else is done to an edition.

    What is due is published; what a clock that was ahead published is scheduled again.
    """
    state = state_at(edition.state, edition.publish_at, now)
    if state is edition.state:
        return
    if state is State.PUBLISHED:
        publish(session, edition, now)
    elif publication_queries.claim(
        session, edition.id, edition.state, state, now, published_at=None
    ):
        record(session, CLOCK, "not_yet_public", subject_of(edition), now, state=state.value)
    session.refresh(edition)


def file_with_township(session: Session, edition: Edition, act: str, now: datetime) -> None:
    """备案. The township's own notices need not be filed with itself."""
    if edition.notice.village_id is None:
        return
    filings.file(session, edition.township_id, edition.id, act, now)
