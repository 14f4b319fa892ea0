"""Which years of the ledgers are closed, and what changed in them since."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.formats import with_ending
from bulletin.domain.oversight.closings import LedgerChange, LedgerKind, changes_since
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import ensure_reads
from bulletin.services.oversight.registers.sealed_tables import current_table, rows_of_file
from bulletin.services.site import Site
from bulletin.store.year_closings import YearClosing, closings_of

YEARS = 2  # that are offered to be closed
NO_CLOSING = "没有这一年的结账。"


@dataclass(frozen=True, kw_only=True)
class ClosingLine:
    """A year of a ledger; `id` is None while it is open."""

    ledger: LedgerKind
    year: int
    id: int | None = None
    rows: int = 0
    closed_on: date | None = None
    closer: str = ""
    signers: str = ""


@dataclass(frozen=True)
class ClosingView:
    line: ClosingLine
    table: str  # SHA-256 of the sealed CSV
    corrections: tuple[LedgerChange, ...]
    went_on: tuple[LedgerChange, ...]  # open then, ended later
    scans: tuple[int, ...]  # the ids of the pages of the signed minutes


def closing_lines(site: Site, actor: Actor, now: datetime) -> list[ClosingLine]:
    """The last years of every ledger, the newest first, and older ones that were closed.

    Raises:
        NotFoundError: for everybody who reads no ledgers there are none.
    """
    ensure_reads(actor)
    this_year = village_day(now).year
    with site.sessions.reading() as session:
        closed = {
            (c.year, c.ledger): _line(c) for c in session.scalars(closings_of(actor.township_id))
        }
    offered = {
        (year, ledger): ClosingLine(ledger=ledger, year=year)
        for year in range(this_year - 1, this_year - 1 - YEARS, -1)
        for ledger in LedgerKind
    }
    return sorted((offered | closed).values(), key=lambda line: -line.year)


def closed_in(site: Site, actor: Actor, year: int) -> list[ClosingLine]:
    """The ledgers of a year that are closed.

    Raises:
        NotFoundError: as `closing_lines`.
    """
    ensure_reads(actor)
    asked = closings_of(actor.township_id).where(YearClosing.year == year)
    with site.sessions.reading() as session:
        return [_line(closing) for closing in session.scalars(asked)]


def closing_view(site: Site, actor: Actor, closing_id: int, now: datetime) -> ClosingView:
    """A closed year with all that changed since.

    Raises:
        NotFoundError: none, or none for this person.
    """
    with site.sessions.reading() as session:
        closing = closing_to_read(session, actor, closing_id)
        line, digest = _line(closing), closing.table
        scans = tuple(each.id for each in closing.scans)
    sealed = site.files.get(digest)
    if sealed is None:
        raise NotFoundError(NO_CLOSING)
    current = current_table(site, actor, line.ledger, line.year, now).csv
    changes = changes_since(line.ledger, line.year, rows_of_file(sealed), rows_of_file(current))
    return ClosingView(
        line,
        digest,
        tuple(change for change in changes if change.is_correction),
        tuple(change for change in changes if not change.is_correction),
        scans,
    )


def closing_file(site: Site, actor: Actor, closing_id: int, form: str) -> tuple[str, bytes]:
    """The minutes (pdf), or the sealed table (csv): the name of the file, and its bytes.

    Raises:
        NotFoundError: none, or none for this person.
    """
    with site.sessions.reading() as session:
        closing = closing_to_read(session, actor, closing_id)
        data = site.files.get(closing.minutes if form == "pdf" else closing.table)
        if data is None:
            raise NotFoundError(NO_CLOSING)
        what = "结账记录" if form == "pdf" else "结账时的台账"
        return f"{closing.year}年{closing.ledger.label}{what}.{form}", data


def closing_scan(site: Site, actor: Actor, closing_id: int, scan_id: int) -> tuple[str, bytes, str]:
    """A page of the signed minutes: the name of the file, its bytes and media type.

    Raises:
        NotFoundError: none, or none for this person.
    """
    with site.sessions.reading() as session:
        closing = closing_to_read(session, actor, closing_id)
        ids = [each.id for each in closing.scans]
        if scan_id not in ids:
            raise NotFoundError(NO_CLOSING)
        place = ids.index(scan_id)
        scan = closing.scans[place]
        data = site.files.get(scan.digest)
        if data is None:
            raise NotFoundError(NO_CLOSING)
        name = f"{closing.year}年{closing.ledger.label}结账记录签字页{place + 1}"
        return with_ending(name, scan.media_type), data, scan.media_type


def closing_to_read(session: Session, actor: Actor, closing_id: int) -> YearClosing:
    """A closed year of the actor's township.

    Raises:
        NotFoundError: none, or none for this person.
    """
    ensure_reads(actor)
    closing = session.get(YearClosing, closing_id)
    if closing is None or closing.township_id != actor.township_id:
        raise NotFoundError(NO_CLOSING)
    return closing


def _line(closing: YearClosing) -> ClosingLine:
    return ClosingLine(
        ledger=closing.ledger,
        year=closing.year,
        id=closing.id,
        rows=closing.rows,
        closed_on=village_day(closing.closed_at),
        closer=closing.closer.name if closing.closer else "",
        signers=closing.signers,
    )
