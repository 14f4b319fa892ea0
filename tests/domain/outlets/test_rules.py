"""When a notice must be elsewhere, and what may be recorded of it."""

from datetime import date, timedelta

import pytest
from support.clock import NOON

from bulletin.domain.outlets.rules import OutletKind, due_on, outlet_refusals, sending_refusals

LINK = "https://www.huzhu.gov.cn/html/1234/5678.html"


def test_the_last_day_is_counted_from_the_day_of_publication():
    assert due_on(date(2026, 10, 9), 0) == date(2026, 10, 9)
    assert due_on(date(2026, 12, 30), 3) == date(2027, 1, 2)


@pytest.mark.parametrize(
    ("name", "days", "codes"),
    [
        ("互助融媒体", 3, []),
        ("", 3, ["name_missing"]),
        ("长" * 31, 31, ["name_missing", "days_out_of_reach"]),
        ("村广播", -1, ["days_out_of_reach"]),
    ],
)
def test_an_outlet_has_a_name_and_a_time(name, days, codes):
    assert [refusal.code for refusal in outlet_refusals(name, days)] == codes


@pytest.mark.parametrize(
    ("kind", "link", "after", "code"),
    [
        (OutletKind.WEBSITE, LINK, 1, None),
        (OutletKind.WEBSITE, "", 1, "link_missing"),
        (OutletKind.MEDIA, "", 1, "link_missing"),
        (OutletKind.CHAT, "", 1, None),
        (OutletKind.BROADCAST, "", 1, None),
        (OutletKind.CHAT, LINK, 1, None),
        (OutletKind.WEBSITE, "javascript:alert(1)", 1, "link_unreadable"),
        (OutletKind.WEBSITE, "www.huzhu.gov.cn", 1, "link_unreadable"),
        (OutletKind.WEBSITE, "https://[", 1, "link_unreadable"),
        (OutletKind.WEBSITE, "https://a.cn/ b", 1, "link_unreadable"),
        (OutletKind.WEBSITE, "https://a.cn/" + "b" * 500, 1, "link_unreadable"),
        (OutletKind.CHAT, "", -1, "sent_too_early"),
        (OutletKind.CHAT, "", 3, "sent_in_future"),
    ],
)
def test_what_was_sent_has_its_address_and_a_time_that_can_be(kind, link, after, code):
    """Published at noon, sent hours after it, and it is two hours later now."""
    sent_at, now = NOON + timedelta(hours=after), NOON + timedelta(hours=2)
    said = [refusal.code for refusal in sending_refusals(kind, link, sent_at, NOON, now)]
    assert said == ([code] if code else [])
