"""The database tells the day of an instant as the domain does."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bulletin.domain.days import village_day
from bulletin.store.heartbeat import Heartbeat
from bulletin.store.village_days import day_of


@pytest.mark.every_row
@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 10, 9, 15, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 10, 9, 16, tzinfo=UTC),
        datetime(2025, 12, 31, 16, 0, 0, 1, tzinfo=UTC),
        datetime(2028, 2, 29, 3, tzinfo=UTC),
    ],
)
def test_a_day_begins_at_midnight_in_the_village(zhangjia, at):
    with zhangjia.site.sessions.writing() as session:
        session.add(Heartbeat(tick="any", at=at))
        session.flush()
        found = session.scalar(select(day_of(Heartbeat.at)).where(Heartbeat.tick == "any"))
    assert found == village_day(at)
