"""备案: what villages published, corrected and took down, for their township to note."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.notices.redact import FILING
from bulletin.services.site import Site
from bulletin.store import filings as store_filings
from bulletin.store.filings import Filing


@dataclass(frozen=True, kw_only=True)
class FilingLine:
    id: int
    code: str
    title: str
    village: str
    words: str  # 发布 | 更正 | 撤下 …
    at: datetime
    seen: bool


def filings(site: Site, actor: Actor) -> list[FilingLine]:
    """备案: what villages published, corrected and took down, the newest first."""
    with site.sessions.reading() as session:
        rows = session.scalars(store_filings.filings_of(actor.township_id))
        return [_filing_line(filing) for filing in rows]


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
        for filing in session.scalars(store_filings.filings_of(actor.township_id)):
            if filing.seen_at is None:
                filing.seen_at, filing.seen_by = now, actor.id
