"""年度报告: its tables 二, 三 and 四 as they stand; every figure leads to what it counts."""

from flask import Blueprint, abort, render_template, request

from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.services.oversight.office import READERS, reads
from bulletin.services.oversight.registers import books
from bulletin.services.oversight.requests import ledger
from bulletin.web.guard import for_roles
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("annual", __name__, url_prefix="/desk/annual")
YEARS_OFFERED = 6


def ensure_reads() -> None:
    """What the township's office keeps does not exist for villages."""
    if not reads(actor()):
        abort(404)


def years_offered() -> range:
    return range(today().year, today().year - YEARS_OFFERED, -1)


@bp.get("/<int:year>")
@for_roles(*READERS)
def tables(year: int) -> str:
    """The tables of a year; row and column of the address: the cell that is opened."""
    ensure_reads()
    if year not in years_offered():
        abort(404)
    layout, key = site().report_layout(year), _cell(year)
    of_requests = key is not None and key.table is TableName.REQUESTS
    return render_template(
        "desk/annual_tables.html",
        year=year,
        years=years_offered(),
        layout=layout,
        names=TableName,
        figures={
            **ledger.year_figures(site(), actor(), year),
            **books.year_figures(site(), actor(), year),
        },
        key=key,
        cell=layout.words_of(key) if key else "",
        requests=ledger.lines_of_cell(site(), actor(), year, key, now())
        if key and of_requests
        else [],
        entries=books.lines_of_cell(site(), actor(), year, key) if key and not of_requests else [],
        today=today(),
    )


def _cell(year: int) -> CellKey | None:
    """The cell that the address names, if a table has it."""
    place = request.args.get("table"), request.args.get("row"), request.args.get("column")
    return next((key for key in site().report_layout(year).cells() if tuple(key) == place), None)
