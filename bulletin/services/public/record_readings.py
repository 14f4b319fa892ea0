"""看过多少次: how often pages were opened, written down by notice and day and nothing else.

No line of history: it is nobody's act, and would say when somebody reads.
"""

from collections.abc import Mapping
from datetime import date

from bulletin.domain.notices.readings import ReadTimes
from bulletin.services.site import Site
from bulletin.store import notice_queries
from bulletin.store.readings import add_readings

ReadDay = tuple[str, date]  # a notice's code and a legal day


def record_readings(site: Site, counted: Mapping[ReadDay, ReadTimes]) -> None:
    """Add what was counted; codes of nothing are left out."""
    with site.sessions.writing() as session:
        for (code, day), times in sorted(counted.items()):
            notice = notice_queries.notice_by_code(session, code)
            if notice is not None:
                add_readings(session, notice.id, notice.township_id, day, times)
