"""村: the villages of the township, the phones that sheets print, and how days are counted."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.pages import page_span
from bulletin.domain.people import Role
from bulletin.services.places import (
    change_township,
    change_village,
    create,
    merge,
    rename,
    villages,
)
from bulletin.services.places.create import NewVillage
from bulletin.web.confirmations import Consequence, confirmed
from bulletin.web.desk.inputs import row_id, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("villages", __name__, url_prefix="/desk/villages")


@bp.get("")
@for_roles(Role.ADMINISTRATOR)
def all_villages(*, village_id: int | None = None, sentences: Sequence[str] = ()) -> str:
    """The list; after a refusal with its reasons, and the form of one village as it was typed."""
    rows = villages.village_rows(site(), actor(), now())
    asked = ListQuery("villages.all_villages")
    words = asked.words().split()
    found = [row for row in rows if all(word in row.names for word in words)]
    at = next((n for n, row in enumerate(found) if row.id == village_id), None)
    span = page_span(len(found), asked.number, holding=at)
    return render_template(
        "desk/villages.html",
        rows=rows,
        page=span.with_lines(found[span.first : span.end]),
        asked=asked,
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


def _name(village_id: int) -> str:
    rows = villages.village_choices(site(), actor(), today())
    return next((row.name for row in rows if row.id == village_id), "这个村")


def _chosen(field: str) -> int:
    chosen = request.form.get(field, type=row_id)
    if chosen is None:
        raise refuse("no_village_chosen", "请先选村。")
    return chosen


def _renames() -> Consequence | None:
    village_id, name, code = _chosen("village"), typed("name"), typed("code")
    if not name:
        return None  # it is refused
    sentences = (
        "从今天起，新的公开用新的村名；今天以前公开的，村名、登记号、网页都不变。",
        "登记号接着往下排，不从头数。",
        *((f"统计用区划代码改为{code}，旧代码的网页和二维码一直能打开。",) if code else ()),
        "公开栏题头、目录这些纸，要重新打印。",
    )
    return Consequence(f"{_name(village_id)}改名为{name}？", sentences, "改村名")


@bp.post("/rename")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(all_villages)
@confirmed(_renames)
def rename_to() -> ResponseReturnValue:
    village_id, name = _chosen("village"), typed("name")
    rename.rename_village(site(), actor(), village_id, name, now(), code=typed("code"))
    flash("村名改好了。")
    return redirect(url_for("villages.all_villages"))


def _merges() -> Consequence | None:
    village_id, into = _chosen("village"), _chosen("into")
    if into == village_id:
        return None  # it is refused
    old, new = _name(village_id), _name(into)
    sentences = (
        f"从今天起没有{old}了，不能恢复。",
        f"{old}没有办完的公开、草稿、事项和公开栏，都归{new}；{old}的人在{new}担任原来的职务。",
        f"{old}公开过的，登记号、网页和二维码都不变，网页上会指到{new}。",
        "以前各天的公开情况，还按当时的村看。",
    )
    return Consequence(f"{old}并入{new}？", sentences, "并入")


@bp.post("/merge")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(all_villages)
@confirmed(_merges)
def merge_into() -> ResponseReturnValue:
    moved = merge.merge_village(site(), actor(), _chosen("village"), _chosen("into"), now())
    flash(f"合并好了，{moved}项没有办完的公开归过来了。")
    return redirect(url_for("villages.all_villages"))
