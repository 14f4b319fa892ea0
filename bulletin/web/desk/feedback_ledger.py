"""反馈台账: all questions with their clocks, and the summary of half a year."""

from flask import Blueprint, Response, render_template, request

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.feedback.kinds import Level
from bulletin.services.oversight.feedback.half_year import (
    HalfYear,
    half_year,
    half_year_paper,
    own_replies,
)
from bulletin.services.oversight.feedback.ledger import LedgerTab, feedback_ledger
from bulletin.services.oversight.supervision.overview import SUPERVISING
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import FIRST_YEAR, LAST_YEAR
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import pdf_response
from bulletin.web.guard import for_roles
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("feedback_ledger", __name__, url_prefix="/desk/feedback")
HALF_YEARS_OFFERED = 6


@bp.get("/ledger")
@for_roles(*SUPERVISING)
def ledger() -> str:
    asked = ListQuery("feedback_ledger.ledger")
    tab = asked.tab("show", LedgerTab, LedgerTab.ALL)
    village_id = asked.village(village_choices(site(), actor(), today()))
    as_of = asked.day("as_of")
    return render_template(
        "desk/feedback_ledger.html",
        page=feedback_ledger(
            site(),
            actor(),
            now(),
            tab=tab,
            village_id=village_id,
            as_of=as_of,
            number=asked.number,
        ),
        asked=asked,
        as_of=as_of,
        levels=Level,
        today=today(),
    )


@bp.get("/half-year")
@for_roles(*SUPERVISING)
def summary() -> str:
    asked = ListQuery("feedback_ledger.summary")
    return render_template(
        "desk/feedback_half_year.html",
        found=_found(asked),
        own=own_replies,
        levels=Level,
        asked=asked,
        today=today(),
    )


@bp.get("/half-year.pdf")
@for_roles(*SUPERVISING)
def paper() -> Response:
    name, sheet = half_year_paper(site(), actor(), _found(ListQuery("feedback_ledger.summary")))
    return pdf_response(sheet.pdf, name)


def _found(asked: ListQuery) -> HalfYear:
    """The half-year of the address; what cannot be read is the running one."""
    this = Period.containing(Every.HALF_YEAR, today())
    try:
        period = Period.parse(request.args.get("period", ""))
    except ValueError:
        period = this
    if not FIRST_YEAR <= period.first.year <= LAST_YEAR:
        period = this
    offered = [this]
    while len(offered) < HALF_YEARS_OFFERED:
        offered.append(offered[-1].previous())
    choices = {each.key: each.label for each in dict.fromkeys([*offered, period])}
    asked.one("period", period.key, choices)
    return half_year(site(), actor(), period, now())
