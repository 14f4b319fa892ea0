"""代理: who takes a reviewer's steps while they are away."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.people import REVIEW_ROLES, Role
from bulletin.services.people import name_deputy
from bulletin.services.people.deputies import deputies as standing_deputies
from bulletin.web.desk.inputs import day_of, row_id_typed, typed
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("deputies", __name__, url_prefix="/desk/deputies")
may_name = for_roles(*sorted({*REVIEW_ROLES, Role.ADMINISTRATOR}))


@bp.get("")
@may_name
def deputies(*, sentences: Sequence[str] = ()) -> str:
    return render_template(
        "desk/deputies.html",
        found=standing_deputies(site(), actor(), now()),
        sentences=sentences,
        today=today(),
        now=now(),
    )


@bp.post("")
@may_name
@refused_shows(deputies)
def name() -> ResponseReturnValue:
    """The own deputy; the administrator says whose."""
    absent_id = row_id_typed("absent") or actor().id
    deputy_id = row_id_typed("deputy")
    if absent_id is None or deputy_id is None:
        raise refuse("nobody_chosen", "请选由谁来替。")
    from_on, until_on = _day("from_on", "第一天"), _day("until_on", "最后一天")
    name_deputy.name_deputy(site(), actor(), absent_id, deputy_id, from_on, until_on, now())
    flash("登记好了，到期自动结束。")
    return redirect(url_for("deputies.deputies"))


def _day(field: str, what: str) -> date:
    day = day_of(typed(field), what)
    if day is None:
        raise refuse("day_missing", f"请填{what}。")
    return day


@bp.post("/<int:deputation_id>/end")
@may_name
@refused_shows(deputies)
def end(deputation_id: int) -> ResponseReturnValue:
    name_deputy.end_deputation(site(), actor(), deputation_id, now())
    flash("这一次结束了。")
    return redirect(url_for("deputies.deputies"))
