"""广播: the script of a notice, when a loudspeaker airs, and the log of what it aired."""

from collections.abc import Sequence
from datetime import time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.errors import refuse
from bulletin.domain.outlets.airing import MAX_AIRINGS, MAX_SLOTS, Slot, Slots, Weekdays
from bulletin.domain.outlets.paste import ReadOut
from bulletin.domain.people import Role
from bulletin.services.outlets import record_aired
from bulletin.services.outlets.airing_log import airing_line, airing_log, airing_places
from bulletin.services.outlets.change_slots import airing_plan, plan_airings
from bulletin.services.outlets.script import BroadcastScript, broadcast_script
from bulletin.services.outlets.sound import sound_file
from bulletin.web.desk.draft_form import local_moment
from bulletin.web.desk.inputs import count_of, moment_of, month_asked, typed
from bulletin.web.desk.list_query import TOWNSHIP, ListQuery
from bulletin.web.downloads import attached_file
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today
from bulletin.web.turns import Turns

bp = Blueprint("airings", __name__, url_prefix="/desk/outlets")
serves = for_roles(Role.LIAISON)
sees = for_roles(Role.LIAISON, Role.ADMINISTRATOR)
NEW_SLOTS = 2  # offered besides those that there are
USUAL_AIRINGS = 2  # in the morning and in the evening
sound_turn = Turns(1).take
BUSY = "正在做另一份声音文件，请过一分钟再按一次。"


@bp.get("/<int:outlet_id>/<code>/script")
@serves
def script(outlet_id: int, code: str, *, sentences: Sequence[str] = ()) -> str:
    """What is read out, when it was, and the form that says so."""
    ready = _script(outlet_id, code)
    return render_template(
        "desk/script.html",
        script=ready,
        choice=_choice(),
        outlet_id=outlet_id,
        slot=local_moment(ready.slot),
        has_engine=site().speech is not None,
        sentences=sentences,
        today=today(),
        now=now(),
    )


def _script(outlet_id: int, code: str) -> BroadcastScript:
    return broadcast_script(site(), actor(), outlet_id, code, now(), _choice())


def _choice() -> ReadOut:
    """What is read out, as the address or the form has it."""
    asked = request.values
    return ReadOut(rows="rows" in asked, names="names" in asked, times=1 if "once" in asked else 2)


@bp.post("/<int:outlet_id>/<code>/script")
@serves
@refused_shows(script)
def aired(outlet_id: int, code: str) -> ResponseReturnValue:
    """播了: one press, with the slot just past filled in."""
    left = record_aired.record_airing(
        site(),
        actor(),
        outlet_id,
        code,
        now(),
        aired_at=moment_of(typed("aired_at"), "播的时间"),
        choice=_choice(),
    )
    flash(f"记好了，还要播{left}次。" if left else "记好了。")
    return redirect(url_for("outlets.outlets"))


@bp.post("/<int:outlet_id>/<code>/sound")
@serves
@refused_shows(script)
def sound(outlet_id: int, code: str) -> ResponseReturnValue:
    """声音文件, made by the township's own engine as it is asked for."""
    ready = _script(outlet_id, code)
    with sound_turn(BUSY):
        made = sound_file(site(), ready)
    return attached_file(made.data, made.media_type, made.name)


@bp.get("/<int:outlet_id>/slots")
@sees
def slots(outlet_id: int, *, sentences: Sequence[str] = ()) -> str:
    """At which slots it airs, and how often each notice."""
    view = airing_plan(site(), actor(), outlet_id)
    kept = view.plan.slots if view.plan else ()
    lines = [(slot.name, slot.on.value) for slot in kept]
    if request.form:
        lines = list(zip(request.form.getlist("at"), request.form.getlist("on"), strict=False))
    lines = [line for line in lines if line[0]]
    empty = [("", Weekdays.EVERY_DAY.value)] * min(NEW_SLOTS, MAX_SLOTS - len(lines))
    return render_template(
        "desk/slots.html",
        view=view,
        lines=[*lines, *empty],
        airings=typed("airings") or (view.plan.airings if view.plan else USUAL_AIRINGS),
        weekdays=list(Weekdays),
        max_airings=MAX_AIRINGS,
        sentences=sentences,
        now=now(),
    )


