"""播音登记表: what the loudspeakers of a place aired in a month, and which records were put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import start_of, village_day, village_time
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.outlets.record_sent import sending_of
from bulletin.services.outlets.script import IS_NO_LOUDSPEAKER, aired_of
from bulletin.services.site import Site
from bulletin.store.airing_queries import aired_between, loudspeakers
from bulletin.store.outlets import Outlet, Sending
from bulletin.writers.broadcast.script import length_words

OF_TOWNSHIP = "乡镇"


@dataclass(frozen=True, kw_only=True)
class AiringLine:
    """One airing."""

    sending_id: int
    outlet: str
    outlet_village_id: int | None
    on: date
    at: str  # 07:12
    slot_on: date  # another day than `on` where it began on the other side of midnight
    slot: str  # 07:00; '' besides the slots
    code: str
    title: str
    number: str
    edition: int
    village: str
    times: int | None
    length: str  # 3分20秒; '' where nobody said
    by: str


@dataclass(frozen=True, kw_only=True)
class CorrectedLine:
    """A record that was put right: what it said, what is right since, and why."""

    was: AiringLine
    became: AiringLine | None  # None: it was never aired
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AiringLog:
    place: str
    has_several: bool  # loudspeakers, those that ended too: a line says which
    lines: tuple[AiringLine, ...]
    corrected: tuple[CorrectedLine, ...]
    length: str  # of all together; '' for none
    is_served: bool  # by the one who asks, who may put records right


def airing_places(site: Site, actor: Actor) -> dict[int | None, str]:
    """The places whose loudspeakers' logs a person reads; None for the township."""
    with site.sessions.reading() as session:
        return _places(actor, session.scalars(loudspeakers(actor.township_id)).all())


def _places(actor: Actor, speakers: Sequence[Outlet]) -> dict[int | None, str]:
    return {
        each.village_id: each.village.name if each.village else OF_TOWNSHIP
        for each in speakers
        if actor.may_see(each.village_id)
    }


def airing_log(site: Site, actor: Actor, village_id: int | None, month: Period) -> AiringLog:
    """A month of a place, day by day.

    Raises:
        NotFoundError: it has no loudspeaker whose log this person reads.
    """
    span = start_of(month.first), start_of(month.next().first)
    with site.sessions.reading() as session:
        speakers = session.scalars(loudspeakers(actor.township_id)).all()
        place = _places(actor, speakers).get(village_id)
        if place is None:
            raise NotFoundError("这里没有您能看的播音登记表。")
        found = aired_between(actor.township_id, village_id, *span)
        sendings = session.scalars(found).all()
        aired = [each for each in sendings if each.withdrawn_at is None]
        seconds = sum(each.airing.seconds or 0 for each in aired if each.airing)
        return AiringLog(
            place=place,
            has_several=sum(each.village_id == village_id for each in speakers) > 1,
            lines=tuple(_line(each) for each in aired),
            corrected=tuple(_corrected(session, sendings)),
            length=length_words(seconds) if seconds else "",
            is_served=actor.tends_boards_of(village_id),
        )


def airing_line(site: Site, actor: Actor, sending_id: int) -> AiringLine:
    """One record, for whoever puts it right; raises as `correct_airing`."""
    with site.sessions.reading() as session:
        sending = sending_of(session, actor, sending_id)
        if sending.airing is None:
            raise NotFoundError(IS_NO_LOUDSPEAKER)
        return _line(sending)


def _line(sending: Sending) -> AiringLine:
    airing, edition, aired = sending.airing, sending.edition, aired_of(sending)
    notice = edition.notice
    return AiringLine(
        sending_id=sending.id,
        outlet=sending.outlet.name,
        outlet_village_id=sending.outlet.village_id,
        on=village_day(sending.sent_at),
        at=f"{village_time(sending.sent_at):%H:%M}",
        slot_on=aired.place[0],
        slot=aired.slot,
        code=notice.code,
        title=edition.title,
        number=notice.register_name or "",
        edition=edition.number,
        village=notice.village.name if notice.village else OF_TOWNSHIP,
        times=airing.times if airing else None,
        length=length_words(airing.seconds) if airing and airing.seconds else "",
        by=sending.person_name,
    )


def _corrected(session: Session, sendings: Sequence[Sending]) -> list[CorrectedLine]:
    lines = []
    for sending in sendings:
        airing = sending.airing
        if sending.withdrawn_at is None or airing is None:
            continue
        right = session.get(Sending, airing.replaced_by_id) if airing.replaced_by_id else None
        lines.append(
            CorrectedLine(
                was=_line(sending),
                became=_line(right) if right else None,
                reason=airing.reason,
                by=airing.corrected_by,
                at=sending.withdrawn_at,
            )
        )
    return lines
