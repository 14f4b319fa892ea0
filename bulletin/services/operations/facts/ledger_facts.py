"""What the history tells of requests for information, their letters and closed years, against what is kept of them."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.services.oversight.registers.close_year import closing_subject
from bulletin.store import former_histories
from bulletin.store.information_requests import InformationRequest
from bulletin.store.request_papers import RequestLetter
from bulletin.store.year_closings import YearClosing

_ENDS = frozenset({"answer_request", "correct_request"})


def ledger_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Where a request, a letter or a closed year is not as the history tells: its name, and how. English."""
    ended: dict[str, tuple[str, str]] = {}
    letters: set[tuple[str, str]] = set()
    closed: dict[str, tuple[str, str]] = {}
    scans: set[tuple[str, str]] = set()
    for entry in former_histories.told(session):
        if entry.act in _ENDS:
            ended[entry.subject] = (entry.facts["outcome"], entry.facts["ended_on"])
        elif entry.act == "issue_letter":
            letters.add((entry.subject, entry.facts["pdf"]))
        elif entry.act == "close_year":
            closed[entry.subject] = (entry.facts["table"], entry.facts["minutes"])
        elif entry.act == "attach_minutes":
            scans.add((entry.subject, entry.facts["scan"]))
    yield from _requests(session, ended)
    yield from _letters(session, letters)
    yield from _closings(session, closed)
    yield from _scans(session, scans)


def ledger_files(session: Session) -> dict[str, str]:
    """What their files are called, by their SHA-256."""
    names = {
        each.pdf: f"letter {each.number} of request {each.request_id}"
        for each in session.scalars(select(RequestLetter))
    }
    for each in session.scalars(select(YearClosing)):
        names[each.table] = f"table of {closing_subject(each.township_id, each.ledger, each.year)}"
        names[each.minutes] = (
            f"minutes of {closing_subject(each.township_id, each.ledger, each.year)}"
        )
        names |= {scan.digest: f"signed minutes of closing {each.id}" for scan in each.scans}
    return names


def _requests(session: Session, told: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for request in session.scalars(select(InformationRequest).order_by(InformationRequest.id)):
        ended_on = request.ended_on.isoformat() if request.ended_on else ""
        if told.pop(f"request {request.id}", ("", "")) != (request.outcome, ended_on):
            yield f"request {request.id}", "did not end as the history tells it"
    for subject in told:
        yield subject, "is told by the history and is not there"


def _letters(session: Session, told: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    kept = {
        (f"request {each.request_id}", each.pdf) for each in session.scalars(select(RequestLetter))
    }
    for subject, _ in sorted(kept ^ told):
        yield f"a letter of {subject}", "is not as it was issued"


def _closings(session: Session, told: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for each in session.scalars(select(YearClosing).order_by(YearClosing.id)):
        subject = closing_subject(each.township_id, each.ledger, each.year)
        if told.pop(subject, None) != (each.table, each.minutes):
            yield subject, "is not as it was closed"
    for subject in told:
        yield subject, "is told by the history and is not there"


def _scans(session: Session, told: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    kept = {
        (closing_subject(each.township_id, each.ledger, each.year), scan.digest)
        for each in session.scalars(select(YearClosing))
        for scan in each.scans
    }
    for subject, _ in sorted(kept ^ told):
        yield f"a signed page of {subject}", "is not as it was attached"
