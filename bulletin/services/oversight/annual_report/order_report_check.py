"""Published reports of a county are held against their rules by whoever does long work here: three hundred take 17 seconds."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.annual_report.findings import ReportFinding, ReportVerdict
from bulletin.domain.people import Actor
from bulletin.readers.annual_report.handed_in import handed_in
from bulletin.services.access import ensure_of_county
from bulletin.services.long_jobs.claim_job import ClaimedJob
from bulletin.services.long_jobs.job_kind import JobKind
from bulletin.services.long_jobs.state import JobLine
from bulletin.services.oversight.report_check import (
    CheckedReport,
    ReportFile,
    check_reports,
    refuse_twice,
)
from bulletin.services.site import Site
from bulletin.store.long_jobs import JobState

MAX_REPORTS = 500
Named = tuple[str, bytes]  # a file's name and its bytes


@dataclass(frozen=True)
class ReportLine:
    """What was found in one report."""

    report: str  # the name of its file
    finding: ReportFinding


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What a check of many reports came to."""

    reports: int
    right: tuple[str, ...]  # files in which nothing was found
    lines: tuple[ReportLine, ...]

    def of(self, verdict: ReportVerdict) -> list[ReportLine]:
        return [line for line in self.lines if line.finding.verdict is verdict]


def order_report_check(
    site: Site, actor: Actor, files: Iterable[Named], county: Named | None, now: datetime
) -> int:
    """Order that reports are checked; returns the job's id.

    Args:
        files: of the townships and departments, or ZIPs of them.
        county: the report that is to be the sum of all of them.

    Raises:
        Refused: not who oversees the county; no report, too many, a ZIP that can't be opened, or as `refuse_twice`.
    """
    ensure_of_county(actor)
    reports = [ReportFile(name, data) for name, data in handed_in(files)]
    if not reports:
        raise refuse(
            "file_missing", "请选各乡镇、部门的年度报告（Word、PDF、网页），或者装着它们的压缩包。"
        )
    if len(reports) > MAX_REPORTS:
        raise refuse("too_many_reports", f"一次最多核对{MAX_REPORTS}份报告，请分几次。")
    whole = ReportFile(*county) if county else None
    refuse_twice(reports, whole)
    kept = [_kept(site, each) for each in reports]
    order = {"files": kept, "county": _kept(site, whole) if whole else None}
    total = len(reports) + (whole is not None)
    return REPORT_CHECK.order(site, actor, order, total, now)


def _kept(site: Site, file: ReportFile) -> dict[str, str]:
    """Kept while the check may need it: what no record speaks of is cleared after a week, as jobs are."""
    return {"name": file.name, "digest": site.files.put(file.data)}


def _check(job: ClaimedJob) -> None:
    files = [_read(job.site, each) for each in job.order["files"]]
    county = _read(job.site, job.order["county"]) if job.order["county"] else None
    told = []
    for done, checked in enumerate(check_reports(job.site.report_layouts, files, county=county), 1):
        told.append(_told(checked))
        job.beat(done)
    with job.site.sessions.writing() as session:
        job.end(session, json.dumps(told, ensure_ascii=False))


def _read(site: Site, kept: dict[str, str]) -> ReportFile:
    data = site.files.get(kept["digest"])
    if data is None:
        raise refuse("upload_gone", "传上来的报告已经不在了，请重新选。")
    return ReportFile(kept["name"], data)


def _told(checked: CheckedReport) -> dict[str, Any]:
    return {"name": checked.name, "findings": [vars(each) for each in checked.findings]}


REPORT_CHECK = JobKind("report_check", _check)  # what comes of it is JSON, see `check_result`


def check_result(line: JobLine) -> CheckResult:
    """What a job that is done came to.

    Raises:
        NotFoundError: it is not done.
    """
    if line.state is not JobState.DONE:
        raise NotFoundError("这一次核对没有做成，请重新核对。")
    told: Sequence[dict[str, Any]] = json.loads(line.result)
    return CheckResult(
        reports=len(told),
        right=tuple(each["name"] for each in told if not each["findings"]),
        lines=tuple(
            ReportLine(each["name"], _finding(found)) for each in told for found in each["findings"]
        ),
    )


def _finding(told: dict[str, Any]) -> ReportFinding:
    return ReportFinding(**{**told, "verdict": ReportVerdict(told["verdict"])})
