"""村: the villages of the township and the phones that sheets print."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bulletin.domain.errors import Refused
from bulletin.domain.people import Role
from bulletin.services.places import change_village, create, villages
from bulletin.services.places.create import NewVillage
from bulletin.web.desk.inputs import http_status, sentences, typed
from bulletin.web.guard import for_roles
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("villages", __name__, url_prefix="/desk/villages")
Answer = str | Response | tuple[str, int]


@bp.get("")
@for_roles(Role.ADMINISTRATOR)
def all_villages() -> str:
    return _page()


def _page(said: list[str] | None = None, *, at: int | None = None) -> str:
    """The list; after a refusal with its reasons, and the form of one village as it was typed."""
    rows = villages.village_rows(site(), actor(), now())
    return render_template("desk/villages.html", rows=rows, sentences=said or [], at=at, now=now())


@bp.post("")
@for_roles(Role.ADMINISTRATOR)
def add() -> Answer:
    """A village with its publishers; its catalog is adopted on the catalog's page."""
    village = NewVillage(typed("code"), typed("name"), typed("phone"))
    try:
        create.add_village(site(), actor(), village, today(), now())
    except Refused as refused:
        return _page(sentences(refused)), http_status(refused)
    flash(f"{village.name}已登记。接着登记公开栏，采用目录，添加人员。")
    return redirect(url_for("villages.all_villages"))


@bp.post("/<int:village_id>/phones")
@for_roles(Role.ADMINISTRATOR)
def phones(village_id: int) -> Answer:
    try:
        change_village.change_phones(
            site(), actor(), village_id, typed("phone"), typed("office_phones"), now()
        )
    except Refused as refused:
        return _page(sentences(refused), at=village_id), http_status(refused)
    flash("电话已登记，以后打印的纸用新的电话。")
    return redirect(url_for("villages.all_villages"))


@bp.post("/<int:village_id>/disclosure-day")
@for_roles(Role.ADMINISTRATOR)
def disclosure_day(village_id: int) -> Answer:
    try:
        change_village.change_disclosure_day(
            site(), actor(), village_id, typed("disclosure_day"), now()
        )
    except Refused as refused:
        return _page(sentences(refused), at=village_id), http_status(refused)
    flash("集中公开日已登记，起草时会先填这一天。")
    return redirect(url_for("villages.all_villages"))
