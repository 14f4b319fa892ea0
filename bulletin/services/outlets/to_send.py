"""What is still to be sent to the outlets that a person serves, and what is to be taken out of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.pages import Page, PageSpan, page_span
from bulletin.domain.people import Actor, Role
from bulletin.services.outlets.unsent import Missing, oldest_missing, unsent_in
from bulletin.services.site import Site
from bulletin.store.airing_queries import airing_counts
from bulletin.store.notices import Edition, Notice
from bulletin.store.outlets import (
    Outlet,
    Sending,
    counted,
    editions_with_places,
    outlets_on,
    to_remove,
)


@dataclass(frozen=True, kw_only=True)
class SendTask:
    """One notice that an outlet does not have yet, or a loudspeaker did not air as often as it must."""

    outlet_id: int
    outlet: str
    kind: OutletKind
    code: str
    title: str
    village: str
    due_on: date
    sent: int = 0  # times that it was
    wanted: int = 1


@dataclass(frozen=True, kw_only=True)
class RemoveTask:
    """One notice that still stands in an outlet, and may not."""

    sending_id: int
    outlet: str
    code: str
    title: str
    link: str


@dataclass(frozen=True, kw_only=True)
class OutletWork:
    page: Page[SendTask]  # what is due first on top
    count: int  # of all that is to be sent
    remove: tuple[RemoveTask, ...]
    outlets: dict[int, str]  # that the person serves


def outlet_work(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    outlet_id: int | None = None,
    village_id: int | None = None,
    number: int | None = None,
) -> OutletWork:
    """The work of whoever is a liaison of an outlet's place, a page of it.

    Args:
        outlet_id: what is to be sent there alone.
        village_id: what is of this village alone.
    """
    day, places = village_day(now), actor.places_of(Role.LIAISON)
    with site.sessions.reading() as session:
        every = session.scalars(outlets_on(actor.township_id, day)).all()
        served = [outlet for outlet in every if outlet.village_id in places]
        found = [
            (outlet, unsent_in(session, site, outlet, now, village_id))
            for outlet in served
            if outlet_id in (None, outlet.id)
        ]
        count = sum(session.scalar(counted(each)) or 0 for _outlet, each in found)
        span = page_span(count, number)
        removals = session.scalars(to_remove(actor.township_id, places))
        return OutletWork(
            page=span.with_lines(_tasks(session, found, span)),
            count=count,
            remove=tuple(_removal(each) for each in removals),
            outlets={outlet.id: outlet.name for outlet in served},
        )


def _tasks(
    session: Session, found: Sequence[tuple[Outlet, Select[Edition]]], span: PageSpan
) -> list[SendTask]:
    """What a page has of what several outlets miss, each the oldest first."""
    lines = sorted(
        (
            each
            for outlet, missed in found
            for each in oldest_missing(session, outlet, missed, span.end)
        ),
        key=lambda line: (line.place, line.edition_id, line.outlet.id),
    )[span.first : span.end]
    return tasks_of(session, lines)


def tasks_of(session: Session, lines: Sequence[Missing]) -> list[SendTask]:
    """What some outlets miss, with what a line of it names."""
    edition_ids = {line.edition_id for line in lines}
    editions = {each.id: each for each in session.scalars(editions_with_places(edition_ids))}
    several = {line.outlet.id for line in lines if line.wanted > 1}
    counts = airing_counts(session, several, edition_ids) if several else {}
    return [
        _task(line, editions[line.edition_id], counts.get((line.outlet.id, line.edition_id), 0))
        for line in lines
    ]


def _removal(sending: Sending) -> RemoveTask:
    return RemoveTask(
        sending_id=sending.id,
        outlet=sending.outlet.name,
        code=sending.edition.notice.code,
        title=sending.edition.title,
        link=sending.link,
    )


def _task(line: Missing, edition: Edition, sent: int) -> SendTask:
    notice, outlet = edition.notice, line.outlet
    return SendTask(
        outlet_id=outlet.id,
        outlet=outlet.name,
        kind=outlet.kind,
        code=notice.code,
        title=edition.title,
        village=notice.village.name if notice.village else "乡镇",
        due_on=line.due_on,
        sent=sent,
        wanted=line.wanted,
    )


def edition_for_outlet(
    session: Session, site: Site, outlet: Outlet, notice: Notice, now: datetime
) -> Edition:
    """The edition of a notice that is to be sent to an outlet now.

    Raises:
        Refused: a list of people, nothing of it is public now, or the outlet has it already.
    """
    ensure_for_everybody(notice)
    found = unsent_in(session, site, outlet, now).where(Edition.notice_id == notice.id)
    edition = session.scalar(found)
    if edition is None:
        raise refuse("nothing_to_send", f"这份公开件现在不用发到{outlet.name}，或者已经发过了。")
    return edition


def ensure_for_everybody(notice: Notice) -> None:
    """Lists of people go nowhere but to the board.

    Raises:
        Refused: it is one.
    """
    if notice.personal:
        raise refuse("personal", "名单里有个人信息，不发到别的渠道。请让村民到公开栏前看。")
