"""村: the villages of the township, the phones that sheets print, and how days are counted."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.people import Role
from bulletin.services.places import change_township, change_village, create, villages
from bulletin.services.places.create import NewVillage
from bulletin.web.desk.inputs import typed
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("villages", __name__, url_prefix="/desk/villages")


@bp.get("")
@for_roles(Role.ADMINISTRATOR)
def all_villages(*, village_id: int | None = None, sentences: Sequence[str] = ()) -> str:
    """The list; after a refusal with its reasons, and the form of one village as it was typed."""
    rows = villages.village_rows(site(), actor(), now())
    return render_template(
        "desk/villages.html",
        rows=rows,
        moves_ends=villages.moves_ends(site(), actor()),
        sentences=sentences,
        village_id=village_id,
        now=now(),
    )


@bp.post("")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(all_villages)
def add() -> ResponseReturnValue:
    """A village with its publishers; its catalog is adopted on the catalog's page."""
    village = NewVillage(typed("code"), typed("name"), typed("phone"))
    create.add_village(site(), actor(), village, today(), now())
    flash(f"{village.name}已登记。接着登记公开栏，采用目录，添加人员。")
    return redirect(url_for("villages.all_villages"))


@bp.post("/days-off")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(all_villages)
def days_off() -> ResponseReturnValue:
    moves_ends = typed("moves_ends") == "yes"
    change_township.change_days_off(site(), actor(), now(), moves_ends=moves_ends)
    flash(
        "最后一天是休息日的，顺延到下一个工作日。"
        if moves_ends
        else "最后一天是休息日的，以后不再顺延；已经算出来的日子不变。"
    )
    return redirect(url_for("villages.all_villages"))


@bp.post("/<int:village_id>/phones")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(all_villages)
def phones(village_id: int) -> ResponseReturnValue:
    change_village.change_phones(
        site(), actor(), village_id, typed("phone"), typed("office_phones"), now()
    )
    flash("电话已登记，以后打印的纸用新的电话。")
    return redirect(url_for("villages.all_villages"))


@bp.post("/<int:village_id>/disclosure-day")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(all_villages)
def disclosure_day(village_id: int) -> ResponseReturnValue:
    change_village.change_disclosure_day(
        site(), actor(), village_id, typed("disclosure_day"), now()
    )
    flash("集中公开日已登记，起草时会先填这一天。")
    return redirect(url_for("villages.all_villages"))
