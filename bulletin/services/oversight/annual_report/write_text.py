"""The words of a report are saved, and what the check found is explained or dismissed."""

from collections.abc import Mapping
from datetime import datetime

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.annual_report.drafts import TextPart
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.annual_report.findings import finding_lines, told
from bulletin.services.oversight.annual_report.reporting_body import ensure_writes
from bulletin.services.oversight.annual_report.written import history_subject, standing_report
from bulletin.services.site import Site
from bulletin.store.annual_reports import AnnualReport, ReportRemark, report_of

MAX_TEXT, MAX_REASON = 20_000, 300  # characters


def save_text(
    site: Site,
    actor: Actor,
    year: int,
    texts: Mapping[TextPart, str],
    version: int,
    now: datetime,
) -> None:
    """Save parts 一, 五 and 六.

    Args:
        version: of the words that were on the screen; 0: the draft.

    Raises:
        Refused: not a keeper, a part is too long, or somebody saved other words meanwhile.
    """
    ensure_writes(actor)
    if any(len(text) > MAX_TEXT for text in texts.values()):
        raise refuse("text_too_long", f"一个部分最多{MAX_TEXT}字。")
    kept = {part.value: _plain(texts[part]) for part in TextPart}
    with site.sessions.writing() as session:
        report = report_of(session, actor.township_id, year)
        if (report.version if report else 0) != version:
            who = report.saver.name if report and report.saver else "别人"
            words = f"{who}刚刚改过这份报告。请先把您写的复制下来，再打开看看。"
            raise refuse("saved_meanwhile", words)
        if report is None:
            report = AnnualReport(
                township_id=actor.township_id or None, year=year, version=0, **kept
            )
            session.add(report)
        for name, text in kept.items():
            setattr(report, name, text)
        report.version, report.saved_at, report.saved_by = version + 1, now, actor.id
        subject = history_subject(actor.township_id, year)
        record(session, actor, "save_report", subject, now, version=version + 1)


def _plain(text: str) -> str:
    """Lines without blanks at their end, as every browser sends them."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def remark(site: Site, actor: Actor, year: int, key: str, reason: str, now: datetime) -> None:
    """Say why something that was found stays as it is; it stays said until its figures change.

    Raises:
        NotFoundError: nothing like that is found any more.
        Refused: not a keeper, without a reason, or with a long one.
    """
    ensure_writes(actor)
    if not reason.strip():
        raise refuse("reason_missing", "请写明原因。")
    if len(reason) > MAX_REASON:
        raise refuse("text_too_long", f"原因最多{MAX_REASON}字。")
    report = standing_report(site, actor, year, now)
    lines = finding_lines(site, actor, year, report)
    found = next((line.finding for line in lines if line.key == key), None)
    if found is None:
        raise NotFoundError("这一处已经改好了，或者变了。请再打开看看。")
    rule, cell, expected, said = told(found)
    with site.sessions.writing() as session:
        session.add(
            ReportRemark(
                township_id=actor.township_id or None,
                year=year,
                rule=rule,
                cell=cell,
                expected=expected,
                found=said,
                reason=reason.strip(),
                made_at=now,
                made_by=actor.id,
            )
        )
        facts = {"rule": rule, "cell": cell, "verdict": found.verdict.value}
        record(
            session, actor, "remark_report", history_subject(actor.township_id, year), now, **facts
        )
