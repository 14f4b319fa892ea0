"""起草: the three doors of a new notice, and the figures that are still the earlier notice's."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.people import Role
from bulletin.services.notices.drafts import start as notices_start
from bulletin.services.notices.drafts.doors import doors
from bulletin.services.notices.patterns.confirm_figures import confirm_figures
from bulletin.services.notices.patterns.old_figures import old_figures_of
from bulletin.web.desk.bring import bring
from bulletin.web.desk.duties import duties
from bulletin.web.desk.inputs import row_id, row_ids_typed, typed
from bulletin.web.guard import for_roles
from bulletin.web.refusals import http_status, refused_shows, sentences_of
from bulletin.web.request_context import actor, now, site

bp = Blueprint("begin", __name__, url_prefix="/desk")
CHOOSE, EARLIER, FILE = "choose", "earlier", "file"  # what a button asks for; else the outline
MAX_PLACE = 5  # digits of a block's or row's number
LONG = 30  # rows of earlier tables: more of them are hardly wanted again


def _chosen() -> list[int]:
    """The duties of the address or the form; a button beside one duty chooses only that."""
    only = request.values.get("only", type=row_id)
    if only is not None:
        return [only]
    return list(dict.fromkeys(row_ids_typed("duty")))


@bp.get("/drafts/new")
@for_roles(Role.LIAISON)
@refused_shows(duties)
def choose() -> ResponseReturnValue:
    """The doors; what is written already is gone on with."""
    offered = doors(site(), actor(), _chosen(), now())
    if offered.answered_by:
        return _to_answer(offered.answered_by)
    return _doors()


def _to_answer(code: str) -> ResponseReturnValue:
    """Another tab, or somebody else, was faster."""
    flash("这一项已经有一份公开件了，就是下面这份。", "note")
    return redirect(url_for("notices.notice", code=code))


def _doors(sentences: Sequence[str] = ()) -> str:
    offered = doors(site(), actor(), _chosen(), now())
    return render_template(
        "desk/begin.html",
        doors=offered,
        again=bool(offered.answered_by),
        is_long=offered.earlier is not None and offered.earlier.rows > LONG,
        typed=request.form,
        sentences=sentences,
        now=now(),
    )


def _refused_page(*, sentences: Sequence[str]) -> str:
    """The doors again; without duties of one's own, the list to choose from."""
    try:
        return _doors(sentences)
    except Refused:
        return duties(sentences=sentences)


@bp.post("/drafts")
@for_roles(Role.LIAISON)
@refused_shows(_refused_page)
def start() -> ResponseReturnValue:
    """Begin a draft that answers the chosen duties, through the door that was chosen."""
    door = request.form.get("door", "")
    if door == CHOOSE:
        return _doors()
    file = request.files.get("file")
    if door == FILE and not (file and file.filename):
        raise refuse("no_file", "请先选一个文件，或把它拖到框里。")
    try:
        code = notices_start.start(
            site(),
            actor(),
            _chosen(),
            now(),
            second_reason=typed("second_reason"),
            like=typed("like") if door == EARLIER else "",
            only_heads="only_heads" in request.form,
        )
    except notices_start.AlreadyStarted as refused:
        return _to_answer(refused.code)
    if door == FILE:
        return bring(code)  # the file of this very form, looked through before it is put in
    return redirect(url_for("drafts.edit", code=code))


@bp.get("/notices/<code>/old-figures")
@for_roles(Role.LIAISON)
def old_figures(code: str) -> str:
    """What is still to be replaced, as it was saved last: a part of the editor's page."""
    return _old_figures(code)


def _old_figures(code: str) -> str:
    old = old_figures_of(site(), actor(), code)
    return render_template("desk/_old_figures.html", old=old, code=code)


@bp.post("/notices/<code>/old-figures")
@for_roles(Role.LIAISON)
def confirm(code: str) -> ResponseReturnValue:
    """这一期确实还是这个数: of one figure, of one table or paragraph, or of all."""
    said = request.get_json(silent=True) if request.is_json else request.form
    said = said if isinstance(said, Mapping) else {"block": said}
    try:
        confirm_figures(site(), actor(), code, now(), **_place(said))
    except Refused as refused:
        if request.is_json:
            answer = jsonify(sentences=sentences_of(refused))
            answer.status_code = http_status(refused)
            return answer
        flash(str(refused), "note")
        return redirect(url_for("drafts.edit", code=code))
    if request.is_json:
        return _old_figures(code)
    return redirect(url_for("drafts.edit", code=code, _anchor="old-figures"))


def _place(said: Mapping[str, object]) -> dict[str, Any]:
    """Where the figures stand; an empty place is all of the draft.

    Raises:
        Refused: no place that a draft could have.
    """
    place: dict[str, Any] = {"field": str(said.get("field") or "")}
    for name in ("block", "row", "column"):
        number = str(said.get(name, "") if said.get(name) is not None else "")
        if number and (not number.isdecimal() or len(number) > MAX_PLACE):
            raise refuse("place_unreadable", "没有认出是哪个数，请刷新页面后重试。")
        place[name] = int(number) if number else None
    return place
