"""责任分工 as of a day, and on paper."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import day_words, village_day
from bulletin.domain.oversight.responsibilities import LeadSeat
from bulletin.domain.people import Actor
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet
from bulletin.sheets.office_paper import OfficePaper, PaperColumn, PaperSection
from bulletin.store.people import Person
from bulletin.store.places import Township
from bulletin.store.responsibilities import Responsibility, responsibilities_of


@dataclass(frozen=True, kw_only=True)
class SeatLine:
    id: int
    seat: LeadSeat
    name: str
    post: str
    covers: str
    village_id: int | None
    village: str  # '' where it is not about one
    from_on: date
    until_on: date | None
    has_left: bool  # the seat goes on, and the person holds no role any more

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Seats:
    as_of: date
    held: tuple[SeatLine, ...]  # by seat
    others: tuple[SeatLine, ...]  # of before, and to come; the newest first


def seats(site: Site, actor: Actor, now: datetime, *, as_of: date | None = None) -> Seats:
    """Who answers for what on a day, and who did or will on others."""
    day = as_of or village_day(now)
    with site.sessions.reading() as session:
        found = session.scalars(responsibilities_of(actor.township_id)).unique()
        lines = [_line(each, day) for each in found]
    order = list(LeadSeat)
    held = sorted((e for e in lines if e.holds(day)), key=lambda e: order.index(e.seat))
    others = tuple(each for each in reversed(lines) if not each.holds(day))
    return Seats(day, tuple(held), others)


def _line(seat: Responsibility, day: date) -> SeatLine:
    return SeatLine(
        id=seat.id,
        seat=seat.seat,
        name=seat.name,
        post=seat.post,
        covers=seat.covers,
        village_id=seat.village_id,
        village=seat.village.name if seat.village else "",
        from_on=seat.from_on,
        until_on=seat.until_on,
        has_left=seat.person is not None and not _is_active(seat.person, day),
    )


def _is_active(person: Person, day: date) -> bool:
    if person.left_on is not None and person.left_on <= day:
        return False
    return any(
        each.from_on <= day and (each.until_on is None or day <= each.until_on)
        for each in person.appointments
    )


def seats_paper(site: Site, actor: Actor, found: Seats) -> tuple[str, PrintedSheet]:
    """The list as it stands on the day.

    Returns:
        The name of the file, and the sheet.
    """
    columns = (
        PaperColumn("", 0.8),
        PaperColumn("姓名", 1),
        PaperColumn("职务", 1.8),
        PaperColumn("负责什么", 3.4),
        PaperColumn("从哪天起", 1.6),
    )
    rows = tuple(
        (each.seat.label, each.name, each.post, covers_words(each), day_words(each.from_on))
        for each in found.held
    )
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        facts = OfficePaper(
            township=f"{township.county}{township.name}",
            title=f"{township.name}政务村务公开责任分工",
            under=f"{day_words(found.as_of)}的分工",
            sections=(PaperSection("", (), columns, rows),),
            signed=("主要领导：", "日期："),
            mark=demo_mark(township),
        )
    return f"责任分工-{found.as_of}.pdf", site.composer.compose_office_paper(facts)


def covers_words(line: SeatLine) -> str:
    """包张家村，财务公开."""
    village = f"包{line.village}" if line.village else ""
    return "，".join(filter(None, (village, line.covers)))
