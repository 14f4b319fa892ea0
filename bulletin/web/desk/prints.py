"""Sheets on the desk: previews, print runs, the exact PDFs that were printed."""

from io import BytesIO

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.paper import PAPERS, Paper
from bulletin.domain.people import Role
from bulletin.services import printing
from bulletin.web.clockwork import actor, house, now
from bulletin.web.desk.forms import row_id
from bulletin.web.guard import for_roles, staff

bp = Blueprint("prints", __name__, url_prefix="/desk")
SCREEN_DPI = 96


def _paper() -> Paper:
    asked = request.values.get("paper", "a4")
    return next((paper for paper in PAPERS if paper == asked), "a4")


@bp.get("/notices/<code>/sheet.pdf")
@staff
def sheet(code: str) -> Response:
    """The sheet as it stands; a draft says 草稿 and has no code."""
    seen = printing.preview(
        house(),
        actor(),
        code,
        now(),
        number=request.args.get("edition", type=row_id),
        paper=_paper(),
    )
    return send_file(BytesIO(seen.sheet.pdf), "application/pdf", download_name=seen.name)


@bp.get("/notices/<code>/sheet/<int:page>.png")
@staff
def sheet_picture(code: str, page: int) -> Response:
    """One page of the sheet as a picture, for the eyes of reviewers."""
    picture = printing.preview_picture(
        house(), actor(), code, now(), page=page, dpi=SCREEN_DPI,
        number=request.args.get("edition", type=row_id),
    )  # fmt: skip
    return send_file(BytesIO(picture), "image/png")


@bp.post("/notices/<code>/print")
@for_roles(Role.LIAISON)
def print_sheet(code: str) -> AnyResponse:
    """Record a print run; the next page holds the PDF and the form for hanging it."""
    printed = printing.print_sheet(house(), actor(), code, now(), paper=_paper())
    flash(f"打印件已做好，共{printed.sheet.pages}页。请打开下面的PDF，按“实际大小”打印。")
    return redirect(url_for("boards.hang", code=code, run=printed.run_id))


@bp.get("/prints/<int:run_id>.pdf")
@staff
def kept(run_id: int) -> Response:
    """The exact PDF of a print run."""
    name, pdf = printing.kept_sheet(house(), actor(), run_id)
    return send_file(BytesIO(pdf), "application/pdf", download_name=name)
