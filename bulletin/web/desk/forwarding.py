"""转贴上级文件: the form for a scan that is posted as it came."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bulletin.domain.deadlines.posting_period import MIN_POSTING_DAYS
from bulletin.domain.errors import Refused
from bulletin.domain.people import Role
from bulletin.services.notices import forward as notices_forward
from bulletin.services.notices.forward import HigherPaper
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import count_of, http_status, row_id, sentences, typed
from bulletin.web.guard import for_roles
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("forwarding", __name__, url_prefix="/desk/notices")
Answer = str | Response | tuple[str, int]


@bp.get("/forward")
@for_roles(Role.LIAISON)
def form() -> str:
    return _page([])


@bp.post("/forward")
@for_roles(Role.LIAISON)
def forward() -> Answer:
    """The draft opens in the editor, where it is looked through once and handed in."""
    scans = [(file.filename or "", file.read()) for file in request.files.getlist("scans") if file]
    try:
        days = count_of(typed("posting_days"), "公示天数")
        paper = HigherPaper(
            typed("title"), typed("issuer"), typed("number"),
            MIN_POSTING_DAYS if days is None else days, "personal" in request.form,
        )  # fmt: skip
        village_id = request.form.get("village", type=row_id)
        code = notices_forward.forward(site(), actor(), village_id, paper, scans, now())
    except Refused as refused:
        return _page(sentences(refused)), http_status(refused)
    return redirect(url_for("drafts.edit", code=code))


def _page(said: list[str]) -> str:
    places = {each.id: each.name for each in village_choices(site(), actor(), today())}
    mine = {None: "乡镇"} | places
    return render_template(
        "desk/forward.html",
        places={place: name for place, name in mine.items() if actor().holds(Role.LIAISON, place)},
        typed=request.form,
        usual_days=MIN_POSTING_DAYS,
        sentences=said,
    )
