"""Duties as people see them: what is owed, by when, and on whose desk it lies."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog
from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage import CoverageState, standing_of
from bulletin.domain.duties.planned_day import LatePlan
from bulletin.domain.duties.status import OPEN, DutyStatus
from bulletin.domain.notices.workflow import State, state_at
from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.domain.people import Actor
from bulletin.services.access import visible_duty
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.evidence import EvidenceBook, evidence_books
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.edition_progress import lies_with, state_words
from bulletin.services.site import Site
from bulletin.store.duties import Duty, duties_of
from bulletin.store.duty_lists import duties_at, unsettled
from bulletin.store.notice_queries import notices_by_duty
from bulletin.store.notices import Notice


@dataclass(frozen=True, kw_only=True)
class AnsweringNotice:
    code: str
    edition: int
    title: str
    state: State
    state_words: str
    lies_with: str  # '' when nobody has to act
    since_on: date
    late: LatePlan | None  # it is planned for after its day
    is_taken_down: bool


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    id: int
    village_id: int | None
    village: str  # '' for the township's own
    publisher: str
    item_code: str
    item: str  # 村级财务收支情况
    occasion: str
    label: str  # 2026年第三季度
    matter: str
    rule_on: date | None
    due_on: date | None
    provisional: bool
    counted_on: date | None = None  # where the count ended, when that was a day off; else None
    day_off: str = ""  # 周末: why it is due later than counted; '' when it isn't
    status: DutyStatus
    state: CoverageState
    web_on: date | None  # since when it can be read online without a gap
    wall_on: date | None  # since when it hangs, or hung, on a board
    taken_down_on: date | None  # the day on which what answered it was taken down
    remark: str  # the day or the number behind the state: 2026年11月20日上墙
    days_left: int | None  # negative: days late
    starts_matter: bool  # a waiting item whose event opens a matter
    waits_for_event: bool  # a phase of a matter whose event has no day yet
    notices: tuple[AnsweringNotice, ...]
    reason: str  # why it is not applicable, or was taken down
    declared_by: str  # who said that it is not applicable; '' for the clock
    runs_until: date | None  # the period that it reports on is not over yet

    @property
    def title(self) -> str:
        return self.matter or self.item

    @property
    def report_year(self) -> int | None:
        """Of which year it asks for the annual report, which is issued on a page of its own.

        None where the township's catalog asks for it in another rhythm: such a time is written by hand.
        """
        is_yearly = self.item_code == REPORT_ITEM and self.occasion.isdecimal()
        return int(self.occasion) if is_yearly else None

    @property
    def late_words(self) -> str:
        """How much later than due its notice is planned; '' when it is on time, or not written."""
        late = self.notices[-1].late if self.notices else None
        return late.words if late else ""

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def may_start(self) -> bool:
        """Whether a notice is to be written: none answers it, or what did was taken down."""
        return self.is_open and all(notice.is_taken_down for notice in self.notices)

    @property
    def is_settled(self) -> bool:
        return not self.is_open and self.status is not DutyStatus.WAITING


def duty_lines(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    village_id: int | None = None,
    as_of: date | None = None,
    first_due: date | None = None,
    last_due: date | None = None,
    settled: bool = True,
) -> list[DutyLine]:
    """The duties that a person may see, by due day, as they stand on a day.

    Args:
        settled: False leaves out what is answered by now or does not apply.
    """
    query = duties_of(
        actor.township_id, village_id=village_id, first_due=first_due, last_due=last_due
    )
    day = as_of or village_day(now)
    query = query.where(duties_at(actor.township_id, actor.places))
    with site.sessions.reading() as session:
        duties = session.scalars(query if settled else query.where(unsettled(day, now))).all()
        lines = _lines(session, site, list(duties), day, now)
        return lines if settled else [line for line in lines if not line.is_settled]


def duty_line(session: Session, site: Site, actor: Actor, duty_id: int, now: datetime) -> DutyLine:
    """One duty.

    Raises:
        NotFoundError: no such duty, or none of this person's.
    """
    duty = visible_duty(session, actor, duty_id)
    return lines_of(session, site, [duty], now)[0]


def lines_of(session: Session, site: Site, duties: list[Duty], now: datetime) -> list[DutyLine]:
    """Some duties as they stand now."""
    return _lines(session, site, duties, village_day(now), now)


def _lines(
    session: Session, site: Site, duties: list[Duty], today: date, now: datetime
) -> list[DutyLine]:
    duty_ids = [duty.id for duty in duties]
    answering = notices_by_duty(session, duty_ids)
    books = evidence_books(session, site, duty_ids, today, now)
    catalogs = catalogs_of(session, (duty.adoption_id for duty in duties))
    return [
        _line(site, duty, answering.get(duty.id, []), books[duty.id], catalogs, today, now)
        for duty in duties
    ]


def _line(
    site: Site,
    duty: Duty,
    answering: list[Notice],
    book: EvidenceBook,
    catalogs: dict[int, Catalog],
    today: date,
    now: datetime,
) -> DutyLine:
    item, due_on = catalogs[duty.adoption_id].find(duty.item_code), book.due_on(duty)
    standing = standing_of(book.of(duty, item), today, soon_days=site.soon_days)
    return DutyLine(
        id=duty.id,
        village_id=duty.village_id,
        village=duty.village.name if duty.village else "",
        publisher=duty.publisher.name,
        item_code=duty.item_code,
        item=item.title if item else duty.item_code,
        occasion=duty.occasion,
        label=duty.label,
        matter=duty.matter.title if duty.matter else "",
        rule_on=duty.rule_on,
        due_on=due_on,
        provisional=bool(duty.calculation.get("provisional")),
        counted_on=counted_on(duty),
        day_off=duty.calculation.get("day_off", ""),
        status=standing.status,
        state=standing.state,
        web_on=standing.web_on,
        wall_on=standing.wall_on,
        taken_down_on=standing.taken_down_on,
        remark=standing.remark,
        days_left=(due_on - today).days if due_on and standing.status in OPEN else None,
        starts_matter=duty.due_on is None and duty.matter_id is None,
        waits_for_event=duty.due_on is None and duty.matter_id is not None,
        notices=tuple(_answering(site, notice, now) for notice in answering),
        reason=standing.reason,
        declared_by=standing.declared_by,
        runs_until=over - ONE_DAY if (over := period_over(duty)) and today < over else None,
    )


def counted_on(duty: Duty) -> date | None:
    """Where the count of a duty's day ended, when that was a day off."""
    moved_from = duty.calculation.get("counted_on")
    return date.fromisoformat(moved_from) if moved_from else None


def period_over(duty: Duty) -> date | None:
    """The day after its period, when the duty is to report on it afterwards."""
    try:
        following = Period.parse(duty.occasion).next().first
    except ValueError:
        return None  # an event or a matter
    return following if duty.due_on and following <= duty.due_on else None


def _answering(site: Site, notice: Notice, now: datetime) -> AnsweringNotice:
    edition = notice.editions[-1]
    state = state_at(edition.state, edition.publish_at, now)
    return AnsweringNotice(
        code=notice.code,
        edition=edition.number,
        title=edition.title,
        state=state,
        state_words=state_words(edition),
        lies_with=lies_with(site, edition),
        since_on=village_day(edition.state_since),
        late=late_plan_of(edition, now),
        is_taken_down=notice.effective_edition.state is State.TAKEN_DOWN,
    )
