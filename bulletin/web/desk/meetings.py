"""会议: recorded in one step; a decision leads to its notice."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.meetings.kinds import PARTS, MeetingKind
from bulletin.domain.meetings.quorum import Votes, rule_words
from bulletin.domain.meetings.records import MeetingRecord
from bulletin.domain.people import Role
from bulletin.services.meetings.correct import correct_meeting, withdraw_meeting
from bulletin.services.meetings.draft_decision import draft_decision
from bulletin.services.meetings.overview import (
    NO_MEETING,
    MeetingsAsked,
    decided_titles,
    meeting_view,
    meeting_views,
    minutes_photo,
)
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices.drafts.start import AlreadyStarted
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import count_of, day_of, row_id_typed, typed, village_asked
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("meetings", __name__, url_prefix="/desk/meetings")
YEARS_OFFERED = 6
DECISIONS = range(1, 6)  # that one form has room for
_RULES = {kind.label: rule_words(kind) for kind in MeetingKind}


@bp.get("")
@staff
def every(*, sentences: Sequence[str] = ()) -> str:
    villages = village_choices(site(), actor(), today())
    asked = ListQuery("meetings.every")
    narrowed = MeetingsAsked(
        village_id=asked.village(villages),
        kind=asked.member("kind", MeetingKind),
        year=asked.year(range(today().year, today().year - YEARS_OFFERED, -1)),
    )
    return render_template(
        "desk/meetings.html",
        page=meeting_views(site(), actor(), now(), narrowed, asked.number),
        asked=asked,
        villages=[each for each in villages if actor().holds(Role.LIAISON, each.id)],
        village_id=_village_id(),
        kinds=labels_of(MeetingKind),
        parts=PARTS,
        rules=_RULES,
        titles=decided_titles(site(), actor()),
        numbers=DECISIONS,
        sentences=sentences,
        today=today(),
    )


def _village_id() -> int | None:
    return village_asked({place for place in actor().places_of(Role.LIAISON) if place})


@bp.post("")
@for_roles(Role.LIAISON)
@refused_shows(every)
def record() -> ResponseReturnValue:
    """A meeting, in one step."""
    village_id = _village_id()
    if village_id is None:
        raise refuse("village_missing", "请选是哪个村的会议。")
    meeting_id = record_meeting(site(), actor(), village_id, _typed(), now(), minutes=_photo())
    flash("会议登记好了。")
    return redirect(url_for("meetings.one", meeting_id=meeting_id))


def _photo() -> tuple[str, bytes] | None:
    photo = request.files.get("minutes")
    return (photo.filename, photo.read()) if photo and photo.filename else None


def _typed() -> NewMeeting:
    kind, held_on = typed("kind"), day_of(typed("held_on"), "日期")
    if kind not in set(MeetingKind) or held_on is None:
        raise refuse("meeting_incomplete", "请选是什么会，填哪天开的。")
    return NewMeeting(
        kind=MeetingKind(kind),
        held_on=held_on,
        place=typed("place"),
        due=count_of(typed("due"), "应到") or 0,
        came=count_of(typed("came"), "实到") or 0,
        agenda=request.form.get("agenda", "").strip(),
        decisions=tuple(_decision(n) for n in DECISIONS if _is_filled(n)),
    )


def _is_filled(number: int) -> bool:
    fields = ("title", "text", "in_favour", "against", "abstained")
    return any(typed(f"{field}_{number}") for field in fields)


def _decision(number: int) -> NewDecision:
    def votes(field: str, what: str) -> int:
        return count_of(typed(f"{field}_{number}"), what) or 0

    return NewDecision(
        id=row_id_typed(f"decision_{number}"),
        title=typed(f"title_{number}"),
        text=request.form.get(f"text_{number}", "").strip(),
        votes=Votes(
            votes("in_favour", "同意票数"),
            votes("against", "反对票数"),
            votes("abstained", "弃权票数"),
        ),
    )


@bp.get("/<int:meeting_id>")
@staff
def one(meeting_id: int, *, sentences: Sequence[str] = ()) -> str:
    view = meeting_view(site(), actor(), meeting_id, now())
    return render_template("desk/meeting.html", view=view, sentences=sentences, today=today())


@bp.get("/<int:meeting_id>/minutes")
@staff
def minutes(meeting_id: int) -> ResponseReturnValue:
    """The photo of the signed minutes, for staff alone."""
    data, media_type = minutes_photo(site(), actor(), meeting_id)
    return Response(data, mimetype=media_type, headers={"Cache-Control": "private, no-store"})


@bp.post("/<int:meeting_id>/decisions/<int:decision_id>/draft")
@for_roles(Role.LIAISON)
@refused_shows(one)
def draft(meeting_id: int, decision_id: int) -> ResponseReturnValue:
    """决议公开: the decision's matter is opened and its notice begun."""
    try:
        code = draft_decision(site(), actor(), meeting_id, decision_id, now())
    except AlreadyStarted as refused:
        flash("这项决定已经有一份公开件了，就是下面这份。", "note")
        return redirect(url_for("notices.notice", code=refused.code))
    return redirect(url_for("drafts.edit", code=code))


@bp.get("/<int:meeting_id>/correct")
@for_roles(Role.LIAISON)
def correction(meeting_id: int, *, act: str = "", sentences: Sequence[str] = ()) -> str:
    """登记错了: the record as it stands; act: which of the two forms was refused."""
    view = meeting_view(site(), actor(), meeting_id, now())
    if not view.mine or view.withdrawn:
        raise NotFoundError(NO_MEETING)
    return render_template(
        "desk/correct_meeting.html",
        view=view,
        typed=request.form if act == "correct" else _as_typed(view.record),
        kinds=labels_of(MeetingKind),
        parts=PARTS,
        rules=_RULES,
        titles=decided_titles(site(), actor()),
        numbers=range(1, max(len(DECISIONS), len(view.decisions)) + 1),
        act=act,
        sentences=sentences,
        today=today(),
    )


def _as_typed(record: MeetingRecord) -> dict[str, object]:
    """A record as the form would have sent it."""
    typed_in: dict[str, object] = {
        "kind": record.kind,
        "held_on": record.held_on.isoformat(),
        "place": record.place,
        "due": record.due,
        "came": record.came,
        "agenda": record.agenda,
    }
    for number, each in enumerate(record.decisions, 1):
        typed_in |= {
            f"decision_{number}": each.id,
            f"title_{number}": each.title,
            f"text_{number}": each.text,
            f"in_favour_{number}": each.votes.in_favour,
            f"against_{number}": each.votes.against,
            f"abstained_{number}": each.votes.abstained,
        }
    return typed_in


@bp.post("/<int:meeting_id>/correct")
@for_roles(Role.LIAISON)
@refused_shows(correction, act="correct")
def correct(meeting_id: int) -> ResponseReturnValue:
    stayed = correct_meeting(
        site(),
        actor(),
        meeting_id,
        _typed(),
        typed("reason"),
        now(),
        minutes=_photo(),
        drops_minutes=bool(request.form.get("drop_minutes")),
    )
    flash("".join(("登记已更正，原来写的和原因留在这里。", *stayed)))
    return redirect(url_for("meetings.one", meeting_id=meeting_id))


@bp.post("/<int:meeting_id>/withdraw")
@for_roles(Role.LIAISON)
@refused_shows(correction, act="withdraw")
def withdraw(meeting_id: int) -> ResponseReturnValue:
    withdraw_meeting(site(), actor(), meeting_id, typed("reason"), now())
    flash("这条登记已作废，原因留在这里。")
    return redirect(url_for("meetings.one", meeting_id=meeting_id))
