"""Sheets on the desk: previews, print runs, the exact PDFs that were printed."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.people import Role
from bulletin.services.boards import certify
from bulletin.services.desk.publication_card import publication_card
from bulletin.services.outlets import share as outlets_share
from bulletin.services.outlets.record_sent import record_chat
from bulletin.services.printing import cover as printing_cover
from bulletin.services.printing import print as printing_print
from bulletin.services.printing.cover import preview_cover
from bulletin.services.printing.print import preview, preview_picture
from bulletin.web.desk.inputs import paper_asked, row_id, typed
from bulletin.web.downloads import pdf_response, picture_response
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site

bp = Blueprint("printing", __name__, url_prefix="/desk")
SCREEN_DPI = 96
PHONE_DPI = 120  # of a page that is read on a phone, by two fingers


@bp.get("/notices/<code>/sheet.pdf")
@staff
def sheet(code: str) -> Response:
    """The sheet as it stands; a draft says 草稿 and has no code."""
    seen = preview(
        site(),
        actor(),
        code,
        now(),
        number=request.args.get("edition", type=row_id),
        paper=paper_asked(),
    )
    return pdf_response(seen.sheet.pdf, seen.name)


@bp.get("/notices/<code>/sheet")
@staff
def sheet_pages(code: str) -> str:
    """The sheet as it stands, its pages as pictures: a phone opens them, and the editor shows them over the draft."""
    number = request.args.get("edition", type=row_id)
    seen = preview(site(), actor(), code, now(), number=number)
    return render_template(
        "desk/sheet.html", code=code, pages=seen.sheet.pages, edition=number, now=now()
    )


@bp.get("/notices/<code>/sheet/<int:page>.png")
@staff
def sheet_picture(code: str, page: int) -> Response:
    """One page of the sheet as a picture, for the eyes of reviewers."""
    picture = preview_picture(
        site(),
        actor(),
        code,
        now(),
        page=page,
        dpi=SCREEN_DPI,
        number=request.args.get("edition", type=row_id),
    )
    return picture_response(picture, "image/png")


@bp.post("/notices/<code>/print")
@for_roles(Role.LIAISON)
def print_sheet(code: str) -> AnyResponse:
    """Record a print run; the next page holds the PDF and the form for hanging it."""
    printed = printing_print.print_sheet(site(), actor(), code, now(), paper=paper_asked())
    flash(f"打印件已做好，共{printed.sheet.pages}页。请打开下面的PDF，按“实际大小”打印。")
    for note in printed.notes:
        flash(note, "note")
    return redirect(url_for("boards.hang", code=code, run=printed.run_id))


@bp.get("/notices/<code>/cover.pdf")
@staff
def cover(code: str) -> Response:
    """明白账 as it stands; of a draft it says so and has no code."""
    seen = preview_cover(
        site(), actor(), code, now(), number=request.args.get("edition", type=row_id)
    )
    return pdf_response(seen.sheet.pdf, seen.name)


@bp.post("/notices/<code>/cover")
@for_roles(Role.LIAISON)
def print_cover(code: str) -> Response:
    """明白账 for the board, looked over as a sheet is."""
    printed = printing_cover.print_cover(site(), actor(), code, now())
    return pdf_response(printed.sheet.pdf, printed.name)


@bp.get("/prints/<int:run_id>.pdf")
@staff
def kept(run_id: int) -> Response:
    """The exact PDF of a print run."""
    name, pdf = printing_print.kept_sheet(site(), actor(), run_id)
    return pdf_response(pdf, name)


@bp.get("/prints/<int:run_id>/<int:page>.png")
@staff
def shop_picture(run_id: int, page: int) -> Response:
    """One page of a print run as a picture, for a print shop that takes no PDF; `?small=1` for a screen."""
    dpi = PHONE_DPI if request.args.get("small") else printing_print.SHOP_DPI
    name, picture = printing_print.kept_picture(site(), actor(), run_id, page, dpi=dpi)
    return picture_response(picture, "image/png", name)


@bp.post("/notices/<code>/certificate")
@staff
def certificate(code: str) -> Response:
    """张贴证明, as the records stand now."""
    name, paper = certify.certify(site(), actor(), code, now())
    return pdf_response(paper.pdf, name)


def _no_pictures(code: str, *, sentences: Sequence[str]) -> str:
    return render_template("desk/share.html", code=code, sentences=sentences)


@bp.get("/notices/<code>/share")
@staff
@refused_shows(_no_pictures)
def share(code: str) -> ResponseReturnValue:
    """发到群里: the pictures, to be kept by a long press."""
    return _share(code)


def _share(code: str, *, sentences: Sequence[str] = ()) -> str:
    name, sheet = outlets_share.phone_sheet(site(), actor(), code, now())
    return render_template(
        "desk/share.html",
        code=code,
        name=name,
        count=sheet.pages,
        whole=sheet.whole,
        words=outlets_share.share_words(site(), actor(), code, now()),
        card=publication_card(site(), actor(), code, now()),
        mine=actor().holds_anywhere(Role.LIAISON),
        sentences=sentences,
        now=now(),
    )


@bp.post("/notices/<code>/shared")
@for_roles(Role.LIAISON)
@refused_shows(_share)
def shared(code: str) -> ResponseReturnValue:
    """已发到群里: a person says so, with the chat's name."""
    chat = typed("chat")
    record_chat(site(), actor(), code, chat, now())
    flash(f"已记下：发到了“{chat}”。")
    return redirect(url_for("notices.notice", code=code, _anchor="after"))


@bp.get("/notices/<code>/share/<int:number>.png")
@staff
def share_picture(code: str, number: int) -> Response:
    """One of the pictures, counted from 1."""
    name, picture = outlets_share.phone_picture(site(), actor(), code, number, now())
    return picture_response(picture, "image/png", f"{name}-{number}.png")
