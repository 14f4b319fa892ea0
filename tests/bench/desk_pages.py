"""The pages of the desk that `desk.py` opens, and who opens them."""

from typing import Any

import county_township as county
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bulletin.domain.notices.workflow import State
from bulletin.store.duties import Duty, Matter
from bulletin.store.meetings import Meeting
from bulletin.store.notices import Edition, Notice
from bulletin.store.outlets import Outlet
from bulletin.store.postings import Posting

HERE = county.FIRST  # the village whose people look
ROLES = {  # login: who it is
    f"p{HERE * 3}": "liaison",
    f"p{HERE * 3 + 1}": "supervisor",
    f"p{HERE * 3 + 2}": "village head",
    "tian": "liaison of the township",
    "wang": "screener",
    "chen": "approver",
    "wu": "overseer",
    "zheng": "administrator",
    "xian": "county overseer",
}
PAGES = (
    "/desk",
    "/desk/duties",
    "/desk/duties?show=overdue&page=99",
    "/desk/duties?show=waiting",
    "/desk/duties?show=early",
    "/desk/duties?show=all&page=999",
    "/desk/duties?village={village}",
    "/desk/duties/{village}",
    "/desk/duties?why={overdue}",
    "/desk/matters",
    "/desk/matters/{matter}",
    "/desk/meetings",
    "/desk/meetings/{meeting}",
    "/desk/drafts/new?duty={overdue}",
    "/desk/notices",
    "/desk/notices?show=public&page=2000",
    "/desk/notices?show=all&page=99999",
    "/desk/notices?show=review",
    "/desk/notices?show=draft",
    "/desk/notices?show=ended",
    "/desk/notices?village={village}",
    "/desk/notices?q=财务",
    "/desk/notices?q=低保 24000",
    "/desk/notices/{public}",
    "/desk/notices/{draft}",
    "/desk/notices/{draft}/edit",
    "/desk/notices/{draft}/bring",
    "/desk/notices/{reviewed}",
    "/desk/notices/{reviewed}/review",
    "/desk/notices/{public}/hang",
    "/desk/notices/{public}/share",
    "/desk/notices/{public}/photos",
    "/desk/notices/forward",
    "/desk/reviews",
    "/desk/reviews?village={village}",
    "/desk/boards",
    "/desk/boards/{village}/ledger",
    "/desk/boards/{village}/photos",
    "/desk/postings/{posting}/correct",
    "/desk/month",
    "/desk/month?month=2026-09&village={village}",
    "/desk/month/2026-10-09",
    "/desk/packs",
    "/desk/outlets",
    "/desk/outlets/{outlet}/{sendable}",
    "/desk/coverage",
    "/desk/coverage?village={village}",
    "/desk/county",
    "/desk/county/supervision",
    "/desk/supervision",
    "/desk/supervision?as_of=2026-06-30",
    "/desk/supervision/items",
    "/desk/supervision/people",
    "/desk/supervision/sheets",
    "/desk/filings",
    "/desk/people",
    "/desk/people?page=9",
    "/desk/people/{person}",
    "/desk/deputies",
    "/desk/villages",
    "/desk/catalog",
    "/desk/catalog?village={village}",
    "/desk/catalog/import",
    "/desk/papers",
    "/desk/settings",
    "/desk/search?q=财务",
    "/desk/search?q=财务&kind=notice&page=9",
    "/desk/search?q=路灯 3480",
    "/account/reminders",
    "/account/calendar",
    "/account/password",
)


def addresses(session: Session) -> list[tuple[str, str]]:
    """Each page as it is called in the table, and its address: every one of the village that looks."""
    known = {
        "village": HERE,
        "overdue": session.scalar(
            select(func.max(Duty.id)).where(
                Duty.village_id == HERE, Duty.due_on < county.TODAY, Duty.answered_at.is_(None)
            )
        ),
        "person": HERE * 3,
        "matter": session.scalar(select(Matter.id).where(Matter.village_id == HERE)),
        "meeting": session.scalar(select(Meeting.id).where(Meeting.village_id == HERE)),
        "posting": session.scalar(select(Posting.id).where(Posting.board_id == HERE)),
        "outlet": session.scalar(select(Outlet.id)),
        "public": session.scalar(_newest(State.PUBLISHED)),
        "sendable": session.scalar(_newest(State.PUBLISHED).where(Notice.personal.is_(False))),
        "draft": session.scalar(_newest(State.DRAFT)),
        "reviewed": session.scalar(_newest(State.CONFIRMING)),
    }
    return [(page, page.format(**known)) for page in PAGES]


def _newest(state: State) -> Select[Any]:
    of_village = select(Notice.code).join(Edition, Edition.notice_id == Notice.id)
    found = of_village.where(Notice.village_id == HERE, Edition.state == state)
    return found.order_by(Notice.id.desc()).limit(1)
