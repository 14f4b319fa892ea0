"""Money in a draft: adding a form, explaining a difference, writing 明白账."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.people import Role
from bulletin.services.notices.drafts.saved_draft import last_saved
from bulletin.services.notices.finance import add_form, explain, read_ledger, write_summary
from bulletin.services.notices.finance.overview import money_overview
from bulletin.web.desk.draft_form import saved_json
from bulletin.web.desk.drafts import saved_draft_page
from bulletin.web.desk.inputs import count_of
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site

bp = Blueprint("finance", __name__, url_prefix="/desk/notices")


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _done(code: str, *said: str) -> ResponseReturnValue:
    """The editor with what was done; for its script the text as it stands now, and this part of the page."""
    if _is_script():
        draft = saved_json(last_saved(site(), actor(), code), now())
        return jsonify(said=said, draft=draft, html=_money(code))
    for words in said:
        flash(words)
    return redirect(url_for("drafts.edit", code=code, _anchor="money"))


def _refused(code: str, *, sentences: Sequence[str]) -> str | Response:
    return jsonify(sentences=sentences) if _is_script() else saved_draft_page(code, sentences)


def _money(code: str) -> str:
    money = money_overview(site(), actor(), code, now())
    return render_template("desk/_finance_forms.html", money=money, code=code)


@bp.get("/<code>/money")
@for_roles(Role.LIAISON)
def money(code: str) -> str:
    """What is to be said of the money in what was saved last: a part of the editor's page."""
    return _money(code)


@bp.post("/<code>/form")
@for_roles(Role.LIAISON)
@refused_shows(_refused)
def form(code: str) -> ResponseReturnValue:
    """A table of the finance forms at the end of the text."""
    add_form.add_form(site(), actor(), code, request.form.get("form", ""), now())
    return _done(code, "表加在正文最后，请填数。")


@bp.post("/<code>/explain")
@for_roles(Role.LIAISON)
@refused_shows(_refused)
def explanation(code: str) -> ResponseReturnValue:
    """Why a sum stands as it does."""
    words, reason = request.form.get("difference", ""), request.form.get("reason", "")
    explain.explain(site(), actor(), code, words, reason, now())
    return _done(code, "说明记下了，也写在表的下面，村民看得到。")


@bp.post("/<code>/summary")
@for_roles(Role.LIAISON)
@refused_shows(_refused)
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
    return _done(code, "明白账照表写好了，放在最前面；说法可以改。")


@bp.post("/<code>/ledger")
@for_roles(Role.LIAISON)
@refused_shows(_refused)
def ledger(code: str) -> ResponseReturnValue:
    """A table of a bookkeeping program made into 收支明细, by what each column holds."""
    block = count_of(request.form.get("block", ""), "表")
    columns = request.form.getlist("column")
    left_out = read_ledger.read_ledger(site(), actor(), code, block or 0, columns, now())
    named = f"这几行是账本自己的合计，没有放进来：{'、'.join(left_out)}。"
    return _done(code, "表改成收支明细了，下次同样的账不用再选。", *([named] if left_out else []))


@bp.post("/<code>/summary-words")
@for_roles(Role.LIAISON)
@refused_shows(_refused)
def summary_words(code: str) -> ResponseReturnValue:
    """明白账 as it is worded; nothing takes it away."""
    lines = request.form.get("lines", "")
    write_summary.write_summary(site(), actor(), code, lines, now())
    return _done(code, "明白账改好了。" if lines.strip() else "明白账拿掉了。")
