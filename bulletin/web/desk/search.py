"""查找: everything that has the words, from every page of the desk."""

from flask import Blueprint, render_template, request

from bulletin.domain.search.kinds import Kind
from bulletin.services.desk.search import search
from bulletin.web.desk.inputs import row_id
from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now, site

bp = Blueprint("search", __name__, url_prefix="/desk/search")


@bp.get("")
@staff
def found() -> str:
    typed = request.args.get("q", "").strip()
    asked = request.args.get("kind", "")
    kind = Kind(asked) if asked in set(Kind) else None
    number = request.args.get("page", type=row_id)
    return render_template(
        "desk/search.html",
        found=search(site(), actor(), typed, now(), kind=kind, number=number),
        kind=kind,
        q=typed,
        now=now(),
    )
