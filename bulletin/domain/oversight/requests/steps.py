"""What may still be done with a request, and why not: each refusal names its article."""

from datetime import date

from bulletin.domain.days import day_words
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.errors import Refusal
from bulletin.domain.oversight.requests.clock import (
    Limit,
    Limits,
    clock_of,
    latest_mending_on,
)
from bulletin.domain.oversight.requests.course import Course


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
    due_on = clock_of(course, limits, calendar).due_on
    if on > due_on:
        words = f"已经过了答复期限（{day_words(due_on, since=on)}），不能再延长（条例{limit.article}）。"
        reasons.append(_refusal("extension_late", words))
    return reasons


def why_no_inquiry(course: Course, on: date) -> list[Refusal]:
    """Why a third party, or another body, can't have been asked on a day."""
    return [*_too_early(course, on)]


def why_no_answer(course: Course, on: date, outcome: str) -> list[Refusal]:
    """Why it can't have been answered on a day."""
    reasons = [*_too_early(course, on)]
    if not outcome:
        words = "请选答复属于哪一类（条例第三十六条至第三十九条）。"
        reasons.append(_refusal("no_outcome", words))
    return reasons


def _too_early(course: Course, on: date) -> list[Refusal]:
    if on >= course.received_on:
        return []
    received = day_words(course.received_on, since=on)
    return [_refusal("before_receipt", f"日子不能早于收到申请的{received}（条例第三十一条）。")]


def _refusal(code: str, sentence: str) -> Refusal:
    return Refusal(code, sentence)
