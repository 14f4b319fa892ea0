"""检查: what is to be looked at, one form filled in in front of the board, and what is to be mended."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.errors import refuse
from bulletin.domain.oversight.inspections.form import CriterionMark, InspectionKind
from bulletin.domain.oversight.inspections.rounds import BY_VILLAGE, Answer
from bulletin.domain.people import Role
from bulletin.services.oversight.inspections import confirm_mended, start
from bulletin.services.oversight.inspections import overview as listed
from bulletin.services.oversight.inspections.answer import fill
from bulletin.services.oversight.inspections.detail import inspection_view
from bulletin.services.oversight.inspections.end_round import begin_second_round, end_round
from bulletin.services.oversight.inspections.sign import sign as sign_inspection
from bulletin.web.desk.inputs import day_of, day_typed, row_id, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("inspections", __name__, url_prefix="/desk/inspections")
DOES = (*BY_VILLAGE, Role.OVERSEER)


@bp.get("")
@staff
def overview(*, sentences: Sequence[str] = ()) -> str:
    asked = ListQuery("inspections.overview")
    cadence = site().inspections.cadences[InspectionKind.INSPECTION]
    return render_template(
        "desk/inspections.html",
        regime=listed.regime(site(), actor()),
        sets=actor().holds(Role.OVERSEER, None) or actor().administers,
        choices=cadence.every,
        due=listed.due_lines(site(), actor(), now()),
        findings=listed.finding_lines(site(), actor(), now()),
        page=listed.inspection_lines(site(), actor(), now(), number=asked.number),
        asked=asked,
        sentences=sentences,
        today=today(),
    )


@bp.post("/regime")
@for_roles(Role.OVERSEER, Role.ADMINISTRATOR)
@refused_shows(overview)
def regime() -> ResponseReturnValue:
    every = typed("every")
    if every not in set(Every):
        raise refuse("inspection_every", "请选多久检查一次。")
    start.begin_regime(site(), actor(), day_typed("since_on"), Every(every), now())
    flash("检查制度定好了。")
    return redirect(url_for("inspections.overview"))


@bp.post("")
@for_roles(*DOES)
@refused_shows(overview)
def begin() -> ResponseReturnValue:
    kind, place = typed("kind"), request.form.get("village", type=row_id)
    if kind not in set(InspectionKind) or place is None:
        raise refuse("kind_missing", "请从清单里选要看的村。")
    try:
        period = Period.parse(typed("period"))
    except ValueError:
        raise refuse("period_unreadable", "请从清单里选要看的村。") from None
    inspection_id = start.begin(site(), actor(), place, InspectionKind(kind), period, now())
    return redirect(url_for("inspections.one", inspection_id=inspection_id))


@bp.get("/<int:inspection_id>")
@staff
def one(inspection_id: int, *, sentences: Sequence[str] = ()) -> str:
    return render_template(
        "desk/inspection.html",
        view=inspection_view(site(), actor(), inspection_id, now()),
        marks=labels_of(CriterionMark),
        mending_days=site().inspections.mending_days,
        sentences=sentences,
        today=today(),
    )


@bp.post("/<int:inspection_id>")
@for_roles(*DOES)
@refused_shows(one)
def save(inspection_id: int) -> ResponseReturnValue:
    """Save what was answered; with the button of the end, end the round as well."""
    fill(site(), actor(), inspection_id, _answers(), now())
    if not typed("end"):
        flash("存好了，可以接着填。")
        return _to(inspection_id)
    mend_by = day_of(typed("mend_by"), "整改期限")
    end_round(site(), actor(), inspection_id, mend_by, now())
    flash("这一轮填完了。")
    return _to(inspection_id)


@bp.post("/<int:inspection_id>/again")
@for_roles(Role.OVERSEER)
@refused_shows(one)
def again(inspection_id: int) -> ResponseReturnValue:
    begin_second_round(site(), actor(), inspection_id, now())
    flash("只看没做到的那几条。")
    return _to(inspection_id)


@bp.post("/<int:inspection_id>/sign")
@for_roles(*DOES)
@refused_shows(one)
def sign(inspection_id: int) -> ResponseReturnValue:
    sign_inspection(site(), actor(), inspection_id, typed("signature"), now())
    flash("签好了。")
    return _to(inspection_id)


@bp.post("/<int:inspection_id>/findings/<int:finding_id>/mended")
@for_roles(*DOES)
@refused_shows(one)
def mended(inspection_id: int, finding_id: int) -> ResponseReturnValue:
    """The village says how it mended something; the township confirms what it saw."""
    if typed("confirm"):
        confirm_mended.confirm_mended(site(), actor(), finding_id, now())
    else:
        confirm_mended.report_mended(site(), actor(), finding_id, typed("report"), now())
    flash("登记好了。")
    return _to(inspection_id)


def _answers() -> dict[str, Answer]:
    """The marks of the form by criterion; what was left empty is not among them."""
    marks = {
        name.removeprefix("mark-"): value
        for name, value in request.form.items()
        if name.startswith("mark-") and value in set(CriterionMark)
    }
    return {key: Answer(CriterionMark(mark), typed(f"words-{key}")) for key, mark in marks.items()}


def _to(inspection_id: int) -> ResponseReturnValue:
    return redirect(url_for("inspections.one", inspection_id=inspection_id))
