"""备案: the township is told what its villages published, corrected and took down."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.notices.redact import FILING
from bulletin.services.site import Site
from bulletin.store import filings as store_filings
from bulletin.store.filings import Filing


@dataclass(frozen=True)
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
        found = session.scalars(store_filings.filings_of(actor.township_id))
        return [_filing_line(filing) for filing in found]


def _filing_line(filing: Filing) -> FilingLine:
    notice = filing.edition.notice
    return FilingLine(
        filing.id, notice.code, filing.edition.title,
        notice.village.name if notice.village else "", _words(filing.act),
        filing.at, filing.seen_at is not None,
    )  # fmt: skip


def _words(act: str) -> str:
    return "移除个人信息" if act == FILING else Act(act).label


def mark_filings_seen(site: Site, actor: Actor, now: datetime) -> None:
    """The township took note of everything that was filed until now."""
    with site.sessions.writing() as session:
        for filing in session.scalars(store_filings.filings_of(actor.township_id)):
            if filing.seen_at is None:
                filing.seen_at, filing.seen_by = now, actor.id
