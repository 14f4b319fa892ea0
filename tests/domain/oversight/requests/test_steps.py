"""What can still be done with a request; each refusal names the article."""

from dataclasses import replace
from datetime import date

import pytest
from support.information_requests import CALENDAR, RULES

from bulletin.domain.oversight.requests.course import (
    Consulted,
    Course,
    Extension,
    Fee,
    Inquiry,
    Mending,
    ReceivedBy,
)
from bulletin.domain.oversight.requests.steps import (
    why_no_answer,
    why_no_extension,
    why_no_fee,
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


def inquiry(course, on, who="示例公司", kind=Consulted.THIRD_PARTY):
    return codes(why_no_inquiry(course, date(2026, 3, on), kind, who, LIMITS, CALENDAR))


ASKED = replace(
    COURSE, inquiries=(Inquiry(Consulted.THIRD_PARTY, date(2026, 3, 4), who="示例公司"),)
)


@pytest.mark.parametrize(
    ("course", "on", "who", "refused"),
    [
        (COURSE, 27, "示例公司", []),
        (COURSE, 30, "示例公司", ["inquiry_late"]),
        (COURSE, 1, "示例公司", ["before_receipt"]),
        (COURSE, 5, " ", ["nobody_asked"]),
        (ASKED, 5, "示例公司", ["asked_once"]),
        (ASKED, 5, "另一家公司", []),
    ],
)
def test_each_is_asked_once_and_while_there_is_time(course, on, who, refused):
    assert inquiry(course, on, who) == refused


def test_only_what_costs_is_charged_and_once():
    charged = replace(COURSE, fee=Fee(date(2026, 3, 10)))
    assert codes(why_no_fee(COURSE, date(2026, 3, 10), 100)) == []
    assert codes(why_no_fee(COURSE, date(2026, 3, 10), 0)) == ["free_of_charge"]
    assert codes(why_no_fee(charged, date(2026, 3, 11), 100)) == ["charged_once"]


SILENT = replace(COURSE, mending=Mending(date(2026, 3, 5), date(2026, 3, 20)))
UNPAID = replace(COURSE, fee=Fee(date(2026, 3, 10)))


@pytest.mark.parametrize(
    ("course", "on", "outcome", "refused"),
    [
        (COURSE, date(2026, 3, 1), "disclosed", ["before_receipt", "before_step"]),
        (COURSE, date(2026, 3, 2), "disclosed", []),
        (COURSE, date(2026, 3, 2), "", ["no_outcome"]),
        (COURSE, date(2026, 3, 2), "still_unclear", ["not_mended_yet"]),
        (MENDED, date(2026, 3, 10), "still_unclear", []),
        (MENDED, date(2026, 3, 8), "disclosed", ["before_step"]),
        (EXTENDED, date(2026, 3, 19), "disclosed", ["before_step"]),
        (SILENT, date(2026, 3, 20), "not_mended", ["not_given_up"]),
        (SILENT, date(2026, 3, 21), "not_mended", []),
        (SILENT, date(2026, 4, 21), "fee_unpaid", ["not_given_up"]),
        (MENDED, date(2026, 3, 30), "not_mended", ["not_given_up"]),
        (UNPAID, date(2026, 4, 8), "fee_unpaid", ["not_given_up"]),
        (UNPAID, date(2026, 4, 9), "fee_unpaid", []),
        (UNPAID, date(2026, 4, 9), "not_mended", ["not_given_up"]),
    ],
)
def test_it_ends_only_as_it_can_have_ended(course, on, outcome, refused):
    assert codes(why_no_answer(course, on, outcome, "", LIMITS, CALENDAR)) == refused


def test_while_the_applicant_is_waited_for_it_can_be_extended():
    """No day runs for the office, so none has passed."""
    long = replace(COURSE, mending=Mending(date(2026, 3, 5), date(2026, 6, 30)))
    on = date(2026, 5, 20)
    assert codes(why_no_extension(long, on, 5, "王主任", LIMITS, CALENDAR)) == []
    assert codes(why_no_extension(COURSE, on, 5, "王主任", LIMITS, CALENDAR)) == ["extension_late"]
