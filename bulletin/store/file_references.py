"""Which files the records speak of: all that a backup has to bring, and all that may not be cleared."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bulletin.store.annual_reports import AnnualReportEdition
from bulletin.store.edition_parts import EditionFile
from bulletin.store.escalations import Escalation
from bulletin.store.feedback import FeedbackEntry
from bulletin.store.long_jobs import REGISTER_JOB, LongJob
from bulletin.store.meetings import Meeting, MeetingCorrection
from bulletin.store.packs import BoardPack
from bulletin.store.print_runs import PrintRun
from bulletin.store.recalled_photos import PHOTOS, RecalledPhoto
from bulletin.store.request_papers import RequestLetter
from bulletin.store.trainings import TrainingMaterial
from bulletin.store.year_closings import ClosingScan, YearClosing

Named = InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | ColumnElement[str]
# Of other kinds of jobs it names no file.
_REGISTER = case((LongJob.kind == REGISTER_JOB, LongJob.result), else_="")
# Each holds the SHA-256 of a file, or nothing. What a backup brings back …
KEPT: tuple[Named, ...] = (
    EditionFile.digest,
    PrintRun.pdf,
    *PHOTOS,
    RecalledPhoto.digest,
    Meeting.minutes,
    MeetingCorrection.before["minutes"].as_string(),
    FeedbackEntry.photo,
    RequestLetter.pdf,
    YearClosing.table,
    YearClosing.minutes,
    ClosingScan.digest,
    Escalation.pdf,
    TrainingMaterial.digest,
    AnnualReportEdition.word,
    AnnualReportEdition.pdf,
)
# … and what can be made again.
PASSING: tuple[Named, ...] = (BoardPack.pdf, _REGISTER)


def kept_digests(session: Session) -> list[str]:
    """The files that a backup holds."""
    return sorted(_digests(session, KEPT))


def all_digests(session: Session) -> set[str]:
    """Every file that some record speaks of."""
    return _digests(session, (*KEPT, *PASSING))


def references_to(session: Session, digest: str) -> int:
    """How many records speak of a file."""
    counts = (select(func.count(named)).where(named == digest) for named in (*KEPT, *PASSING))
    return sum(session.scalar(count) or 0 for count in counts)


def _digests(session: Session, columns: Iterable[Named]) -> set[str]:
    named = (digest for column in columns for digest in session.scalars(select(column).distinct()))
    return {digest for digest in named if digest}
