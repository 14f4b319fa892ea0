"""All questions of a township with every clock that ran for them, as of any day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.feedback.kinds import FeedbackChannel, FeedbackKind, Level, NotTaken
from bulletin.domain.feedback.permissions import reads_all
from bulletin.domain.labels import Labelled
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor
from bulletin.services.site import Site
from bulletin.store.feedback import Feedback, ReplyTerm
from bulletin.store.feedback_ledger import above_village, asked_by, waiting_on, with_correction


class LedgerTab(Labelled):
    ALL = "all", "全部"
    WAITING = "waiting", "等答复的"
    LATE = "late", "超期没答的"
    ABOVE = "above", "请上一级答复的"
    CORRECTED = "corrected", "因此更正的"


@dataclass(frozen=True)
class LedgerClock:
    """One term, as it stood on the day that is asked for."""

    level: Level
    due_on: date
    answered_on: date | None  # None: not by that day
    is_late: bool  # answered after its day, or the day has passed

    @property
    def has_failed(self) -> bool:
        """The day has passed without an answer."""
        return self.is_late and self.answered_on is None


@dataclass(frozen=True, kw_only=True)
class FeedbackLedgerLine:
    id: int
    kind: FeedbackKind
    channel: FeedbackChannel
    place: str
    about: str  # the title of the notice, what is requested; ''
    asked_on: date
    clocks: tuple[LedgerClock, ...]  # in the order in which they began
    not_taken: NotTaken | None
    joint: str  # 联名…; ''
    corrections: tuple[tuple[str, int], ...]  # code and number of the editions begun because of it


def feedback_ledger(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    tab: LedgerTab = LedgerTab.ALL,
    village_id: int | None = None,
    as_of: date | None = None,
    number: int | None = None,
) -> Page[FeedbackLedgerLine]:
    """A page of the ledger, the newest first.

    Args:
        village_id: only what was asked of this village.
        as_of: the day whose evening is asked for; None for today.

    Raises:
        Refused: the person does not see what came to the township.
    """
    ensure_reads_ledger(actor)
    day = as_of or village_day(now)
    places = actor.places if village_id is None else {village_id}
    query = _narrowed(asked_by(actor.township_id, places, day), tab, day)
    with site.sessions.reading() as session:
        ids = query.with_only_columns(Feedback.id).order_by(None).options()
        count = session.scalar(select(func.count()).select_from(ids.subquery()))
        span = page_span(count or 0, number)
        rows = session.scalars(query.offset(span.first).limit(span.per_page))
        return span.with_lines([_line(each, day) for each in rows])


def ensure_reads_ledger(actor: Actor) -> None:
    """Refuse whoever does not see what came to the township.

    Raises:
        Refused: the person does not.
    """
    if not reads_all(actor):
        raise refuse("not_your_role", "反馈台账由乡镇的专职信息员、分管领导、督查、管理员查看。")


def _narrowed(query: Select[Feedback], tab: LedgerTab, day: date) -> Select[Feedback]:
    match tab:
        case LedgerTab.WAITING:
            return waiting_on(query, day, only_late=False)
        case LedgerTab.LATE:
            return waiting_on(query, day, only_late=True)
        case LedgerTab.ABOVE:
            return above_village(query, day)
        case LedgerTab.CORRECTED:
            return with_correction(query)
        case LedgerTab.ALL:
            return query


def _line(feedback: Feedback, day: date) -> FeedbackLedgerLine:
    notice = feedback.notice
    return FeedbackLedgerLine(
        id=feedback.id,
        kind=feedback.kind,
        channel=feedback.channel,
        place=(feedback.village or feedback.township).name,
        about=feedback.requested or (notice.effective_edition.title if notice else ""),
        asked_on=village_day(feedback.asked_at),
        clocks=tuple(_clock(each, day) for each in feedback.terms if each.started_on <= day),
        not_taken=feedback.not_taken,
        joint=feedback.joint.words if feedback.joint else "",
        corrections=tuple(
            (notice.code, each.edition.number) for each in feedback.corrections if notice
        ),
    )


def _clock(term: ReplyTerm, day: date) -> LedgerClock:
    answered_on = term.answered_on
    if answered_on is not None and answered_on > day:
        answered_on = None
    return LedgerClock(term.level, term.due_on, answered_on, (answered_on or day) > term.due_on)
