"""By which day a request for information is answered, and why (政府信息公开条例第三十条至第三十四条).

Twenty working days from the day after receipt; one extension of at most twenty. A mended request, and a fee that was paid,
begin the count anew. The days on which third parties and other bodies were asked are not counted, each at most for as long
as they may take.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin.domain.days import ONE_DAY, day_words
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.oversight.requests.course import Consulted, Course, Inquiry


class Limit(StrEnum):
    ANSWER = "answer"
    EXTENSION = "extension"
    MENDING = "mending"
    THIRD_PARTY = "third_party"
    BODY = "body"
    PAYMENT = "payment"


@dataclass(frozen=True)
class DayLimit:
    days: int  # working days
    article: str


class WaitsFor(StrEnum):
    """What the applicant still has to do: as the outcome is called when it is never done."""

    MENDING = "not_mended"
    PAYMENT = "fee_unpaid"


Limits = Mapping[Limit, DayLimit]
LIMIT_OF = {Consulted.THIRD_PARTY: Limit.THIRD_PARTY, Consulted.BODY: Limit.BODY}


@dataclass(frozen=True)
class ClockStep:
    """One line of how a day came about."""

    on: date
    words: str
    article: str


@dataclass(frozen=True, kw_only=True)
class Clock:
    due_on: date  # as it stands; while the applicant is waited for, nothing is due
    steps: tuple[ClockStep, ...]
    waits_for: WaitsFor | None  # of the applicant: until it comes, no day runs for the office
    given_up_on: date | None  # since when the applicant is then held to have given up
    is_provisional: bool  # holidays of a year that is not announced yet


def clock_of(course: Course, limits: Limits, calendar: WorkCalendar) -> Clock:
    """The day by which it is answered at the latest, as far as is known."""
    start = _start(course)
    days = limits[Limit.ANSWER].days + (course.extension.days if course.extension else 0)
    still = [_span(inquiry, limits, calendar) for inquiry in course.inquiries]
    due_on, waiting = start, _waiting(course, limits, calendar)
    while days:
        due_on += ONE_DAY
        is_still = any(first < due_on <= last for first, last in still)
        days -= calendar.is_workday(due_on) and not is_still
    return Clock(
        due_on=due_on,
        steps=tuple(sorted(_steps(course, limits, calendar), key=lambda step: step.on)),
        waits_for=waiting[0] if waiting else None,
        given_up_on=waiting[1] if waiting else None,
        is_provisional=not calendar.is_settled(start, due_on),
    )


def _start(course: Course) -> date:
    """The day after which is counted: what came last of the request, its mending and its fee."""
    mended_on = course.mending.arrived_on if course.mending else None
    paid_on = course.fee.paid_on if course.fee else None
    return max(day for day in (course.received_on, mended_on, paid_on) if day is not None)


def latest_mending_on(course: Course, limits: Limits, calendar: WorkCalendar) -> date:
    """The last day on which the applicant may be told what to mend."""
    return calendar.count(course.received_on, limits[Limit.MENDING].days)[0]


def latest_reply_on(inquiry: Inquiry, limits: Limits, calendar: WorkCalendar) -> date:
    """The last day of whom is asked; who is silent then leaves it to the office."""
    return calendar.count(inquiry.received_on, limits[LIMIT_OF[inquiry.kind]].days)[0]


def _span(inquiry: Inquiry, limits: Limits, calendar: WorkCalendar) -> tuple[date, date]:
    """The days that do not count: after the first, up to the last."""
    latest = latest_reply_on(inquiry, limits, calendar)
    return inquiry.received_on, min(inquiry.answered_on or latest, latest)


def _waiting(
    course: Course, limits: Limits, calendar: WorkCalendar
) -> tuple[WaitsFor, date] | None:
    """For what the office waits, and from which day on it waits no longer."""
    if course.mending and course.mending.arrived_on is None:
        return WaitsFor.MENDING, course.mending.until_on + ONE_DAY
    if course.fee and course.fee.paid_on is None:
        last_on, _ = calendar.count(course.fee.told_on, limits[Limit.PAYMENT].days)
        return WaitsFor.PAYMENT, last_on + ONE_DAY
    return None


def _steps(course: Course, limits: Limits, calendar: WorkCalendar) -> Iterator[ClockStep]:
    answer = limits[Limit.ANSWER]
    how = "双方确认之日" if course.received_by.is_confirmed_first else "收到之日"
    yield ClockStep(
        course.received_on,
        f"{course.received_by.label}，{how}起算，{answer.days}个工作日内答复，当天不算",
        f"第三十一条、{answer.article}",
    )
    if mending := course.mending:
        article = limits[Limit.MENDING].article
        until = day_words(mending.until_on, since=mending.asked_on)
        yield ClockStep(mending.asked_on, f"告知补正，{until}前补来", article)
        if mending.arrived_on:
            yield ClockStep(mending.arrived_on, "收到补正的申请，从这天重新起算", article)
    if extension := course.extension:
        words = f"经{extension.consent_by}同意，延长{extension.days}个工作日，已告知申请人"
        yield ClockStep(extension.told_on, words, limits[Limit.EXTENSION].article)
    for inquiry in course.inquiries:
        limit = limits[LIMIT_OF[inquiry.kind]]
        words = f"{inquiry.kind.label}收到征求意见，最多{limit.days}个工作日，这段时间不算"
        yield ClockStep(inquiry.received_on, words, f"{limit.article}、第三十三条第三款")
        _, last = _span(inquiry, limits, calendar)
        said = "答复" if inquiry.answered_on and inquiry.answered_on <= last else "没有按时答复"
        yield ClockStep(last, f"{inquiry.kind.label}{said}，接着算", limit.article)
    if fee := course.fee:
        article = limits[Limit.PAYMENT].article
        yield ClockStep(fee.told_on, "告知缴信息处理费", article)
        if fee.paid_on:
            yield ClockStep(fee.paid_on, "缴清，从这天重新起算", article)
