"""核对一张纸: anyone compares a paper with what was published."""

from flask import Blueprint, render_template, request

from bulletin.services.checking import check_paper
from bulletin.web.clockwork import house, now
from bulletin.web.guard import public
from bulletin.web.limits import limited

bp = Blueprint("check", __name__)
MOST = 200  # characters of what is typed


@bp.get("/check")
@public
@limited("30 per minute")
def check() -> str:
    """The form, and under its address the answer, so that it can be sent on."""
    code = request.args.get("code", "").strip()[:MOST]
    fingerprint = request.args.get("print", "").strip()[:MOST]
    found = check_paper(house(), code, fingerprint, now()) if code and fingerprint else None
    return render_template(
        "resident/check.html", found=found, typed_code=code, typed_print=fingerprint, now=now()
    )
