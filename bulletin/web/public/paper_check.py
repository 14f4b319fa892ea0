"""核对一张纸: anyone compares a paper with what was published."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.services.public.paper_check import PaperCheck, check_paper, scanned_code
from bulletin.web.guard import public
from bulletin.web.public.pages import MAX_TYPED
from bulletin.web.rate_limits import limited
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import link
from bulletin.web.request_context import now, site

bp = Blueprint("paper_check", __name__)


@bp.get("/check")
@public
@limited("30 per minute")
def check() -> str:
    """The form, and under its address the answer, so that it can be sent on."""
    code = request.args.get("code", "").strip()[:MAX_TYPED]
    fingerprint = request.args.get("print", "").strip()[:MAX_TYPED]
    result = check_paper(site(), code, fingerprint, now()) if code and fingerprint else None
    return _page(result, code=code, fingerprint=fingerprint)


def _page(
    result: PaperCheck | None = None,
    *,
    code: str = "",
    fingerprint: str = "",
    sentences: Sequence[str] = (),
) -> str:
    return render_template(
        "public/check.html",
        result=result,
        typed_code=code,
        typed_print=fingerprint,
        fault="；".join(sentences),
        now=now(),
    )


@bp.post("/check")
@public
@limited("10 per minute")
@refused_shows(_page)
def scan() -> ResponseReturnValue:
    """The code of a paper from a photograph of it; the photograph is not kept."""
    photo = request.files.get("photo")
    scanned = scanned_code(site(), photo.read() if photo else b"")
    if isinstance(scanned, PaperCheck):
        return _page(scanned)
    return redirect(link("paper_check.check", code=scanned))
