"""Annual reports as the feeds of a township and a county name them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.formats import MEDIA_TYPES
from bulletin.domain.languages.sentences import say
from bulletin.domain.open_data.feeds import ReportRecord
from bulletin.domain.oversight.annual_report.content import content_of
from bulletin.domain.people import NO_TOWNSHIP
from bulletin.services.public.records.reports import report_address
from bulletin.store.annual_reports import AnnualReportEdition, IssuedReport, issued_reports
from bulletin.store.places import Township

KEPT = timedelta(days=366)  # until the next one is due, whenever it came
SUBJECT, SUBJECT_CODE = say("政府信息公开工作年度报告"), "annual_report"


def feed_reports(
    session: Session,
    here: Sequence[Township],
    now: datetime,
    root: str,
    *,
    with_county: bool = False,
) -> tuple[ReportRecord, ...]:
    """What townships issued within a year, each year's report once, the newest change first.

    Args:
        root: the site's address on the web, without / at its end.
        with_county: the county's own report, too.
    """
    codes = {township.id: township.code for township in here}
    if with_county:
        codes[NO_TOWNSHIP] = ""
    return tuple(
        _record(session, each, codes[each.township_id], root)
        for each in issued_reports(session, codes, now)
        if each.changed_at > now - KEPT
    )


def _record(session: Session, report: IssuedReport, code: str, root: str) -> ReportRecord:
    edition = session.get_one(AnnualReportEdition, report.edition_id)
    content = content_of(edition.content)
    page = f"{root}{report_address(code, report.year)}"
    return ReportRecord(
        url=page,
        title=content.title,
        edition=edition.number,
        publishers=(say("%(body)s人民政府", body=content.body),),
        place=content.body,
        place_code=code,
        subject=SUBJECT,
        subject_code=SUBJECT_CODE,
        published_at=report.first_at,
        changed_at=report.changed_at,
        year=report.year,
        digest=report.digest,
        files=tuple((f"{page}{ending}", MEDIA_TYPES[ending]) for ending in edition.files),
    )
