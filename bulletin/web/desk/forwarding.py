"""转贴上级文件: the form for a scan that is posted as it came."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.deadlines.posting_period import MIN_POSTING_DAYS
from bulletin.domain.people import Role
from bulletin.services.notices.drafts import forward as notices_forward
from bulletin.services.notices.drafts.forward import HigherPaper
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import count_of, row_id_typed, typed
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("forwarding", __name__, url_prefix="/desk/notices")


@bp.get("/forward")
@for_roles(Role.LIAISON)
def form(*, sentences: Sequence[str] = ()) -> str:
    places = {each.id: each.name for each in village_choices(site(), actor(), today())}
    mine = {None: "乡镇"} | places
    return render_template(
        "desk/forward.html",
        places={place: name for place, name in mine.items() if actor().holds(Role.LIAISON, place)},
        typed=request.form,
        usual_days=MIN_POSTING_DAYS,
        sentences=sentences,
    )


@bp.post("/forward")
@for_roles(Role.LIAISON)
@refused_shows(form)
def forward() -> ResponseReturnValue:
    """The draft opens in the editor, where it is looked through once and submitted."""
    scans = [(file.filename or "", file.read()) for file in request.files.getlist("scans") if file]
    days = count_of(typed("posting_days"), "公示天数")
    paper = HigherPaper(
        title=typed("title"),
        issuer=typed("issuer"),
        number=typed("number"),
        posting_days=MIN_POSTING_DAYS if days is None else days,
        personal="personal" in request.form,
    )
    village_id = row_id_typed("village")
    code = notices_forward.forward(site(), actor(), village_id, paper, scans, now())
    return redirect(url_for("drafts.edit", code=code))
