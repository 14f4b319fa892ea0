"""备案: what the villages published, corrected and took down."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bulletin.domain.pages import page_of
from bulletin.domain.people import Role
from bulletin.services.oversight import acknowledge_filings
from bulletin.web.desk.inputs import row_id
from bulletin.web.guard import for_roles
from bulletin.web.request_context import actor, now, site

bp = Blueprint("filings", __name__, url_prefix="/desk/filings")
TOWNSHIP = (Role.SCREENER, Role.APPROVER, Role.OVERSEER, Role.ADMINISTRATOR)


@bp.get("")
@for_roles(*TOWNSHIP)
def filings() -> str:
    lines = acknowledge_filings.filings(site(), actor())
    return render_template(
        "desk/filings.html",
        page=page_of(lines, request.args.get("page", type=row_id)),
        unseen=sum(not line.seen for line in lines),
        now=now(),
    )


@bp.post("/seen")
@for_roles(*TOWNSHIP)
def seen() -> Response:
    acknowledge_filings.mark_filings_seen(site(), actor(), now())
    return redirect(url_for("filings.filings"))
