"""verify: the history chain, kept sheets, editions against their fingerprints, boards and meetings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bulletin.domain.errors import BulletinError
from bulletin.domain.notices.workflow import APPROVED, Act, State
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.operations.facts.board_facts import board_faults, photo_names
from bulletin.services.operations.facts.history_facts import (
    former_history_faults,
    history_faults,
    seams,
)
from bulletin.services.operations.facts.ledger_facts import ledger_faults, ledger_files
from bulletin.services.operations.facts.meeting_facts import meeting_faults, minutes_names
from bulletin.services.operations.facts.oversight_facts import oversight_faults, oversight_files
from bulletin.services.operations.facts.report_facts import report_faults, report_files
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store import former_histories, history, register
from bulletin.store.edition_parts import EditionFile
from bulletin.store.files.store import DamagedFile
from bulletin.store.notices import Edition, Notice
from bulletin.store.one_township import narrowed
from bulletin.store.print_runs import PrintRun
from bulletin.store.register import LostCode, RegisterCounter

MISSING = "is missing"
Faults = Callable[[Session], Iterator[tuple[str, str]]]  # of what, and how


@dataclass(frozen=True)
class Alteration:
    """One thing that is not as it was. English, for the command line."""

    what: str  # history entry 12 | sheet of 7KQ2M4XXXX.1 printed as run 3 | …
    how: str


@dataclass(frozen=True)
class VerifyResult:
    entries: int
    sheets: int
    editions: int
    checkpoint: str  # hash of the chain's head
    altered: tuple[Alteration, ...]
    seams: tuple[str, ...] = ()  # where the history goes on from a backup, or after a wrong clock

    @property
    def sound(self) -> bool:
        return not self.altered


def verify(site: Site) -> VerifyResult:
    """Check everything that can be checked; nothing is changed."""
    with site.sessions.reading() as session:
        return verify_within(session, site)


def verify_within(session: Session, site: Site) -> VerifyResult:
    """The same of what a session sees, in its transaction."""
    return _verified(session, site, history_faults)


def verify_newcomers(session: Session, site: Site, township_id: int) -> VerifyResult:
    """What is one township's alone: its rows and files, and the histories that it brought."""
    with narrowed(session, township_id) as one:
        return _verified(one, site, former_history_faults)


def _verified(session: Session, site: Site, chains: Faults) -> VerifyResult:
    head = history.head(session)
    altered = [
        *(Alteration(name, how) for name, how in chains(session)),
        *_sheets(session, site),
        *_editions(session),
        *_files(session, site),
        *_told(session),
        *_register(session),
    ]
    return VerifyResult(
        entries=head.number,
        sheets=len(session.scalars(select(PrintRun.id)).all()),
        editions=len(session.scalars(_approved()).all()),
        checkpoint=head.hash,
        altered=tuple(altered),
        seams=tuple(seams(session)),
    )


def _sheets(session: Session, site: Site) -> Iterator[Alteration]:
    recorded = {
        (e.subject, e.facts["pdf"])
        for e in former_histories.told(session)
        if e.act == "print" and "pdf" in e.facts
    }
    for run in session.scalars(select(PrintRun).order_by(PrintRun.id)):
        name = f"sheet of {run.notice_code}.{run.edition_number}, print run {run.id}"
        how = _fault_of_file(site, run.pdf)
        if how == MISSING and run.edition.redacted_at is not None:
            continue
        if how:
            yield Alteration(name, f"the kept PDF {how}")
        if (f"notice {run.notice_code}.{run.edition_number}", run.pdf) not in recorded:
            yield Alteration(name, "the history does not know this print run")


def _approved() -> Select[Edition]:
    return select(Edition).where(Edition.state.in_(APPROVED)).order_by(Edition.id)


@dataclass
class _Recorded:
    """What the history holds of one edition."""

    registered: Mapping[str, Any] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)  # approved, rescheduled and extended
    state: State | None = None
    redacted: bool = False
    extensions: list[tuple[str, str, str]] = field(default_factory=list)  # cause, before, closes_on


