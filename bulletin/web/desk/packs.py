"""打印包: ordered, made in the background, watched, cancelled, opened."""

from flask import (
    Blueprint,
    Response,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.people import Role
from bulletin.services.boards.packs import order_pack, pack_orders, work_on_pack
from bulletin.services.boards.packs.pack_orders import PackLine
from bulletin.services.long_jobs.nobody_works import nobody_works
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import paper_asked, row_id_typed
from bulletin.web.downloads import pdf_response
from bulletin.web.guard import for_roles
from bulletin.web.request_context import actor, clock, now, site, today

bp = Blueprint("packs", __name__, url_prefix="/desk/packs")


@bp.get("")
@for_roles(Role.LIAISON)
def packs() -> str:
    """What to bind, and what was bound. A pack that nobody works on any more is taken up again."""
    lines = pack_orders.pack_lines(site(), actor(), now())
    for line in lines:
        _take_up(line)
    return render_template(
        "desk/packs.html",
        lines=lines,
        villages=village_choices(site(), actor(), today()),
        nobody_works=any(line.is_running for line in lines) and nobody_works(site()),
        now=now(),
    )


@bp.post("")
@for_roles(Role.LIAISON)
def ask() -> AnyResponse:
    form = request.form
    pack_id = order_pack.order_pack(
        site(),
        actor(),
        now(),
        board_id=row_id_typed("board"),
        village_id=row_id_typed("village"),
        paper=paper_asked() or "a4",
        only_new=form.get("which") != "all",
    )
    _take_up(pack_orders.pack_line(site(), actor(), pack_id, now()))
    return redirect(url_for("packs.packs", _anchor=f"pack-{pack_id}"))


@bp.get("/<int:pack_id>")
@for_roles(Role.LIAISON)
def progress(pack_id: int) -> Response:
    """How far a pack is, for the bar on the page."""
    line = pack_orders.pack_line(site(), actor(), pack_id, now())
    _take_up(line)
    return jsonify(state=line.state.value, done=line.done, total=line.total)


@bp.post("/<int:pack_id>/cancel")
@for_roles(Role.LIAISON)
def cancel(pack_id: int) -> AnyResponse:
    order_pack.cancel(site(), actor(), pack_id)
    return redirect(url_for("packs.packs"))


@bp.get("/<int:pack_id>.pdf")
@for_roles(Role.LIAISON)
def file(pack_id: int) -> Response:
    name, pdf = pack_orders.pack_pdf(site(), actor(), pack_id)
    return pdf_response(pdf, name)


def _take_up(line: PackLine) -> None:
    """Whichever process sees it idle has it taken up again."""
    if line.idle:
        work_on_pack.take_up(site(), line.id, clock())
