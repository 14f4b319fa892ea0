"""日历: a month of work by day, and one day of it."""

from flask import Blueprint, abort, render_template, request

from bulletin.services.desk.month.overview import day_view, month_view
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import month_asked, readable_day, row_id
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("month", __name__, url_prefix="/desk/month")
LINES_OF_A_DAY = 50  # of each kind


@bp.get("")
@staff
def month() -> str:
    """The month that is asked for as 2026-12, this one for anything else."""
    asked = ListQuery("month.month")
    village_id = asked.village(village_choices(site(), actor(), today()))
    asked_month = month_asked(today())
    asked.keep("month", asked_month.key)
    return render_template(
        "desk/month.html",
        view=month_view(site(), actor(), now(), asked_month.first, village_id=village_id),
        asked=asked,
        village_id=village_id,
        today=today(),
        now=now(),
    )


@bp.get("/<on>")
@staff
def day(on: str) -> str:
    """One day (2026-12-15) with all that falls on it."""
    village_id = request.args.get("village", type=row_id)
    day_on = readable_day(on)
    if day_on is None:
        abort(404)
    return render_template(
        "desk/month_day.html",
        view=day_view(site(), actor(), now(), day_on, village_id=village_id, shown=LINES_OF_A_DAY),
        village_id=village_id,
        today=today(),
        now=now(),
    )
