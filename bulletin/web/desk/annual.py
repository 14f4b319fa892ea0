"""年度报告 of a township, or of the county: its parts, its tables with what each figure counts, what was found in it, and issuing it."""

from collections.abc import Collection, Mapping, Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.formats import MEDIA_TYPES
from bulletin.domain.oversight.annual_report.counts import ReportCount
from bulletin.domain.oversight.annual_report.drafts import TextPart
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.people import Actor, Role
from bulletin.services.oversight.annual_report.import_earlier import import_earlier
from bulletin.services.oversight.annual_report.issue import issue
from bulletin.services.oversight.annual_report.overview import report_view
from bulletin.services.oversight.annual_report.reporting_body import ISSUERS, for_county
from bulletin.services.oversight.annual_report.write_file import FORMS, write_file
from bulletin.services.oversight.annual_report.write_text import remark, save_text
from bulletin.services.oversight.annual_report.written import kept_file, written_report
from bulletin.services.oversight.office import KEEPERS, READERS, reads
from bulletin.services.oversight.registers import books
from bulletin.services.oversight.registers.closings import closed_in
from bulletin.services.oversight.requests import ledger
from bulletin.web.desk.inputs import count_of, row_id, typed
from bulletin.web.downloads import file_response
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("annual", __name__, url_prefix="/desk")
YEARS_OFFERED = 6
# Where one sees what a count of the words counts.
_COUNTED_AT = {
    ReportCount.OWED: "/desk/coverage?period={year}",
    ReportCount.ON_TIME: "/desk/coverage?period={year}",
    ReportCount.LACKING: "/desk/coverage?period={year}",
    ReportCount.SHARE: "/desk/coverage?period={year}",
    ReportCount.LACKING_PLACES: "/desk/coverage?period={year}",
    ReportCount.LACKING_BEFORE: "/desk/coverage?period={before}",
    ReportCount.PUBLISHED: "/desk/notices?year={year}",
    ReportCount.ASKED: "/desk/feedback",
    ReportCount.ANSWERED: "/desk/feedback",
    ReportCount.UNANSWERED: "/desk/feedback",
    ReportCount.MEETINGS: "/desk/meetings",
    ReportCount.INSPECTIONS: "/desk/inspections",
    ReportCount.FINDINGS: "/desk/inspections",
    ReportCount.MENDED: "/desk/inspections",
    ReportCount.ORDERS: "/desk/escalations",
    ReportCount.CIRCULARS: "/desk/escalations",
    ReportCount.CASES: "/desk/escalations",
    ReportCount.TRAININGS: "/desk/trainings",
    ReportCount.TRAINED: "/desk/trainings",
    ReportCount.PUBLICITY: "/desk/trainings",
    ReportCount.HANDOUTS: "/desk/trainings",
    ReportCount.BOARDS: "/desk/boards",
    ReportCount.REQUEST_FEES: "/desk/requests?year={year}",
}
_OF_TIME = (
    ReportCount.OWED,
    ReportCount.ON_TIME,
    ReportCount.LACKING,
    ReportCount.SHARE,
    ReportCount.LACKING_PLACES,
)


def ensure_reads() -> None:
    """What the township's office keeps does not exist for villages."""
    if not reads(actor()):
        abort(404)


def years_offered() -> range:
    return range(today().year, today().year - YEARS_OFFERED, -1)


@bp.get("/county/annual/<int:year>", defaults={"county": True})
@bp.get("/annual/<int:year>", defaults={"county": False})
@for_roles(*READERS, Role.COUNTY_OVERSEER)
def report(year: int, *, county: bool, sentences: Sequence[str] = ()) -> str:
    """The report of a year; table, row and column of the address: the cell that is opened."""
    who = _reporter(year, county=county)
    view, layout, key = (
        report_view(site(), who, year, now()),
        site().report_layout(year),
        _cell(year),
    )
    of_requests = key is not None and key.table is TableName.REQUESTS
    own = key if not county else None  # a county's opens what its townships reported
    return render_template(
        "desk/annual_report.html",
        year=year,
        county=county,
        of={"year": year, "county": county},
        years=years_offered(),
        view=view,
        layout=layout,
        figures=view.report.content.figures,
        links=_links(year, county=county),
        forms=list(FORMS),
        closed=[] if county else closed_in(site(), who, year),
        key=key,
        cell=layout.words_of(key) if key else "",
        requests=ledger.lines_of_cell(site(), who, year, own, now()) if own and of_requests else [],
        entries=books.lines_of_cell(site(), who, year, own) if own and not of_requests else [],
        sentences=sentences,
        today=today(),
    )


