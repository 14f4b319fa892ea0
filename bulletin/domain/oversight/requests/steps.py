"""What may still be done with a request, and why not: each refusal names its article."""

from datetime import date

from bulletin.domain.days import day_words
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.errors import Refusal
from bulletin.domain.oversight.requests.clock import (
    LIMIT_OF,
    DayLimit,
    Limit,
    Limits,
    WaitsFor,
    clock_of,
    latest_mending_on,
)
from bulletin.domain.oversight.requests.course import Consulted, Course, ReceivedBy

STILL_UNCLEAR = "still_unclear"  # an outcome that presupposes a mending
WITHDRAWN = "withdrawn"


def why_confirmed_late(
    by: ReceivedBy,
    arrived_on: date,
    confirmed_on: date,
    reason: str,
    limit: DayLimit,
    calendar: WorkCalendar,
) -> list[Refusal]:
    """Why a confirmation so long after the arrival is not taken without a reason (第三十一条).

    A plain letter is confirmed on the day on which it came; `limit` is the office's for the other ways.
    """
    if not by.is_confirmed_first or reason.strip():
        return []
    is_letter = by is ReceivedBy.PLAIN_POST
    latest = arrived_on if is_letter else calendar.count(arrived_on, limit.days)[0]
    if confirmed_on <= latest:
        return []
    within = "收到的当天" if is_letter else f"{limit.days}个工作日内"
    words = (
        f"{by.label}的申请，应当在{within}与申请人确认（条例{limit.article}）。晚了的，请写明原因。"
    )
    return [_refusal("confirmed_late", words)]


def why_no_mending(
    course: Course, on: date, until_on: date, limits: Limits, calendar: WorkCalendar
) -> list[Refusal]:
    """Why the applicant can't be asked on a day to mend the request by another."""
    limit = limits[Limit.MENDING]
    reasons = [*_too_early(course, on)]
    if course.mending:
        reasons.append(_refusal("mended_once", f"补正只能一次性告知（条例{limit.article}）。"))
    latest = latest_mending_on(course, limits, calendar)
    if on > latest:
        words = f"补正要在收到后{limit.days}个工作日内告知，最晚{day_words(latest, since=on)}（条例{limit.article}）。"
        reasons.append(_refusal("mending_late", words))
    if until_on <= on:
        reasons.append(_refusal("no_time", f"要给申请人合理的补正期限（条例{limit.article}）。"))
    return reasons


def why_no_extension(
    course: Course, on: date, days: int, consent_by: str, limits: Limits, calendar: WorkCalendar
) -> list[Refusal]:
    """Why it can't be extended on a day by some working days."""
    limit = limits[Limit.EXTENSION]
    reasons = [*_too_early(course, on)]
    if course.extension:
        reasons.append(_refusal("extended_once", f"只能延长一次（条例{limit.article}）。"))
    if not 0 < days <= limit.days:
        words = f"延长最多{limit.days}个工作日（条例{limit.article}）。"
        reasons.append(_refusal("extension_long", words))
    if not consent_by.strip():
        words = f"延长要经政府信息公开工作机构负责人同意，请填是谁（条例{limit.article}）。"
        reasons.append(_refusal("no_consent", words))
    clock = clock_of(course, limits, calendar)
    due_on = clock.due_on
    if on > due_on and clock.waits_for is None:
        words = f"已经过了答复期限（{day_words(due_on, since=on)}），不能再延长（条例{limit.article}）。"
        reasons.append(_refusal("extension_late", words))
    return reasons


def why_no_inquiry(
    course: Course, on: date, kind: Consulted, who: str, limits: Limits, calendar: WorkCalendar
) -> list[Refusal]:
    """Why somebody can't have been asked for an opinion on a day: each is asked once, and while there is time."""
    article = limits[LIMIT_OF[kind]].article
    reasons = [*_too_early(course, on)]
    if not who.strip():
        reasons.append(_refusal("nobody_asked", f"请写明征求谁的意见（条例{article}）。"))
    if any(each.who == who.strip() and each.kind is kind for each in course.inquiries):
        words = f"已经征求过{who.strip()}的意见，同一方只征求一次（条例{article}）。"
        reasons.append(_refusal("asked_once", words))
    due_on = clock_of(course, limits, calendar).due_on
    if on >= due_on:
        words = f"要在答复期限（{day_words(due_on, since=on)}）之前征求（条例{article}）。"
        reasons.append(_refusal("inquiry_late", words))
    return reasons


def why_no_fee(course: Course, on: date, yuan: int) -> list[Refusal]:
    """Why the applicant can't be told on a day to pay."""
    reasons = [*_too_early(course, on)]
    if not yuan:
        words = "这个月这位申请人的申请还没到收费的件数（条例第四十二条、国办函〔2020〕109号）。"
        reasons.append(_refusal("free_of_charge", words))
    if course.fee:
        words = "已经告知过缴费（条例第四十二条）。"
        reasons.append(_refusal("charged_once", words))
    return reasons


def why_no_answer(
    course: Course, on: date, outcome: str, words: str, limits: Limits, calendar: WorkCalendar
) -> list[Refusal]:
    """Why it can't have ended like that on a day. A withdrawal says how the applicant declared it."""
    reasons = [*_too_early(course, on)]
    clock = clock_of(course, limits, calendar)
    if not outcome:
        words = "请选答复属于哪一类（条例第三十六条至第三十九条）。"
        reasons.append(_refusal("no_outcome", words))
    if outcome in set(WaitsFor) and (
        clock.waits_for != outcome or clock.given_up_on is None or on < clock.given_up_on
    ):
        words = "没有告知过，或者期限还没有过，不能按放弃申请处理（条例第三十条、第四十二条）。"
        reasons.append(_refusal("not_given_up", words))
    if outcome == WITHDRAWN and not words.strip():
        reasons.append(_refusal("no_statement", "请写明申请人哪一天、怎样表示撤回。"))
    if outcome == STILL_UNCLEAR and not (course.mending and course.mending.arrived_on):
        words = "没有要求补正过，或者还没有补来，不能按补正后仍不明确处理（条例第三十条）。"
        reasons.append(_refusal("not_mended_yet", words))
    last_on = max(_days_of(course), default=course.received_on)
    if on < last_on:
        words = f"答复不能早于最后一步（{day_words(last_on, since=on)}），请核对日子（条例第三十三条）。"
        reasons.append(_refusal("before_step", words))
    return reasons


def _days_of(course: Course) -> list[date]:
    """The days on which something was done with it."""
    days = [day for each in course.inquiries for day in (each.received_on, each.answered_on)]
    if course.mending:
        days += course.mending.asked_on, course.mending.arrived_on
    if course.extension:
        days.append(course.extension.told_on)
    if course.fee:
        days += course.fee.told_on, course.fee.paid_on
    return [day for day in days if day is not None]


def _too_early(course: Course, on: date) -> list[Refusal]:
    if on >= course.received_on:
        return []
    received = day_words(course.received_on, since=on)
    return [_refusal("before_receipt", f"日子不能早于收到申请的{received}（条例第三十一条）。")]


def _refusal(code: str, sentence: str) -> Refusal:
    return Refusal(code, sentence)