@bp.post("/<int:outlet_id>/slots")
@sees
@refused_shows(slots)
def plan(outlet_id: int) -> ResponseReturnValue:
    airings = count_of(typed("airings"), "每份播几次")
    plan_airings(site(), actor(), outlet_id, _slots(), airings or 0, now())
    flash("记好了，从现在起发布的照这个播。")
    return redirect(url_for("outlets.outlets"))


def _slots() -> Slots:
    """The lines of the form that have a time."""
    lines = zip(request.form.getlist("at"), request.form.getlist("on"), strict=False)
    return tuple(_slot(at.strip(), on) for at, on in lines if at.strip())


def _slot(at: str, on: str) -> Slot:
    try:
        moment = time.fromisoformat(at)
    except ValueError:
        raise refuse("slot_unreadable", "时间要写成 07:00 这样。") from None
    if on not in set(Weekdays):
        raise refuse("no_weekdays", "请选哪几天播。")
    return Slot(time(moment.hour, moment.minute), Weekdays(on))


@bp.get("/airings")
@staff
def log() -> str:
    """播音登记表 of one place and month, printed as it stands; for whoever sees whether the place is late."""
    places = {str(key or TOWNSHIP): name for key, name in airing_places(site(), actor()).items()}
    asked = ListQuery("airings.log")
    place = request.args.get("place", "")
    place = place if place in places else next(iter(places), "")
    month = month_asked(today())
    asked.one("place", place, places)
    asked.keep("month", month.key)
    village_id = int(place) if place.isdecimal() else None
    return render_template(
        "desk/airing_log.html",
        log=airing_log(site(), actor(), village_id, month) if place else None,
        asked=asked,
        month=month.first,
        before=month.previous().key,
        after=month.next().key if month.last < today() else "",
        today=today(),
        now=now(),
    )


@bp.get("/airings/<int:sending_id>/correct")
@serves
def correction(sending_id: int, *, sentences: Sequence[str] = (), act: str = "") -> str:
    """One record that is wrong: when it was aired really, or that it never was."""
    return render_template(
        "desk/correct_airing.html",
        line=airing_line(site(), actor(), sending_id),
        sending_id=sending_id,
        act=act,
        sentences=sentences,
        today=today(),
        now=now(),
    )


@bp.post("/airings/<int:sending_id>/correct")
@serves
@refused_shows(correction, act="correct")
def correct(sending_id: int) -> ResponseReturnValue:
    aired_at = moment_of(typed("aired_at"), "播的时间")
    if aired_at is None:
        raise refuse("moment_missing", "请写什么时候播的。")
    record_aired.correct_airing(
        site(),
        actor(),
        sending_id,
        now(),
        aired_at=aired_at,
        times=count_of(typed("times"), "念了几遍") or 0,
        reason=typed("reason"),
    )
    return _back_to_log(sending_id, "更正好了，原来记的和原因留在表下面。")


@bp.post("/airings/<int:sending_id>/withdraw")
@serves
@refused_shows(correction, act="withdraw")
def withdraw(sending_id: int) -> ResponseReturnValue:
    """没有播: the record was a slip."""
    record_aired.withdraw_airing(site(), actor(), sending_id, now(), reason=typed("reason"))
    return _back_to_log(sending_id, "已改：这一次不算播过，原因留在表下面。")


def _back_to_log(sending_id: int, words: str) -> AnyResponse:
    line = airing_line(site(), actor(), sending_id)
    flash(words)
    place = line.outlet_village_id or TOWNSHIP
    return redirect(url_for("airings.log", place=place, month=f"{line.on:%Y-%m}"))
