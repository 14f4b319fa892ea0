"""其他用纸: the head of a board, a blank form, the catalog, a printer test."""

from io import BytesIO

from flask import Blueprint, Response, render_template, request, send_file

from bulletin.services.places.villages import village_choices
from bulletin.services.printing.forms import FORM_WORDS, place_form
from bulletin.web.desk.inputs import paper_asked, row_id
from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("forms", __name__, url_prefix="/desk/papers")


@bp.get("")
@staff
def forms() -> str:
    return render_template(
        "desk/forms.html", forms=FORM_WORDS, villages=village_choices(site(), actor(), today())
    )


@bp.get("/<any(header, blank, catalog, printer):kind>.pdf")
@staff
def form(kind: str) -> Response:
    """One of the forms for a village, or for the township when none is chosen."""
    wanted = next(each for each in FORM_WORDS if each == kind)
    village = request.args.get("village", type=row_id)
    name, sheet = place_form(site(), actor(), wanted, village, now(), paper=paper_asked())
    return send_file(BytesIO(sheet.pdf), "application/pdf", download_name=name)
