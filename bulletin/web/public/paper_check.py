"""核对一张纸: anyone compares a paper with what was published."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.codes import TypedCode
from bulletin.domain.languages.sentences import say, say_each
from bulletin.services.public.paper_check import PaperCheck, PaperProblem, check_paper, scanned_code
from bulletin.web.guard import public
from bulletin.web.public.pages import MAX_TYPED, refused, tail_of
from bulletin.web.public.photo_turns import photo_turn
from bulletin.web.rate_limits import count_miss
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import link
from bulletin.web.request_context import now, site

bp = Blueprint("paper_check", __name__)
_BUSY = say("现在查看照片的人多，请过几秒再传一次，或者把纸上的编号和指纹输进来。")


@bp.get("/check")
@public
def check() -> ResponseReturnValue:
    """The form, and under its address the answer, so that it can be sent on."""
    code = request.args.get("code", "").strip()[:MAX_TYPED]
    fingerprint = request.args.get("print", "").strip()[:MAX_TYPED]
    if not code or not fingerprint:
        return _page(code=code, fingerprint=fingerprint)
    asked = TypedCode.read(code)
    if asked.digits and tail_of(asked) is None and not count_miss(code):
        return refused(code)
    result = check_paper(site(), code, fingerprint, now())
    if result.finding is PaperProblem.UNKNOWN and not count_miss(code):
        return refused(code)
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
        fault=say_each("；", sentences),
        now=now(),
    )


@bp.post("/check")
@public
@refused_shows(_page)
def scan() -> ResponseReturnValue:
    """The code of a paper from a photograph of it; the photograph is not kept."""
    photo = request.files.get("photo")
    with photo_turn(_BUSY):
        scanned = scanned_code(site(), photo.read() if photo else b"")
    if isinstance(scanned, PaperCheck):
        return _page(scanned)
    return redirect(link("paper_check.check", code=scanned))
