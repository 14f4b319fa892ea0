"""Money in a draft: adding a form, explaining a difference, writing 明白账."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.people import Role
from bulletin.services.notices.finance import add_form, explain, read_ledger, write_summary
from bulletin.web.desk.drafts import saved_draft_page
from bulletin.web.desk.inputs import count_of
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site

bp = Blueprint("finance", __name__, url_prefix="/desk/notices")


def _editor(code: str) -> ResponseReturnValue:
    return redirect(url_for("drafts.edit", code=code, _anchor="money"))


@bp.post("/<code>/form")
@for_roles(Role.LIAISON)
@refused_shows(saved_draft_page)
def form(code: str) -> ResponseReturnValue:
    """A table of the finance forms at the end of the text."""
    add_form.add_form(site(), actor(), code, request.form.get("form", ""), now())
    flash("表加在正文最后，请填数。")
    return _editor(code)


@bp.post("/<code>/explain")
@for_roles(Role.LIAISON)
@refused_shows(saved_draft_page)
def explanation(code: str) -> ResponseReturnValue:
    """Why a sum stands as it does."""
    words, reason = request.form.get("difference", ""), request.form.get("reason", "")
    explain.explain(site(), actor(), code, words, reason, now())
    flash("说明记下了，也写在表的下面，村民看得到。")
    return _editor(code)


@bp.post("/<code>/summary")
@for_roles(Role.LIAISON)
@refused_shows(saved_draft_page)
def summary(code: str) -> ResponseReturnValue:
    """明白账 drafted from the tables as they are."""
    write_summary.draft_anew(
        site(),
        actor(),
        code,
        now(),
        residents=count_of(request.form.get("residents", ""), "人口"),
        households=count_of(request.form.get("households", ""), "户数"),
    )
    flash("明白账照表写好了，放在最前面；说法可以改。")
    return _editor(code)


@bp.post("/<code>/ledger")
@for_roles(Role.LIAISON)
@refused_shows(saved_draft_page)
def ledger(code: str) -> ResponseReturnValue:
    """A table of a bookkeeping program made into 收支明细, by what each column holds."""
    block = count_of(request.form.get("block", ""), "表")
    columns = request.form.getlist("column")
    left_out = read_ledger.read_ledger(site(), actor(), code, block or 0, columns, now())
    flash("表改成收支明细了，下次同样的账不用再选。")
    if left_out:
        flash(f"这几行是账本自己的合计，没有放进来：{'、'.join(left_out)}。")
    return _editor(code)


@bp.post("/<code>/summary-words")
@for_roles(Role.LIAISON)
@refused_shows(saved_draft_page)
def summary_words(code: str) -> ResponseReturnValue:
    """明白账 as it is worded; nothing takes it away."""
    lines = request.form.get("lines", "")
    write_summary.write_summary(site(), actor(), code, lines, now())
    flash("明白账改好了。" if lines.strip() else "明白账拿掉了。")
    return _editor(code)
