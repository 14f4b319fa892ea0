"""A notice for several duties: what each item asks of the posting period is kept and holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from support.builders import LEDGER, ANotice, a_duty
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.services.boards.overview import hangs_until
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import correct, draft, start
from bulletin.store.notices import Edition

ACCOUNTS, LAND = "finance.quarterly_accounts", "government.land_preannouncement"
BEFORE_FESTIVAL = datetime(2027, 1, 29, 1, tzinfo=UTC)


def started(village, publish_at, order=(ACCOUNTS, LAND), days=None):
    duties = [a_duty(village, item, NOON) for item in order]
    code = start.start(village.site, village.li, duties, NOON, second_reason="另一份")
    saved(village, code, publish_at, days)
    return ANotice(village, code, NOON)


def saved(village, code, publish_at, days, version=1):
    draft.save(
        village.site,
        village.li,
        code,
        NOON,
        version=version,
        title="财务收支和征收土地预公告",
        document=LEDGER,
        publish_at=publish_at,
        posting_days=days,
    )


def work_days(site, first, last):
    """The work days after a day until another, one by one from the table of holidays."""
    calendar, count, day = site.calendar, 0, first
    while day < last:
        day += timedelta(days=1)
        works = day.weekday() not in (5, 6) and day not in calendar.days_off
        count += day in calendar.working_weekends or works
    return count


@pytest.mark.parametrize("order", [(ACCOUNTS, LAND), (LAND, ACCOUNTS)])
def test_fifteen_work_days_are_full_though_another_item_asks_fifteen_natural_ones(zhangjia, order):
    notice = started(zhangjia, BEFORE_FESTIVAL, order).approved()
    with zhangjia.site.sessions.reading() as session:
        edition = session.scalars(select(Edition)).one()
        hung_late = hangs_until(zhangjia.site, edition, date(2027, 2, 4))
    opened = date(2027, 1, 29)
    assert edition.opens_on == opened
    assert work_days(zhangjia.site, opened, edition.closes_on) == 15
    assert work_days(zhangjia.site, date(2027, 2, 4), hung_late) == 15
    assert {(r["days"], r["unit"]) for r in edition.posting_requirements} == {
        (15, "natural"),
        (15, "working"),
    }
    assert all(r["basis"] for r in edition.posting_requirements)
    words = notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON).posting.words
    assert "15日" in words
    assert "15个工作日" in words


def test_a_number_that_an_item_forbids_is_refused_and_the_item_is_named(zhangjia):
    notice = started(zhangjia, BEFORE_FESTIVAL)
    with pytest.raises(Refused, match="征收土地预公告") as refused:
        saved(zhangjia, notice.code, BEFORE_FESTIVAL, 14, version=2)
    assert refused.value.refusals[0].code == "posting_too_short"
    saved(zhangjia, notice.code, BEFORE_FESTIVAL, 30, version=2)


def test_a_correction_asks_for_as_much_as_the_edition_that_it_corrects(zhangjia):
    notice = started(zhangjia, None).approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    with zhangjia.site.sessions.reading() as session:
        first, second = session.scalars(select(Edition).order_by(Edition.number))
    assert len(first.posting_requirements) == 2
    assert second.posting_requirements == first.posting_requirements
