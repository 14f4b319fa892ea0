"""宣教: trainings and publicity of the township, with their material and the figures of a year."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.oversight.trainings import NewTraining, TrainingKind
from bulletin.services.oversight.office import KEEPERS, READERS, keeps
from bulletin.services.oversight.trainings import overview
from bulletin.services.oversight.trainings.record import (
    declare_training_void,
    record_training,
)
from bulletin.web.desk.annual import ensure_reads, years_offered
from bulletin.web.desk.inputs import count_of, day_typed, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import attached_file
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("trainings", __name__, url_prefix="/desk/trainings")


@bp.get("")
@for_roles(*READERS)
def every(*, sentences: Sequence[str] = ()) -> str:
    ensure_reads()
    asked = ListQuery("trainings.every")
    year = asked.year(years_offered())
    shown = year or today().year
    return render_template(
        "desk/trainings.html",
        page=overview.training_lines(site(), actor(), year=year, number=asked.number),
        counts=overview.counts_for(site(), actor(), shown),
        asked=asked,
        year=shown,
        mine=keeps(actor()),
        kinds=labels_of(TrainingKind),
        sentences=sentences,
        today=today(),
    )


@bp.post("")
@for_roles(*KEEPERS)
@refused_shows(every)
def add() -> ResponseReturnValue:
    kind = typed("kind")
    if kind not in set(TrainingKind):
        raise refuse("kind_missing", "请选是培训还是宣传。")
    new = NewTraining(
        kind=TrainingKind(kind),
        held_on=day_typed("held_on"),
        topic=typed("topic"),
        place=typed("place"),
        due=count_of(typed("due"), "应到人数") or 0,
        came=count_of(typed("came"), "实到人数") or 0,
        named=typed("named"),
        handouts=count_of(typed("handouts"), "发放份数") or 0,
        about=typed("about"),
    )
    sent = request.files.getlist("materials")
    files = [(file.filename or "", file.read()) for file in sent if file.filename]
    record_training(site(), actor(), new, now(), files=files)
    return _done("登记好了，计入当年的年度报告。")


@bp.post("/<int:training_id>/void")
@for_roles(*KEEPERS)
@refused_shows(every)
def void(training_id: int) -> ResponseReturnValue:
    declare_training_void(site(), actor(), training_id, typed("reason"), now())
    return _done("这一条作废了，原因留着。")


@bp.get("/materials/<int:material_id>")
@for_roles(*READERS)
def material(material_id: int) -> Response:
    data, media_type, name = overview.material_file(site(), actor(), material_id)
    return attached_file(data, media_type, name)


def _done(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("trainings.every"))
