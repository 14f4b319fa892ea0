"""发布: a report is sealed as it stands and is public from then on; what changes later is another edition."""

from dataclasses import replace
from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.oversight.annual_report.content import ReportContent
from bulletin.domain.people import Actor
from bulletin.services.history import record, refuse_wrong_clock
from bulletin.services.oversight.annual_report.findings import finding_lines, told
from bulletin.services.oversight.annual_report.reporting_body import (
    OF_COUNTY,
    is_of_county,
    issues,
)
from bulletin.services.oversight.annual_report.write_file import write_file
from bulletin.services.oversight.annual_report.written import (
    history_subject,
    standing_report,
    written_content,
)
from bulletin.services.site import Site
from bulletin.store.annual_reports import AnnualReportEdition, editions_of

MAX_NAME = 40  # characters
OF_TOWNSHIP = "年度报告由乡镇的信息员、专职信息员或分管领导发布。"


def issue(site: Site, actor: Actor, year: int, signed_by: str, now: datetime) -> int:
    """Issue the report of a year; returns the number of the edition.

    Args:
        signed_by: the leader who gave leave.

    Raises:
        Refused: not an issuer, the year runs still, nobody gave leave, something does not add up and nobody said why,
            or nothing has changed since the newest edition.
    """
    _ensure_may_issue(actor, year, signed_by, now)
    report = standing_report(site, actor, year, now)
    lines = finding_lines(site, actor, year, report)
    if open_lines := [line for line in lines if line.stops]:
        words = f"还有{len(open_lines)}处不符，要先改好，或者写明原因。"
        raise refuse("report_fails", words)
    explained = tuple((*told(line.finding), line.reason) for line in lines if line.reason)
    content = replace(report.content, explained=explained)
    files = _files(site, content, year)
    with site.sessions.writing() as session:
        refuse_wrong_clock(session, now)
        newest = session.scalar(editions_of(actor.township_id, year).limit(1))
        if newest is not None and newest.digest == content.digest:
            raise refuse("unchanged", f"和第{newest.number}版一样，不用再发布。")
        edition = AnnualReportEdition(
            township_id=actor.township_id or None,
            year=year,
            number=newest.number + 1 if newest else 1,
            content=content.as_json(),
            digest=content.digest,
            **files,
            signed_by=signed_by.strip(),
            issued_at=now,
            issued_by=actor.id,
        )
        session.add(edition)
        facts = {"edition": edition.number, "digest": content.digest, **files}
        subject = history_subject(actor.township_id, year)
        record(session, actor, "issue_report", subject, now, **facts)
        return edition.number


def _ensure_may_issue(actor: Actor, year: int, signed_by: str, now: datetime) -> None:
    if not issues(actor):
        raise refuse("not_your_role", OF_COUNTY if is_of_county(actor) else OF_TOWNSHIP)
    if village_day(now).year <= year:
        raise refuse("year_runs", f"{year}年还没有过完，过完了才能发布。")
    if not signed_by.strip() or len(signed_by) > MAX_NAME:
        raise refuse("leave_missing", "请写是哪位领导审签的。")


def _files(site: Site, content: ReportContent, year: int) -> dict[str, str]:
    """The report in the forms that anyone may take away, by digest: they stay as they are today."""
    written = written_content(site, content, year)
    return {
        "word": site.files.put(write_file(site, written, ".docx")),
        "pdf": site.files.put(write_file(site, written, ".pdf")),
    }
