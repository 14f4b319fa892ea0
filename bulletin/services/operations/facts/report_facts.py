"""What the history tells of issued annual reports, against what is kept of them."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.oversight.annual_report.content import content_of
from bulletin.domain.people import NO_TOWNSHIP
from bulletin.services.oversight.annual_report.written import history_subject
from bulletin.store import former_histories
from bulletin.store.annual_reports import AnnualReportEdition


def report_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Where an issued report is not as it was sealed: its name, and how. English."""
    told = {
        (entry.subject, entry.facts["edition"]): (
            entry.facts["digest"],
            entry.facts.get("word"),
            entry.facts.get("pdf"),
        )
        for entry in former_histories.told(session)
        if entry.act == "issue_report"
    }
    for edition in session.scalars(select(AnnualReportEdition).order_by(AnnualReportEdition.id)):
        subject = history_subject(edition.township_id or NO_TOWNSHIP, edition.year)
        sealed = told.pop((subject, edition.number), None)
        kept = content_of(edition.content).digest, edition.word, edition.pdf
        if kept != sealed or edition.digest != kept[0]:
            yield f"{subject}, edition {edition.number}", "is not as it was issued"
    for subject, number in told:
        yield f"{subject}, edition {number}", "is told by the history and is not there"


def report_files(session: Session) -> dict[str, str]:
    """What the files of issued reports are called, by their SHA-256."""
    return {
        digest: f"{form} of {history_subject(each.township_id or NO_TOWNSHIP, each.year)}, edition {each.number}"
        for each in session.scalars(select(AnnualReportEdition))
        for form, digest in (("Word file", each.word), ("PDF", each.pdf))
        if digest
    }
