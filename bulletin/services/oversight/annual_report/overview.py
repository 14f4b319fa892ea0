"""The report of a year on one page: its words, what was found, what was issued, and the year before."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bulletin.domain.days import village_day
from bulletin.domain.oversight.annual_report.content import changed_cells, content_of
from bulletin.domain.oversight.annual_report.drafts import TO_WRITE, TextPart
from bulletin.domain.oversight.annual_report.fields import TextPiece, pieces_of
from bulletin.domain.oversight.annual_report.written import paragraphs_of
from bulletin.domain.people import Actor
from bulletin.services.oversight.annual_report.due import due_on
from bulletin.services.oversight.annual_report.findings import ReportFindingLine, finding_lines
from bulletin.services.oversight.annual_report.reporting_body import (
    is_of_county,
    issues,
    writes,
)
from bulletin.services.oversight.annual_report.written import StandingReport, standing_report
from bulletin.services.site import Site
from bulletin.store.annual_reports import AnnualReportEdition, brought_report, editions_of
from bulletin.store.places import Township


@dataclass(frozen=True, kw_only=True)
class PartView:
    part: TextPart
    text: str  # with its fields
    paragraphs: tuple[tuple[TextPiece, ...], ...]  # filled in
    draft: str  # what it would begin with now; '' where that is what it says
    is_unfinished: bool  # something is left for a person to write


@dataclass(frozen=True, kw_only=True)
class EditionView:
    number: int
    issued_at: datetime
    issued_by: str
    signed_by: str
    digest: str
    explained: tuple[
        tuple[str, str], ...
    ]  # where something did not add up, and what was said to it


@dataclass(frozen=True, kw_only=True)
class ReportView:
    township: str  # its code; '' of the county
    report: StandingReport
    parts: tuple[PartView, ...]
    findings: list[ReportFindingLine]
    editions: tuple[EditionView, ...]
    changed: tuple[tuple[str, Decimal, Decimal], ...]  # cells since the newest edition: was, is
    words_changed: bool  # since the newest edition
    earlier_file: str  # from which last year's figures were brought; '' for none
    due_on: date
    due_basis: str  # the article that says so; '' where it is the county's day
    days_left: int
    is_over: bool  # the year
    edits: bool  # the person may
    issues: bool

    @property
    def stops(self) -> int:
        """How many findings keep it from being issued."""
        return sum(line.stops for line in self.findings)


def report_view(site: Site, actor: Actor, year: int, now: datetime) -> ReportView:
    report = standing_report(site, actor, year, now)
    with site.sessions.reading() as session:
        editions = list(session.scalars(editions_of(actor.township_id, year)))
        brought = brought_report(session, actor.township_id, year - 1)
        is_county = is_of_county(actor)
        township = "" if is_county else session.get_one(Township, actor.township_id).code
        views = tuple(map(_edition_view, editions))
    newest = content_of(editions[0].content) if editions else None
    changed = changed_cells(newest.figures, report.content.figures) if newest else {}
    layout, today = site.report_layout(year), village_day(now)
    due = due_on(site, actor.township_id, year)
    return ReportView(
        township=township,
        report=report,
        parts=_parts(report),
        findings=finding_lines(site, actor, year, report),
        editions=views,
        changed=tuple((layout.words_of(key), was, is_) for key, (was, is_) in changed.items()),
        words_changed=newest is not None and newest.texts != report.content.texts,
        earlier_file=brought.file_name if brought else "",
        due_on=due,
        due_basis=site.report_text.county_basis if is_county else "",
        days_left=(due - today).days,
        is_over=today.year > year,
        edits=writes(actor),
        issues=issues(actor),
    )


def _edition_view(edition: AnnualReportEdition) -> EditionView:
    explained = content_of(edition.content).explained
    return EditionView(
        number=edition.number,
        issued_at=edition.issued_at,
        issued_by=edition.issuer.name if edition.issuer else "",
        signed_by=edition.signed_by,
        digest=edition.digest,
        explained=tuple((cell, reason) for _, cell, _, _, reason in explained),
    )


def _parts(report: StandingReport) -> tuple[PartView, ...]:
    return tuple(
        PartView(
            part=part,
            text=text,
            paragraphs=tuple(tuple(pieces_of(line, report.values)) for line in paragraphs_of(text)),
            is_unfinished=TO_WRITE.search(text) is not None,
            draft="" if report.drafts[part] == text else report.drafts[part],
        )
        for part, text in report.texts.items()
    )
