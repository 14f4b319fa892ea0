"""督查 of a county: one row a township, and the way into it."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.oversight.supervision import DutyOutcome
from bulletin.domain.people import Role
from bulletin.services.oversight.supervision.county import SupervisedTownship, supervised_townships
from bulletin.services.oversight.supervision.tables import county_supervision_file
from bulletin.services.people import sign_in
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.desk.periods import period_asked
from bulletin.web.downloads import table_response
from bulletin.web.guard import for_roles
from bulletin.web.rendering import labels_of
from bulletin.web.replica import of_replica
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("supervision_county", __name__, url_prefix="/desk/county")


@bp.get("/supervision")
@for_roles(Role.COUNTY_OVERSEER)
@of_replica
def townships() -> str:
    asked = ListQuery("supervision_county.townships")
    found, period = _found(asked)
    return render_template(
        "desk/supervision_county.html",
        townships=found,
        period=period,
        asked=asked,
        as_of=asked.named("as_of").value or None,
        outcomes=labels_of(DutyOutcome),
        today=today(),
    )


@bp.get("/supervision.xlsx")
@for_roles(Role.COUNTY_OVERSEER)
@of_replica
def workbook() -> Response:
    found, period = _found(ListQuery("supervision_county.townships"))
    data = county_supervision_file(found, period)
    return table_response(data, "xlsx", f"各乡镇督查-{period.label}.xlsx")


def _found(asked: ListQuery) -> tuple[list[SupervisedTownship], Period]:
    as_of = asked.day("as_of")
    period = period_asked(asked, Period.containing(Every.YEAR, as_of or today()))
    return supervised_townships(site(), actor(), now(), period=period, as_of=as_of), period


@bp.post("/supervision/<code>")
@for_roles(Role.COUNTY_OVERSEER)
def look_into(code: str) -> AnyResponse:
    """Turn to a township, at the page of its leader."""
    sign_in.look_into(site(), actor(), current_user.id, code)
    asked = request.form.get("period"), request.form.get("as_of")
    return redirect(url_for("supervision.overview", period=asked[0], as_of=asked[1] or None))
