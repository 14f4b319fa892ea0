"""责任分工: who answers for what, as of a day."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.oversight.responsibilities import LeadSeat
from bulletin.domain.people import Role
from bulletin.services.oversight.office import ORGANISERS, READERS, organises, reads
from bulletin.services.oversight.responsibilities.record_seat import (
    NewSeat,
    leave_seat,
    take_seat,
)
from bulletin.services.oversight.responsibilities.seats import Seats, seats, seats_paper
from bulletin.services.people.directory import people
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import day_typed, row_id_typed, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import pdf_response
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("responsibilities", __name__, url_prefix="/desk")
WHO_READS = (*READERS, Role.COUNTY_OVERSEER)


def ensure_of_office() -> None:
    """What the township's office keeps does not exist for villages."""
    if not (reads(actor()) or actor().oversees_county):
        abort(404)


@bp.get("/responsibilities")
@for_roles(*WHO_READS)
def every(*, sentences: Sequence[str] = ()) -> str:
    asked = ListQuery("responsibilities.every")
    found, may_change = _found(asked), organises(actor())
    return render_template(
        "desk/responsibilities.html",
        found=found,
        asked=asked,
        may_change=may_change,
        seats=labels_of(LeadSeat),
        people=[each for each in people(site(), actor(), now()) if each.is_active]
        if may_change
        else [],
        villages=village_choices(site(), actor(), today()),
        sentences=sentences,
        today=today(),
    )


def _found(asked: ListQuery) -> Seats:
    ensure_of_office()
    return seats(site(), actor(), now(), as_of=asked.day("as_of"))


@bp.get("/responsibilities.pdf")
@for_roles(*WHO_READS)
def paper() -> Response:
    found = _found(ListQuery("responsibilities.every"))
    name, sheet = seats_paper(site(), actor(), found)
    return pdf_response(sheet.pdf, name)


@bp.post("/responsibilities")
@for_roles(*ORGANISERS)
@refused_shows(every)
def take() -> ResponseReturnValue:
    seat = typed("seat")
    if seat not in set(LeadSeat):
        raise refuse("seat_missing", "请选是组长、副组长、成员还是办公室。")
    new = NewSeat(
        seat=LeadSeat(seat),
        person_id=row_id_typed("person"),
        name=typed("name"),
        post=typed("post"),
        covers=typed("covers"),
        village_id=row_id_typed("village"),
        from_on=day_typed("from_on"),
    )
    take_seat(site(), actor(), new, now())
    flash("分工登记好了。")
    return redirect(url_for("responsibilities.every"))


@bp.post("/responsibilities/<int:seat_id>/leave")
@for_roles(*ORGANISERS)
@refused_shows(every)
def leave(seat_id: int) -> ResponseReturnValue:
    leave_seat(site(), actor(), seat_id, day_typed("until_on"), now())
    flash("登记好了，这一条留在“以前的”里。")
    return redirect(url_for("responsibilities.every"))
