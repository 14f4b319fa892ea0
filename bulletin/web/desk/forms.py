"""其他用纸: the forms for the board."""

from io import BytesIO

from flask import Blueprint, Response, render_template, request, send_file

from bulletin.services.places.villages import village_choices
from bulletin.services.printing.forms import FORMS, place_form
from bulletin.web.desk.inputs import paper_asked, row_id
from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("forms", __name__, url_prefix="/desk/papers")


@bp.get("")
@staff
def forms() -> str:
    return render_template(
        "desk/forms.html", forms=FORMS, villages=village_choices(site(), actor(), today())
    )


@bp.get(f"/<any({', '.join(FORMS)}):kind>.pdf")
@staff
def form(kind: str) -> Response:
    """One of the forms for a village, or for the township when none is chosen."""
    village = request.args.get("village", type=row_id)
    name, sheet = place_form(site(), actor(), kind, village, now(), paper=paper_asked() or "a4")
    return send_file(BytesIO(sheet.pdf), "application/pdf", download_name=name)
