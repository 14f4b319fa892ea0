"""What the history tells of issued annual reports, against what is kept of them."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.oversight.annual_report.content import content_of
from bulletin.services.oversight.annual_report.written import history_subject
from bulletin.store import former_histories
from bulletin.store.annual_reports import AnnualReportEdition


def report_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Where an issued report is not as it was sealed: its name, and how. English."""
    told = {
        (entry.subject, entry.facts["edition"]): entry.facts["digest"]
        for entry in former_histories.told(session)
        if entry.act == "issue_report"
    }
    for edition in session.scalars(select(AnnualReportEdition).order_by(AnnualReportEdition.id)):
        subject = history_subject(edition.township_id, edition.year)
        sealed = told.pop((subject, edition.number), "")
        if content_of(edition.content).digest != sealed or edition.digest != sealed:
            yield f"{subject}, edition {edition.number}", "is not as it was issued"
    for subject, number in told:
        yield f"{subject}, edition {number}", "is told by the history and is not there"
