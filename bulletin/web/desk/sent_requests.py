"""网上来的申请: confirmed with the applicant, and so taken into the ledger, or set aside."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.services.oversight.office import KEEPERS
from bulletin.services.oversight.requests import confirm as sent
from bulletin.services.oversight.requests.see_applicant import ApplicantContact, see_sent_contact
from bulletin.web.desk.inputs import day_typed, typed
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("sent_requests", __name__, url_prefix="/desk/requests/sent/<int:sent_id>")


@bp.get("")
@for_roles(*KEEPERS)
def one(
    sent_id: int, *, sentences: Sequence[str] = (), contact: ApplicantContact | None = None
) -> str:
    """A request that came by the web and that nobody confirmed yet."""
    return render_template(
        "desk/sent_request.html",
        line=sent.sent_line(site(), actor(), sent_id),
        contact=contact,
        typed=request.form,
        sentences=sentences,
        today=today(),
    )


@bp.post("/contact")
@for_roles(*KEEPERS)
@refused_shows(one)
def contact(sent_id: int) -> ResponseReturnValue:
    """Shown in this answer alone; the look is in the history."""
    return one(sent_id, contact=see_sent_contact(site(), actor(), sent_id, now()))


@bp.post("/confirm")
@for_roles(*KEEPERS)
@refused_shows(one)
def confirm(sent_id: int) -> ResponseReturnValue:
    request_id = sent.confirm(
        site(), actor(), sent_id, day_typed("done_on"), typed("late_why"), now()
    )
    flash("确认好了，从确认的那天起算，期限从这里看。")
    return redirect(url_for("requests.one", request_id=request_id))


@bp.post("/set-aside")
@for_roles(*KEEPERS)
@refused_shows(one)
def set_aside(sent_id: int) -> ResponseReturnValue:
    sent.set_aside(site(), actor(), sent_id, typed("why"), now())
    flash("没有列入台账，原因申请人凭回执看得到。")
    return redirect(url_for("requests.ledger"))
