"""为什么是这一天: how a duty's day came about, in sentences that can be checked by hand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.workdays import WorkCalendar, days_between
from bulletin.domain.duties.coverage import NotApplicable
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import Actor, Role
from bulletin.services.access import may_see
from bulletin.services.catalog.in_force import adopted, catalogs_of
from bulletin.services.duties.due_date import counts_back, limit_of, phase_of
from bulletin.services.duties.evidence import evidence_books
from bulletin.services.duties.overview import DutyLine, counted_on, duty_line, period_over
from bulletin.services.edition_progress import DeskTime, desk_times
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import DueDayChange, Duty
from bulletin.store.duty_lists import duties_with_changes
from bulletin.store.notice_queries import notices_by_duty
from bulletin.store.notices import Notice

WITHOUT_NUMBER = frozenset({"promptly", "stage"})  # 随时, 及时: the site says how many days
CONFIRMED = "放假和调休按国务院办公厅公布的安排，日期已经确定。"
DAYS_OFF_RULE = "《民法典》第二百零三条"
PROVISIONAL = "那一年的放假安排还没有公布，日期到时可能变动。"


def explanations(site: Site, actor: Actor, duty_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Why each duty is due on its day: the rule, the counting, the law.

    Duties without a day, and those that the person may not see, are left out.
    """
    by_duty: dict[int, tuple[str, ...]] = {}
    with site.sessions.reading() as session:
        found = session.scalars(duties_with_changes(list(duty_ids)))
        duties = [duty for duty in found if may_see(actor, duty)]
        catalogs = catalogs_of(session, (duty.adoption_id for duty in duties))
        for duty in duties:
            item = catalogs[duty.adoption_id].find(duty.item_code)
            if item is not None and duty.due_on is not None:
                by_duty[duty.id] = _sentences(duty, duty.due_on, item, site.calendar)
    return by_duty


def _sentences(
    duty: Duty, due_on: date, item: DisclosureItem, calendar: WorkCalendar
) -> tuple[str, ...]:
    limit = limit_of(duty, item)
    sentences = [_rule_words(duty, item)]
    if limit.kind in WITHOUT_NUMBER and limit.days is None and duty.event_on is not None:
        within = ((counted_on(duty) or due_on) - duty.event_on).days
        sentences.append(f"没有写几天以内，按{within}天算。")
    sentences.append(_counting(duty, due_on, calendar))
    if duty.calculation.get("provisional"):
        sentences.append(PROVISIONAL)
    elif duty.calculation.get("unit") == "working":
        sentences.append(CONFIRMED)
    sentences += [
        _change_words(change, was) for change in duty.changes if (was := change.before_on)
    ]
    if put_off := _put_off_words(duty):
        sentences.append(put_off)
    sentences.append(f"依据：{item.bases[0].words()}。")
    return tuple(sentences)


def _put_off_words(duty: Duty) -> str:
    """An event put off after its notice was public: the day of the duty was judged and stays."""
    counted_from = duty.calculation.get("counted_from")
    if not counted_from or duty.event_on in {None, date.fromisoformat(counted_from)}:
        return ""
    return f"后来改期到{day_words(duty.event_on)}：已经公开的公示到那一天，最迟的日子不变。"


def _rule_words(duty: Duty, item: DisclosureItem) -> str:
    """The rule in the words of the catalog, or of the step that has its own."""
    phase = phase_of(duty)
    if phase is None or phase.time_limit is None:
        return f"目录规定：{item.deadline_text.rstrip('。')}。"
    days, unit = phase.time_limit.days, phase.time_limit.unit
    within = f"{days}{'个工作日' if unit == 'working' else '日'}内" if days else "及时"
    return f"这一步的规定：{phase.event}后{within}公开。"


def _change_words(change: DueDayChange, before_on: date) -> str:
    now = f"改为{day_words(change.due_on)}" if change.due_on else "没有了期限"
    when = f"{day_words(village_day(change.at))}{change.cause.label}"
    return f"{when}，重新计算：原来是{day_words(before_on)}，{now}。"


def _counting(duty: Duty, due_on: date, calendar: WorkCalendar) -> str:
    """How the days were counted: 从10月8日的第二天数起，第7个工作日是10月17日，其中周末2天不算."""
    start, instead_of = (duty.calculation.get(key) for key in ("counted_from", "instead_of"))
    if instead_of:
        return f"{duty.label}原来由{instead_of}一起公开，现在单独公开，最迟{day_words(due_on)}。"
    if not start:
        last = day_words(due_on)
        return f"登记的日期就是{last}。" if duty.event_on else f"所以{duty.label}最迟{last}公开。"
    counted_from, skipped = date.fromisoformat(start), days_skipped(duty)
    ends_on = counted_on(duty) or due_on
    count = abs((ends_on - counted_from).days) - len(skipped)
    by_workdays = duty.calculation["unit"] == "working"
    first = f"{day_words(counted_from)}{'（登记的日期）' if duty.event_on else ''}"
    direction = "的第二天数起" if due_on >= counted_from else "往前数"
    unit = "个工作日" if by_workdays else "天"
    words = f"从{first}{direction}，第{count}{unit}是{day_words(ends_on, since=counted_from)}"
    if ends_on != due_on:
        return f"{words}。{moved_words(duty, ends_on, due_on)}"
    worked = _worked_words(counted_from, due_on, calendar) if by_workdays else ""
    return f"{words}{_skipped_words(skipped, calendar)}{worked}。"


