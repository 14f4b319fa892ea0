"""备案: what the villages published, corrected and took down."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bulletin.domain.people import Role
from bulletin.services.oversight import acknowledge_filings
from bulletin.services.oversight.acknowledge_filings import (
    FilingsAsked,
    filing_list,
    filing_words,
)
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("filings", __name__, url_prefix="/desk/filings")
TOWNSHIP = (Role.SCREENER, Role.APPROVER, Role.OVERSEER, Role.ADMINISTRATOR)


@bp.get("")
@for_roles(*TOWNSHIP)
def filings() -> str:
    villages = village_choices(site(), actor(), today())
    asked = ListQuery("filings.filings")
    narrowed = FilingsAsked(
        village_id=asked.village(villages),
        act=asked.choice("act", filing_words()),
        only_unseen=asked.choice("seen", {"no": "没有看过的"}) == "no",
    )
    found = filing_list(site(), actor(), narrowed, asked.number)
    return render_template(
        "desk/filings.html", page=found.page, unseen=found.unseen, asked=asked, now=now()
    )


@bp.post("/seen")
@for_roles(*TOWNSHIP)
def seen() -> Response:
    acknowledge_filings.mark_filings_seen(site(), actor(), now())
    return redirect(url_for("filings.filings"))
