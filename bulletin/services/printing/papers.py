"""The papers of one notice: what was printed of it, and where it hangs."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.services.printing.cover import CoverOffer, cover_offer
from bulletin.store import former_histories
from bulletin.store.notices import Edition, Notice
from bulletin.store.posting_corrections import corrections_of_notice
from bulletin.store.postings import postings_of_notice
from bulletin.store.print_runs import runs_of_notice


@dataclass(frozen=True, kw_only=True)
class PostedLine:
    """Where an edition hangs or hung."""

    posting_id: int
    board: str
    edition: int
    hung_on: date
    down_on: date | None
    hung_photo: bool
    down_photo: bool


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """A print run whose exact PDF is kept."""

    id: int
    edition: int
    printed_at: datetime
    pages: int
    paper: str  # A4


@dataclass(frozen=True, kw_only=True)
class NoticePapers:
    hung: tuple[PostedLine, ...]
    runs: tuple[RunLine, ...]
    stale_certificate_on: date | None  # certified, and where it hung was corrected since
    cover: CoverOffer  # of the edition that is looked at


def papers_of(session: Session, edition: Edition) -> NoticePapers:
    """The papers of the notice of an edition."""
    notice = edition.notice
    return NoticePapers(
        hung=_posted_lines(session, notice),
        runs=_run_lines(session, notice),
        stale_certificate_on=_stale_certificate(session, notice),
        cover=cover_offer(edition),
    )


def _posted_lines(session: Session, notice: Notice) -> tuple[PostedLine, ...]:
    return tuple(
        PostedLine(
            posting_id=posting.id,
            board=posting.board.name,
            edition=posting.edition.number,
            hung_on=posting.hung_on,
            down_on=posting.down_on,
            hung_photo=posting.hung_photo is not None,
            down_photo=posting.down_photo is not None,
        )
        for posting in session.scalars(postings_of_notice(notice.id))
    )


def _run_lines(session: Session, notice: Notice) -> tuple[RunLine, ...]:
    return tuple(
        RunLine(
            id=run.id,
            edition=run.edition_number,
            printed_at=run.printed_at,
            pages=run.pages,
            paper=run.paper.upper(),
        )
        for run in session.scalars(runs_of_notice(notice.id))
    )


def _stale_certificate(session: Session, notice: Notice) -> date | None:
    """The day of the newest certificate, when it says what a later correction says otherwise."""
    corrected = [c.corrected_at for c in session.scalars(corrections_of_notice(notice.id))]
    if not corrected:
        return None
    about = former_histories.told_about(session, f"notice {notice.code}")
    issued = max((entry.at for entry in about if entry.act == "certify"), default=None)
    return village_day(issued) if issued and issued < max(corrected) else None