def moved_words(duty: Duty, ends_on: date, due_on: date) -> str:
    """民法典第二百零三条, with both days."""
    ended, due = day_words(ends_on, since=due_on), day_words(due_on)
    return f"{ended}是{duty.calculation['day_off']}，按{DAYS_OFF_RULE}顺延到下一个工作日{due}。"


def days_skipped(duty: Duty) -> list[date]:
    """The days off that the count of a duty's day left out."""
    return [date.fromisoformat(day) for day in duty.calculation.get("skipped", ())]


def _worked_words(counted_from: date, due_on: date, calendar: WorkCalendar) -> str:
    """调休: the weekends within the count on which people work."""
    counted = set(days_between(*sorted((counted_from, due_on)))) - {counted_from}
    worked = sorted(calendar.working_weekends & counted)
    days = "、".join(day_words(day, since=counted_from) for day in worked)
    return f"；{days}是周末，调休上班，算工作日" if worked else ""


def _skipped_words(skipped: list[date], calendar: WorkCalendar) -> str:
    if not skipped:
        return ""
    reasons = Counter(calendar.why_off(day) for day in skipped)
    return f"，其中{'、'.join(f'{why}{days}天' for why, days in reasons.items())}不算"


@dataclass(frozen=True)
class DutyDetail:
    line: DutyLine
    why: tuple[str, ...]
    days_off: tuple[tuple[date, str], ...]  # that the count left out, with the reason
    desk_times: tuple[DeskTime, ...]
    opened_on: date
    event_on: date | None
    declared_by: str  # who declared it not applicable; '' for the clock
    not_applicable: tuple[NotApplicable, ...]  # for some evenings, and taken back since
    mine: bool  # the person may draft it, and take back that it is not applicable
    may_put_off: bool = False  # its notice is public and serves its event, which may come later


def duty_detail(site: Site, actor: Actor, duty_id: int, now: datetime) -> DutyDetail:
    """Everything about one duty.

    Raises:
        NotFoundError: no such duty, or none of this person's.
    """
    with site.sessions.reading() as session:
        line = duty_line(session, site, actor, duty_id, now)
        duty = session.get_one(Duty, duty_id)
        answering = notices_by_duty(session, [duty_id]).get(duty_id, [])
        book = evidence_books(session, site, [duty_id], village_day(now), now)[duty_id]
        spans = book.of(duty, None).not_applicable
        days_off = ((day, site.calendar.why_off(day)) for day in days_skipped(duty))
        return DutyDetail(
            line=line,
            why=explanations(site, actor, [duty_id]).get(duty_id, ()),
            days_off=tuple(days_off),
            desk_times=(*_stays(site, duty, answering, village_day(now)), *_owed_again(line)),
            opened_on=village_day(duty.opened_at),
            event_on=duty.event_on,
            declared_by=line.declared_by,
            not_applicable=tuple(
                span for span in spans if span.from_on < (span.until_on or date.min)
            ),
            may_put_off=bool(line.due_on) and _serves_event(session, duty),
            mine=actor.holds(Role.LIAISON, duty.village_id),
        )


def _serves_event(session: Session, duty: Duty) -> bool:
    item = adopted(session.get_one(Adoption, duty.adoption_id)).find(duty.item_code)
    return item is not None and counts_back(duty, item) and not duty.not_applicable_reason


def _stays(site: Site, duty: Duty, answering: list[Notice], today: date) -> list[DeskTime]:
    """Before the first line was written, then whoever the first notice waited for."""
    over = period_over(duty)
    idle_from = max(village_day(duty.opened_at), duty.event_on or date.min, over or date.min)
    first = next((n for n in answering if n.editions[0].state is not State.CANCELLED), None)
    liaison = Role.LIAISON.label
    if first is None:
        waits = duty.due_on is None or duty.not_applicable_reason or today < idle_from
        return [] if waits else [DeskTime(liaison, "还没有动笔", idle_from, None)]
    begun_on = village_day(first.opened_at)
    desks = desk_times(site, first.editions[0])
    if begun_on <= idle_from:
        return desks
    return [DeskTime(liaison, "还没有动笔", idle_from, begun_on), *desks]


def _owed_again(line: DutyLine) -> Iterable[DeskTime]:
    """Since its notice was taken down it lies with the liaison once more."""
    if line.taken_down_on is not None and line.may_start:
        yield DeskTime(Role.LIAISON.label, "撤下以后还没有补上", line.taken_down_on, None)
