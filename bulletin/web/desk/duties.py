"""要公开的: what is owed, by when, why and with whom; matters and events are recorded here."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bulletin.domain.days import day_words
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor, Role
from bulletin.services.attributes.findings import attribute_room
from bulletin.services.duties import mark_not_applicable, open_matter, record_event
from bulletin.services.duties.explanation import duty_detail, explanations
from bulletin.services.duties.lists.duty_list import DutyTab, duty_list
from bulletin.services.duties.overview import DutyLine
from bulletin.services.people.directory import contacts
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import day_of, row_id, typed
from bulletin.web.desk.list_query import TOWNSHIP, ListQuery
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("duties", __name__, url_prefix="/desk")


@bp.get("/duties")
@staff
def duties(*, duty_id: int | None = None, act: str = "", sentences: Sequence[str] = ()) -> str:
    """The list; after a refusal with its reasons, and the form at one duty open as it was typed."""
    villages = village_choices(site(), actor(), today())
    asked = ListQuery("duties.duties")
    tab = asked.tab("show", DutyTab, DutyTab.OPEN)
    village_id = asked.village(villages, township="乡镇" if len(villages) > 1 else "")
    own, why_asked = asked.of_township, request.args.get("why", type=row_id)
    found = duty_list(
        site(),
        actor(),
        now(),
        tab=tab,
        places={None} if own else None if village_id is None else {village_id},
        number=asked.number,
        holding=why_asked,
        kept=duty_id,
    )
    page = found.page
    places = {line.village_id for line in page.lines} if len(villages) > 1 else set()
    return render_template(
        "desk/duties.html",
        page=page,
        counts=found.counts,
        asked=asked,
        show=tab,
        villages=villages,
        place=TOWNSHIP if own else village_id,
        contacts=contacts(site(), actor(), places, now()),
        why=explanations(site(), actor(), [line.id for line in page.lines]),
        why_asked=why_asked,
        mine={line.id for line in page.lines if _is_mine(actor(), line)},
        sentences=sentences,
        duty_id=duty_id,
        act=act,
        now=now(),
    )


def _is_mine(who: Actor, line: DutyLine) -> bool:
    """Whether the person may start a draft or record an event here; the acts check the same."""
    return who.holds(Role.LIAISON, line.village_id)


@bp.get("/duties/<int:duty_id>")
@staff
def duty(duty_id: int, *, sentences: Sequence[str] = ()) -> str:
    """Why this day, and who had it for how long."""
    account = duty_detail(site(), actor(), duty_id, now())
    return render_template(
        "desk/duty.html",
        account=account,
        attributes=attribute_room(site(), actor(), duty_id, now()),
        sentences=sentences,
        now=now(),
    )


@bp.post("/duties/<int:duty_id>/event-day")
@for_roles(Role.LIAISON)
@refused_shows(duty)
def event_day(duty_id: int) -> ResponseReturnValue:
    """The event was recorded with a wrong day."""
    due_on = record_event.correct_event(site(), actor(), duty_id, _event_day(), now())
    flash(f"日期改好了，最迟{day_words(due_on)}公开。原来的日期也留着。")
    return redirect(url_for("duties.duty", duty_id=duty_id))


@bp.post("/duties/<int:duty_id>/owed")
@for_roles(Role.LIAISON)
@refused_shows(duty)
def owed(duty_id: int) -> ResponseReturnValue:
    """A duty marked as not applicable is owed after all."""
    mark_not_applicable.revoke_not_applicable(site(), actor(), duty_id, now())
    flash("“不适用”已撤回，这一期照常要公开。")
    return redirect(url_for("duties.duty", duty_id=duty_id))


@bp.post("/duties/<int:duty_id>/matter")
@for_roles(Role.LIAISON)
@refused_shows(duties, act="matter")
def matter(duty_id: int) -> ResponseReturnValue:
    """An event is about to happen: each phase of the matter becomes a duty."""
    opened = open_matter.open_matter(site(), actor(), duty_id, typed("title"), now())
    flash("事项登记好了。每一步发生时，把日期登记上，系统就算出最迟哪天公开。")
    return _to_duty(opened.duty_id, "waiting")


@bp.post("/duties/<int:duty_id>/event")
@for_roles(Role.LIAISON)
@refused_shows(duties, act="event")
def event(duty_id: int) -> ResponseReturnValue:
    """The event happened, or is set for a day: now there is a last day for the notice."""
    due_on = record_event.record_event(site(), actor(), duty_id, _event_day(), now())
    flash(f"日期登记好了，最迟{day_words(due_on)}公开。")
    return _to_duty(duty_id, "open")


def _event_day() -> date:
    day = day_of(typed("event_on"), "日期")
    if day is None:
        raise refuse("day_missing", "请填这件事发生（或定在）的日期。")
    return day


@bp.post("/duties/<int:duty_id>/not-applicable")
@for_roles(Role.LIAISON)
@refused_shows(duties, act="not_applicable")
def not_applicable(duty_id: int) -> ResponseReturnValue:
    mark_not_applicable.mark_not_applicable(site(), actor(), duty_id, typed("reason"), now())
    flash("已记下：这一期不适用。")
    return _to_duty(duty_id, "all")


def _to_duty(duty_id: int, show: str) -> Response:
    return redirect(url_for("duties.duties", show=show, _anchor=f"duty-{duty_id}"))