def _recorded_of_editions(session: Session) -> dict[str, _Recorded]:
    recorded: dict[str, _Recorded] = {}
    for entry in former_histories.told(session):
        if not entry.subject.startswith("notice "):
            continue  # what else has a state has one of its own
        edition = recorded.setdefault(entry.subject, _Recorded())
        if entry.act == "register":
            edition.registered = edition.dates = dict(entry.facts)
        elif entry.act == Act.RESCHEDULE:
            edition.dates = {**edition.dates, **entry.facts}
        elif entry.act == "redact":
            edition.redacted = True
        elif entry.act == "extend_period":
            cause, before, closes_on = (entry.facts[k] for k in ("cause", "before", "closes_on"))
            edition.extensions.append((cause, before, closes_on))
            edition.dates = {**edition.dates, "closes_on": closes_on}
        if entry.act == Act.PUBLISH:
            edition.state = State.PUBLISHED
        elif "state" in entry.facts:
            edition.state = State(entry.facts["state"])
    return recorded


def _editions(session: Session) -> Iterator[Alteration]:
    """Content, dates and state of what was approved, each against what the history holds of it."""
    recorded = _recorded_of_editions(session)
    for edition in session.scalars(_approved()):
        in_history = recorded.get(subject_of(edition), _Recorded())
        for how in _alterations(edition, in_history):
            yield Alteration(f"edition {edition.notice.code}.{edition.number}", how)


def _alterations(edition: Edition, recorded: _Recorded) -> Iterator[str]:
    if edition.redacted_at is not None and not recorded.redacted:
        yield "its content is gone and the history knows of no redaction"
    if edition.redacted_at is None and not _content_is_sound(edition):
        yield "its content was altered after approval"
    if recorded.registered.get("fingerprint") != edition.fingerprint:
        yield "its fingerprint is not the one that the history holds"
    if any(recorded.dates.get(date) != day for date, day in edition.history_dates.items()):
        yield "its dates are not those that the history holds"
    if _extensions_of(edition) != sorted(recorded.extensions):
        yield "its period was not extended as the history holds"
    if recorded.state is not edition.state:
        yield "its state is not the one that the history holds"


def _extensions_of(edition: Edition) -> list[tuple[str, str, str]]:
    return sorted(
        (each.cause.value, each.before_on.isoformat(), each.closes_on.isoformat())
        for each in edition.extensions
    )


def _content_is_sound(edition: Edition) -> bool:
    try:
        return edition_fingerprint(edition) == edition.fingerprint
    except BulletinError:  # it can't even be read any more
        return False


def _files(session: Session, site: Site) -> Iterator[Alteration]:
    names: dict[str, str] = {
        file.digest: f"file {file.name!r}"
        for file in session.scalars(
            select(EditionFile).join(Edition).where(Edition.redacted_at.is_(None))
        )
    }
    names |= photo_names(session) | minutes_names(session) | ledger_files(session)
    names |= oversight_files(session) | report_files(session)
    for digest, name in names.items():
        if how := _fault_of_file(site, digest):
            yield Alteration(name, how)


def _fault_of_file(site: Site, digest: str) -> str:
    """'' for a file that is there as it was put."""
    try:
        return MISSING if site.files.get(digest) is None else ""
    except DamagedFile:
        return "was altered: its SHA-256 does not match"


def _told(session: Session) -> Iterator[Alteration]:
    """What hung where, what meetings decided, what reports and inspections said, each as the history has it."""
    told = (board_faults, meeting_faults, report_faults, ledger_faults, oversight_faults)
    for name, how in (fault for faults in told for fault in faults(session)):
        yield Alteration(name, how)


def _register(session: Session) -> Iterator[Alteration]:
    """Every number up to the counter belongs to one notice, as the history gave it."""
    given = {
        entry.subject.removeprefix("notice ").split(".")[0]: entry.facts["number"]
        for entry in former_histories.told(session)
        if entry.act == "register"
    }
    numbers: dict[tuple[int, int | None], set[int | None]] = {}
    for notice in session.scalars(select(Notice).where(Notice.register_number.is_not(None))):
        key = (notice.register_publisher_id, notice.register_year)
        numbers.setdefault(key, set()).add(notice.register_number)
        if given.get(notice.code) != notice.register_key:
            yield Alteration(f"register number of {notice.code}", "is not the one that was given")
    for lost in session.scalars(select(LostCode)):
        numbers.setdefault((lost.publisher_id, lost.year), set()).add(lost.number)
    for counter in session.scalars(select(RegisterCounter)):
        given_numbers = numbers.get((counter.publisher_id, counter.year), set())
        for number in range(register.first_number(session, counter), counter.last + 1):
            if number not in given_numbers:
                name = f"register {counter.publisher.prefix} {counter.year}"
                yield Alteration(name, f"number {number} belongs to no notice")
