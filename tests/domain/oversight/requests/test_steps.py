"""What can still be done with a request; each refusal names the article."""

from dataclasses import replace
from datetime import date

import pytest
from support.information_requests import CALENDAR, RULES

from bulletin.domain.oversight.requests.course import Course, Extension, Mending, ReceivedBy
from bulletin.domain.oversight.requests.steps import (
    why_no_answer,
    why_no_extension,
    why_no_inquiry,
    why_no_mending,
)

LIMITS = RULES.limits
COURSE = Course(received_on=date(2026, 3, 2), received_by=ReceivedBy.HAND)
EXTENDED = replace(COURSE, extension=Extension(date(2026, 3, 20), 10, "王主任"))
MENDED = replace(COURSE, mending=Mending(date(2026, 3, 5), date(2026, 3, 20), date(2026, 3, 9)))


def codes(reasons):
    assert all("条" in reason.sentence for reason in reasons)
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("course", "on", "until", "refused"),
    [
        (COURSE, 11, 20, []),
        (COURSE, 12, 20, ["mending_late"]),
        (COURSE, 1, 20, ["before_receipt"]),
        (COURSE, 5, 5, ["no_time"]),
        (MENDED, 10, 20, ["mended_once"]),
    ],
)
def test_mending_is_asked_once_and_soon(course, on, until, refused):
    reasons = why_no_mending(course, date(2026, 3, on), date(2026, 3, until), LIMITS, CALENDAR)
    assert codes(reasons) == refused


@pytest.mark.parametrize(
    ("course", "on", "days", "by", "refused"),
    [
        (COURSE, date(2026, 3, 30), 20, "王主任", []),
        (COURSE, date(2026, 3, 31), 20, "王主任", ["extension_late"]),
        (COURSE, date(2026, 3, 30), 21, "王主任", ["extension_long"]),
        (COURSE, date(2026, 3, 30), 0, "王主任", ["extension_long"]),
        (COURSE, date(2026, 3, 30), 5, " ", ["no_consent"]),
        (EXTENDED, date(2026, 3, 30), 5, "王主任", ["extended_once"]),
        (COURSE, date(2026, 3, 1), 5, "王主任", ["before_receipt"]),
    ],
)
def test_it_is_extended_once_with_consent_and_in_time(course, on, days, by, refused):
    assert codes(why_no_extension(course, on, days, by, LIMITS, CALENDAR)) == refused


def test_nothing_happens_to_it_before_its_receipt():
    assert codes(why_no_inquiry(COURSE, date(2026, 3, 1))) == ["before_receipt"]
    assert codes(why_no_answer(COURSE, date(2026, 3, 1), "disclosed")) == ["before_receipt"]
    assert codes(why_no_answer(COURSE, date(2026, 3, 2), "disclosed")) == []


def test_an_answer_is_of_a_kind():
    assert codes(why_no_answer(COURSE, date(2026, 3, 2), "")) == ["no_outcome"]
