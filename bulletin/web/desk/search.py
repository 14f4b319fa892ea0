"""查找: everything that has the words, from every page of the desk."""

from flask import Blueprint, render_template, request

from bulletin.domain.search.kinds import Kind
from bulletin.services.desk.search import search
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now, site

bp = Blueprint("search", __name__, url_prefix="/desk/search")


@bp.get("")
@staff
def found() -> str:
    listed = ListQuery("search.found")
    typed = listed.words()
    asked = request.args.get("kind", "")
    kind = Kind(asked) if asked in set(Kind) else None
    listed.keep("kind", kind)
    return render_template(
        "desk/search.html",
        found=search(site(), actor(), typed, now(), kind=kind, number=listed.number),
        listed=listed,
        kind=kind,
        q=typed,
        now=now(),
    )
