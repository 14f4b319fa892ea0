"""公开情况: the matrix of villages and items as of any day, and the same as Excel and CSV."""

from collections import Counter
from datetime import date

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.catalog.items import Group
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage import COVERAGE_MARKS, CoverageState
from bulletin.domain.duties.coverage_shares import share_of, worst_first
from bulletin.domain.formats import TableFormat
from bulletin.domain.oversight.supervision import DutyOutcome
from bulletin.domain.pages import page_span
from bulletin.domain.people import Role
from bulletin.services.outlets.airing_log import airing_places
from bulletin.services.outlets.late_outlets import LateOutlet, late_outlets
from bulletin.services.oversight.annual_report.due import owed_report
from bulletin.services.oversight.annual_report.reporting_body import for_county
from bulletin.services.oversight.coverage import CoverageTable, coverage_table
from bulletin.services.oversight.coverage_sums import (
    TownshipSum,
    VillageSum,
    coverage_by_township,
    coverage_by_village,
)
from bulletin.services.oversight.coverage_tables import county_file, coverage_file
from bulletin.services.oversight.office import reads
from bulletin.services.oversight.supervision.overview import SUPERVISING
from bulletin.services.people import sign_in
from bulletin.services.places.villages import village_choices
from bulletin.web.coverage_tones import TONES
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.desk.periods import period_asked, this_quarter
from bulletin.web.downloads import table_response
from bulletin.web.guard import for_roles, staff
from bulletin.web.rendering import labels_of
from bulletin.web.replica import of_replica
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("coverage", __name__, url_prefix="/desk")
VILLAGES_A_PAGE = 20  # so that the picture can be taken in, and comes at once


@bp.get("/coverage")
@staff
@of_replica
def matrix() -> str:
    asked = ListQuery("coverage.matrix")
    period, village_id, as_of = _asked(asked)
    by_name = request.args.get("sort") == "village"
    asked.keep("sort", "village" if by_name else None)
    outcome = asked.member("outcome", DutyOutcome)
    sums = _sums(period, as_of, village_id, outcome)
    counts = sum((each.counts for each in sums), Counter())
    span = page_span(len(sums), asked.number, per_page=VILLAGES_A_PAGE)
    page = span.with_lines((sums if by_name else worst_first(sums))[span.first : span.end])
    table = _table(period, as_of, village_id, [each.village_id for each in page.lines])
    table = _narrowed(asked, table, outcome)
    return render_template(
        "desk/coverage.html",
        table=table,
        page=page,
        of_office=reads(actor()),
        oversees=current_user.actor.roles & set(SUPERVISING),
        counts=counts,
        shares={each.village_id: share_of(each.counts) for each in page.lines},
        whole=share_of(counts),
        by_name=by_name,
        late_outlets=_late_outlets(as_of, village_id),
        most_outlets=VILLAGES_A_PAGE,
        loudspeakers=airing_places(site(), actor()),
        several=len(sums) > 1,
        titles={item.code: item.title for item in table.items},
        period=period,
        asked=asked,
        as_of=as_of,
        village_id=village_id,
        groups=labels_of(Group),
        words=labels_of(CoverageState),
        marks=COVERAGE_MARKS,
        tones=TONES,
        now=now(),
    )


def _sums(
    period: Period, as_of: date | None, village_id: int | None, outcome: DutyOutcome | None
) -> list[VillageSum]:
    """The villages where something turned out in one way, or all."""
    sums = coverage_by_village(
        site(),
        actor(),
        now(),
        first_on=period.first,
        last_on=period.last,
        as_of=as_of,
        village_id=village_id,
    )
    states = outcome.states if outcome else None
    return [each for each in sums if states is None or any(each.counts[state] for state in states)]


def _narrowed(asked: ListQuery, table: CoverageTable, outcome: DutyOutcome | None) -> CoverageTable:
    """To what turned out in one way, and to one of the items that the table has."""
    item = asked.choice("item", {each.code: each.title for each in table.items})
    if not (outcome or item):
        return table
    return table.only(outcome.states if outcome else frozenset(CoverageState), item)


def _late_outlets(as_of: date | None, village_id: int | None) -> list[LateOutlet]:
    """As they stand now; of a day before nobody asks."""
    if as_of not in {None, today()}:
        return []
    return late_outlets(site(), actor(), now(), village_id=village_id)


@bp.get("/coverage.<any(xlsx, csv):form>")
@staff
@of_replica
def file(form: TableFormat) -> Response:
    period, village_id, as_of = _asked(ListQuery("coverage.matrix"))
    data = coverage_file(_table(period, as_of, village_id), form)
    return table_response(data, form, f"公开情况-{period.label}.{form}")


@bp.get("/county")
@for_roles(Role.COUNTY_OVERSEER)
@of_replica
def county() -> str:
    """The sums of every township; a township's cells are opened from here."""
    asked = ListQuery("coverage.county")
    period, as_of = period_asked(asked, this_quarter()), asked.day("as_of")
    return render_template(
        "desk/county.html",
        townships=_townships(period, as_of),
        period=period,
        asked=asked,
        as_of=as_of,
        words=labels_of(CoverageState),
        owed=owed_report(site(), for_county(actor()), now()),
        now=now(),
    )


@bp.get("/county.<any(xlsx, csv):form>")
@for_roles(Role.COUNTY_OVERSEER)
@of_replica
def sums_file(form: TableFormat) -> Response:
    asked = ListQuery("coverage.county")
    period, as_of = period_asked(asked, this_quarter()), asked.day("as_of")
    span = period.first, period.last
    data = county_file(_townships(period, as_of), span, as_of or today(), form)
    return table_response(data, form, f"各乡镇公开情况-{period.label}.{form}")


@bp.post("/county/<code>")
@for_roles(Role.COUNTY_OVERSEER)
def look_into(code: str) -> AnyResponse:
    """Turn to a township: its matrix, and from there everything that its overseer reads."""
    sign_in.look_into(site(), actor(), current_user.id, code)
    asked = request.form.get("period"), request.form.get("as_of")
    return redirect(url_for("coverage.matrix", period=asked[0], as_of=asked[1] or None))


def _townships(period: Period, as_of: date | None) -> list[TownshipSum]:
    return coverage_by_township(
        site(), actor(), now(), first_on=period.first, last_on=period.last, as_of=as_of
    )


def _table(
    period: Period,
    as_of: date | None,
    village_id: int | None,
    places: list[int | None] | None = None,
) -> CoverageTable:
    return coverage_table(
        site(),
        actor(),
        now(),
        first_on=period.first,
        last_on=period.last,
        as_of=as_of,
        village_id=village_id,
        places=places,
    )


def _asked(asked: ListQuery) -> tuple[Period, int | None, date | None]:
    """The period, the village and the day of the address; what cannot be read is this quarter."""
    period = period_asked(asked, this_quarter())
    return period, asked.village(village_choices(site(), actor(), today())), asked.day("as_of")
