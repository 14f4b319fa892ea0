"""The report of a year: as it stands now, and as it was issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError
from bulletin.domain.oversight.annual_report.content import ReportContent, content_of
from bulletin.domain.oversight.annual_report.drafts import TextPart, draft_of, problems_in
from bulletin.domain.oversight.annual_report.fields import filled
from bulletin.domain.oversight.annual_report.item import COUNTY
from bulletin.domain.oversight.annual_report.written import (
    WrittenReport,
    headings_of,
    written_of,
)
from bulletin.domain.people import Actor
from bulletin.services.oversight.annual_report.figures import field_values, figures_of
from bulletin.services.oversight.annual_report.reporting_body import body_of, is_of_county
from bulletin.services.oversight.annual_report.townships_reports import (
    TownshipReport,
    summed,
    townships_reports,
)
from bulletin.services.site import Site
from bulletin.store.annual_reports import (
    AnnualReportEdition,
    brought_report,
    editions_of,
    report_of,
)

UNISSUED = "草稿，还没有发布"
NO_EDITION = "年度报告没有这一版。"
PROBLEMS_PART = 5


@dataclass(frozen=True, kw_only=True)
class StandingReport:
    """The report of a year as it stands: its words with their fields, and all that they may name."""

    texts: Mapping[TextPart, str]
    drafts: Mapping[TextPart, str]  # what it would begin with now
    version: int  # of the words; 0: nobody has saved any
    values: Mapping[str, str]  # of the fields
    content: ReportContent  # filled in
    earlier: ReportContent | None  # the report of the year before
    members: tuple[TownshipReport, ...] = ()  # of a county's, which is the sum of theirs


def standing_report(site: Site, actor: Actor, year: int, now: datetime) -> StandingReport:
    """Counted now; words that nobody has saved are drafted from what was counted."""
    layout = site.report_layout(year)
    with site.sessions.reading() as session:
        body = body_of(session, actor)
        members = townships_reports(session, year) if is_of_county(actor) else ()
        saved = report_of(session, actor.township_id, year)
        earlier = earlier_report(session, actor.township_id, year - 1)
    figures = summed(layout, members) if is_of_county(actor) else figures_of(site, actor, year)
    values = field_values(site, actor, year, now, figures)
    facts = {"body": body, "year": str(year), "order": layout.order}
    problems = problems_in(earlier.texts[PROBLEMS_PART - 1]) if earlier else []
    drafts = {
        part: draft_of(site.report_text.drafts[part], values, facts, problems) for part in TextPart
    }
    texts = {part: getattr(saved, part.value) for part in TextPart} if saved else drafts
    by_number = {part.number: filled(text, values) for part, text in texts.items()}
    headings = headings_of(layout)
    return StandingReport(
        texts=texts,
        drafts=drafts,
        version=saved.version if saved else 0,
        values=values,
        content=ReportContent(
            title=layout.title.format(**facts),
            body=body,
            layout=layout.name,
            headings=headings,
            texts=tuple(by_number.get(number, "") for number in range(1, len(headings) + 1)),
            figures=figures,
        ),
        earlier=earlier,
        members=members,
    )


def history_subject(township_id: int, year: int) -> str:
    """By which the history knows the report of a township (`NO_TOWNSHIP`: of the county) and year."""
    return f"report {township_id or COUNTY}.{year}"


def earlier_report(session: Session, township_id: int, year: int) -> ReportContent | None:
    """The report of a year that is over: as it was issued here, else as it was brought."""
    edition = session.scalar(editions_of(township_id, year).limit(1))
    kept = edition or brought_report(session, township_id, year)
    return content_of(kept.content) if kept else None


def written_report(
    site: Site, actor: Actor, year: int, now: datetime, *, number: int | None = None
) -> WrittenReport:
    """What is written into a file: an edition as it was issued, or the report as it stands.

    Args:
        number: of the edition; None: as it stands, marked as a draft.

    Raises:
        NotFoundError: there is no such edition.
    """
    if number is None:
        content = standing_report(site, actor, year, now).content
        return written_of(content, site.report_layout(year), note=UNISSUED)
    return written_content(site, issued_content(site, actor, year, number), year)


def written_content(site: Site, content: ReportContent, year: int) -> WrittenReport:
    """What a report of a year says, in its own layout."""
    return written_of(content, site.layout_named(content.layout, year))


def issued_content(site: Site, actor: Actor, year: int, number: int) -> ReportContent:
    """An edition as it was issued.

    Raises:
        NotFoundError: there is none.
    """
    with site.sessions.reading() as session:
        return content_of(_edition(session, actor, year, number).content)


def _edition(session: Session, actor: Actor, year: int, number: int) -> AnnualReportEdition:
    for edition in session.scalars(editions_of(actor.township_id, year)):
        if edition.number == number:
            return edition
    raise NotFoundError(NO_EDITION)


def kept_file(site: Site, actor: Actor, year: int, number: int, ending: str) -> bytes | None:
    """The file of an edition that was kept when it was issued; None in another form, and of an earlier release.

    Raises:
        NotFoundError: there is no such edition.
    """
    with site.sessions.reading() as session:
        edition = _edition(session, actor, year, number)
        digest = edition.files.get(ending)
        return site.files.get(digest) if digest else None


def newest_number(site: Site, actor: Actor, year: int) -> int | None:
    """The number of the newest edition of a year; None where nothing was issued."""
    with site.sessions.reading() as session:
        edition = session.scalar(editions_of(actor.township_id, year).limit(1))
        return edition.number if edition else None
