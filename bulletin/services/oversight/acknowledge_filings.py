"""备案: what villages published, corrected and took down, for their township to note."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bulletin.domain.notices.workflow import Act
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor
from bulletin.services.notices.redact import FILING
from bulletin.services.site import Site
from bulletin.store import filings as store_filings
from bulletin.store.filings import Filing
from bulletin.store.notices import Edition

FILED = (Act.PUBLISH, Act.CORRECT, Act.TAKE_DOWN, Act.CANCEL, Act.FORCE, FILING)


@dataclass(frozen=True, kw_only=True)
class FilingLine:
    id: int
    code: str
    title: str
    village: str
    words: str  # 发布 | 更正 | 撤下 …
    at: datetime
    seen: bool


@dataclass(frozen=True, kw_only=True)
class FilingsAsked:
    """What the list is narrowed to."""

    village_id: int | None = None
    act: str = ""
    only_unseen: bool = False


@dataclass(frozen=True)
class FilingList:
    page: Page[FilingLine]
    unseen: int  # of all of the township


def filing_list(
    site: Site,
    actor: Actor,
    narrowed: FilingsAsked = FilingsAsked(),
    number: int | None = None,
) -> FilingList:
    """备案: what villages published, corrected and took down, the newest first, a page of it."""
    every = store_filings.filings_of(actor.township_id)
    unseen = every.where(Filing.seen_at.is_(None))
    found = unseen if narrowed.only_unseen else every
    if narrowed.village_id is not None:
        found = found.where(Edition.village_id == narrowed.village_id)
    if narrowed.act:
        found = found.where(Filing.act == narrowed.act)
    with site.sessions.reading() as session:
        span = page_span(_count(session, found), number)
        rows = session.scalars(found.offset(span.first).limit(span.per_page))
        page = span.with_lines([_filing_line(filing) for filing in rows])
        return FilingList(page, _count(session, unseen))


def _count(session: Session, found: Select[Filing]) -> int:
    ids = found.with_only_columns(Filing.id).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0


def filing_words() -> dict[str, str]:
    """What can be filed, in words."""
    return {act: _words(act) for act in FILED}


def _filing_line(filing: Filing) -> FilingLine:
    notice = filing.edition.notice
    return FilingLine(
        id=filing.id,
        code=notice.code,
        title=filing.edition.title,
        village=notice.village.name if notice.village else "",
        words=_words(filing.act),
        at=filing.at,
        seen=filing.seen_at is not None,
    )


def _words(act: str) -> str:
    return "移除个人信息" if act == FILING else Act(act).label


def mark_filings_seen(site: Site, actor: Actor, now: datetime) -> None:
    """The township took note of everything that was filed until now."""
    with site.sessions.writing() as session:
        store_filings.note_all(session, actor.township_id, actor.id, now)
