"""核对一张纸: anyone compares a paper with what was published."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import Refused
from bulletin.services.public.paper_check import PaperCheck, check_paper, scanned_code
from bulletin.web.guard import public
from bulletin.web.rate_limits import limited
from bulletin.web.rendering import link
from bulletin.web.request_context import now, site

bp = Blueprint("paper_check", __name__)
MAX_TYPED = 200  # characters of what is typed
UNPROCESSABLE = 422


@bp.get("/check")
@public
@limited("30 per minute")
def check() -> str:
    """The form, and under its address the answer, so that it can be sent on."""
    code = request.args.get("code", "").strip()[:MAX_TYPED]
    fingerprint = request.args.get("print", "").strip()[:MAX_TYPED]
    found = check_paper(site(), code, fingerprint, now()) if code and fingerprint else None
    return _page(found, code=code, fingerprint=fingerprint)


def _page(
    found: PaperCheck | None, *, code: str = "", fingerprint: str = "", fault: str = ""
) -> str:
    return render_template(
        "public/check.html", found=found, typed_code=code, typed_print=fingerprint, fault=fault,
        now=now(),
    )  # fmt: skip


@bp.post("/check")
@public
@limited("10 per minute")
def scan() -> ResponseReturnValue:
    """The code of a paper from a photograph of it; the photograph is not kept."""
    photo = request.files.get("photo")
    try:
        found = scanned_code(site(), photo.read() if photo else b"")
    except Refused as refused:
        return _page(None, fault=str(refused)), UNPROCESSABLE
    if isinstance(found, PaperCheck):
        return _page(found)
    return redirect(link("paper_check.check", code=found))