@bp.post("/county/annual/<int:year>/text", defaults={"county": True})
@bp.post("/annual/<int:year>/text", defaults={"county": False})
@for_roles(*KEEPERS, Role.COUNTY_OVERSEER)
@refused_shows(report)
def save(year: int, *, county: bool) -> ResponseReturnValue:
    who = _reporter(year, county=county)
    texts = {part: request.form.get(part.value, "") for part in TextPart}
    version = count_of(typed("version"), "版本") or 0
    save_text(site(), who, year, texts, version, now())
    return _done(year, "文字存好了。", county=county)


@bp.post("/county/annual/<int:year>/remark", defaults={"county": True})
@bp.post("/annual/<int:year>/remark", defaults={"county": False})
@for_roles(*KEEPERS, Role.COUNTY_OVERSEER)
@refused_shows(report)
def explain(year: int, *, county: bool) -> ResponseReturnValue:
    who = _reporter(year, county=county)
    remark(site(), who, year, typed("finding"), typed("reason"), now())
    return _done(year, "记下了，这一处不再提示。", "findings", county=county)


@bp.post("/county/annual/<int:year>/issue", defaults={"county": True})
@bp.post("/annual/<int:year>/issue", defaults={"county": False})
@for_roles(*ISSUERS, Role.COUNTY_OVERSEER)
@refused_shows(report)
def publish(year: int, *, county: bool) -> ResponseReturnValue:
    who = _reporter(year, county=county)
    number = issue(site(), who, year, typed("signed_by"), now())
    return _done(
        year,
        f"{year}年的年度报告发布了，第{number}版。发布的样子封存好了，不会再变。",
        "issued",
        county=county,
    )


@bp.post("/county/annual/<int:year>/earlier", defaults={"county": True})
@bp.post("/annual/<int:year>/earlier", defaults={"county": False})
@for_roles(*KEEPERS, Role.COUNTY_OVERSEER)
@refused_shows(report)
def bring(year: int, *, county: bool) -> ResponseReturnValue:
    """The report of the year before."""
    who = _reporter(year, county=county)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise refuse("file_missing", "请先选文件。")
    import_earlier(site(), who, year - 1, file.filename, file.read(), now())
    return _done(year, f"{year - 1}年的数字带来了。", "earlier", county=county)


@bp.get("/county/annual/<int:year>/file<ending>", defaults={"county": True})
@bp.get("/annual/<int:year>/file<ending>", defaults={"county": False})
@for_roles(*READERS, Role.COUNTY_OVERSEER)
def file(year: int, ending: str, *, county: bool) -> Response:
    """The report as a file; edition of the address: as it was issued then."""
    if ending not in FORMS:
        abort(404)
    who = _reporter(
        year, county=county, years=range(today().year - YEARS_OFFERED, today().year + 1)
    )
    number = request.args.get("edition", type=row_id)
    written = written_report(site(), who, year, now(), number=number)
    name = written.title + (f"-第{number}版" if number else "-草稿") + ending
    kept = kept_file(site(), who, year, number, ending) if number else None
    return file_response(kept or write_file(site(), written, ending), MEDIA_TYPES[ending], name)


def _reporter(year: int, *, county: bool, years: Collection[int] = ()) -> Actor:
    """Who reports: a person of the office, or the county's overseer. For everybody else there is no such page."""
    who = actor()
    reads_it = who.oversees_county if county else reads(who)
    if not reads_it or year not in (years or years_offered()):
        abort(404)
    return for_county(who) if county else who


def _links(year: int, *, county: bool) -> Mapping[str, str]:
    """Where each field of the words leads."""
    links = {
        field.name: url_for(
            "annual.report", year=year, county=county, **field.cells[0]._asdict(), _anchor="cell"
        )
        for field in site().report_text.fields
    }
    if county:
        timely = url_for("supervision_county.townships", period=year)
        return {**links, **dict.fromkeys((count.label for count in _OF_TIME), timely)}
    counted = {
        count.label: where.format(year=year, before=year - 1)
        for count, where in _COUNTED_AT.items()
    }
    return {**links, **counted}


def _cell(year: int) -> CellKey | None:
    """The cell that the address names, if a table has it."""
    place = request.args.get("table"), request.args.get("row"), request.args.get("column")
    return next((key for key in site().report_layout(year).cells() if tuple(key) == place), None)


def _done(year: int, words: str, anchor: str | None = None, *, county: bool) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("annual.report", year=year, county=county, _anchor=anchor))
