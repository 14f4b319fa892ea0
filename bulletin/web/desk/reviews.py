"""审查: the queue of a reviewer, one notice with its final page and sheet, and the steps."""

from collections.abc import Collection, Sequence
from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.notices.workflow import step_named
from bulletin.domain.people import REVIEW_ROLES
from bulletin.services.attributes.findings import second_looks
from bulletin.services.notices.detail import NoticeDetail, notice_detail
from bulletin.services.notices.overview import edition_rows
from bulletin.services.notices.reviews import review as notices_review
from bulletin.services.notices.reviews.changes import comparison
from bulletin.services.notices.reviews.comments import comments_of
from bulletin.services.notices.reviews.findings import findings
from bulletin.services.notices.reviews.meeting_days import OfferedMeeting, offered_meetings
from bulletin.services.notices.reviews.queue import queue, to_endorse
from bulletin.services.notices.reviews.review import Outcome
from bulletin.services.printing.print import preview
from bulletin.web.confirmations import Consequence, all_released, confirmed, released
from bulletin.web.desk.inputs import day_of, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows, sentences_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("reviews", __name__, url_prefix="/desk")
reviewers = for_roles(*sorted(REVIEW_ROLES))


@bp.get("/reviews")
@reviewers
def reviews(*, outcomes: Sequence[Outcome] = (), sentences: Sequence[str] = ()) -> str:
    asked = ListQuery("reviews.reviews")
    village_id = asked.row("village")
    waiting = queue(site(), actor(), now(), village_id=village_id, number=asked.number)
    asked.offer("village", {str(each): name for each, name in waiting.villages})
    asking = {x.row.village_id for x in waiting.page.lines if x.asks_meeting and x.may_take}
    return render_template(
        "desk/reviews.html",
        waiting=waiting,
        asked=asked,
        asks_meeting=bool(asking),
        meetings=_offered_to_many(asking),
        endorsements=to_endorse(site(), actor(), now()),
        second_looks=second_looks(site(), actor(), now()),
        done=[outcome for outcome in outcomes if outcome.done],
        refused=[outcome for outcome in outcomes if not outcome.done],
        chosen=request.form.getlist("seen"),
        meeting_on="".join(_days_given()[:1]),
        today=today(),
        sentences=sentences,
        now=now(),
    )


def _offered_to_many(villages: Collection[int | None]) -> tuple[OfferedMeeting, ...]:
    """The days of one village's meetings; those of several villages are not one meeting's."""
    of_one = list(villages) if len(villages) == 1 else []
    return tuple(m for each in of_one for m in offered_meetings(site(), actor(), each, now()))


def _days_given() -> list[str]:
    """The day that was chosen, and the one that was typed beside it."""
    return [day.strip() for day in request.form.getlist("meeting_on") if day.strip()]


def _meeting_of_many() -> date | None:
    days = {day_of(given, "联席会议的日期") for given in _days_given()}
    if len(days) > 1:
        raise refuse("two_meetings", "联席会议选了两个日期，请只留一个。")
    return next(iter(days), None)


def _released_by_many() -> Consequence | None:
    try:
        _meeting_of_many()
    except Refused:
        return None
    return all_released(box.partition(":")[0] for box in request.form.getlist("seen"))


@bp.post("/reviews")
@reviewers
@refused_shows(reviews)
@confirmed(_released_by_many)
def take_many() -> ResponseReturnValue:
    """Many notices through their present step; each box carries the fingerprint that was shown."""
    boxes = (box.partition(":") for box in request.form.getlist("seen"))
    seen = {code: fingerprint for code, _, fingerprint in boxes}
    meeting_on = _meeting_of_many()
    if not seen:
        raise refuse("none_chosen", "请先勾选看过的公开件。")
    outcomes = notices_review.take_many(site(), actor(), seen, now(), meeting_on=meeting_on)
    status = (
        HTTPStatus.UNPROCESSABLE_ENTITY
        if any(not outcome.done for outcome in outcomes)
        else HTTPStatus.OK
    )
    return reviews(outcomes=outcomes), status


@bp.get("/notices/<code>/review")
@staff
def review(code: str, *, act: str = "", sentences: Sequence[str] = ()) -> str:
    """What changed, what the checks say, page and sheet; after a refusal with what was typed."""
    detail: NoticeDetail = notice_detail(site(), actor(), code, now())
    pages, fault = _sheet(code)
    may_decide = detail.step is not None and detail.step.is_open
    return render_template(
        "desk/review.html",
        detail=detail,
        compared=comparison(
            site(), actor(), code, now(), since=request.args.get("since", default="")
        ),
        findings=findings(site(), actor(), code, now()),
        comments=comments_of(site(), actor(), code, now()),
        meetings=offered_meetings(site(), actor(), detail.row.village_id, now()),
        consequence=released(code) if may_decide else None,
        pages=pages,
        sheet_fault=fault,
        sentences=sentences,
        act=act,
        today=today(),
        now=now(),
    )


def _sheet(code: str) -> tuple[int, str]:
    """How many pages the sheet has, or why it cannot be set."""
    try:
        return preview(site(), actor(), code, now()).sheet.pages, ""
    except Refused as refused:
        return 0, "".join(sentences_of(refused))


def _released_by_step(code: str) -> Consequence | None:
    """What the step lets out; a form that is refused anyway is not asked about."""
    try:
        met = day_of(typed("meeting_on"), "联席会议的日期")
    except Refused:
        return None
    detail = notice_detail(site(), actor(), code, now())
    may_go_on = detail.step is not None and detail.step.is_open
    lacks_meeting = detail.asks_meeting and (met is None or met > today())
    return released(code) if may_go_on and not lacks_meeting else None


@bp.post("/notices/<code>/step")
@reviewers
@refused_shows(review, act="step")
@confirmed(_released_by_step)
def step(code: str) -> ResponseReturnValue:
    """The step whose button was pressed, on the content whose fingerprint was shown."""
    act = step_named(typed("step"))
    if act is None or not typed("seen"):
        raise refuse("step_unknown", "没有认出要办的是哪一步，请刷新页面，看过再办。")
    state = notices_review.take_step(
        site(),
        actor(),
        code,
        act,
        now(),
        meeting_on=day_of(typed("meeting_on"), "联席会议的日期"),
        seen=typed("seen"),
    )
    return _done(code, f"办好了，现在{state.label}。{_late_words(code)}")


def _late_words(code: str) -> str:
    """How much later than due it is planned, for whoever has just let it go on."""
    late = edition_rows(site(), actor(), code, now())[0].late
    return f"{late.words}。" if late else ""


def _done(code: str, words: str) -> Response:
    """Back to the queue while something waits there, else to the notice."""
    flash(words)
    if queue(site(), actor(), now()).count or to_endorse(site(), actor(), now()):
        return redirect(url_for("reviews.reviews"))
    return redirect(url_for("notices.notice", code=code))


@bp.post("/notices/<code>/send-back")
@reviewers
@refused_shows(review, act="send_back")
def send_back(code: str) -> ResponseReturnValue:
    notices_review.send_back(site(), actor(), code, typed("reason"), now())
    return _done(code, "已经退回，信息员会看到您写的原因。")


@bp.post("/notices/<code>/force")
@reviewers
@refused_shows(review, act="force")
def force(code: str) -> ResponseReturnValue:
    """特办: without other eyes, with a reason, flagged until someone else endorses."""
    meeting_on = day_of(typed("forced_meeting_on"), "联席会议的日期")
    state = notices_review.force(
        site(), actor(), code, typed("force_reason"), now(), meeting_on=meeting_on
    )
    words = f"已经特办，现在{state.label}，等另一个人补审。{_late_words(code)}"
    return _done(code, words)


@bp.post("/notices/<code>/endorse")
@reviewers
@refused_shows(review, act="endorse")
def endorse(code: str) -> ResponseReturnValue:
    notices_review.endorse(site(), actor(), code, now())
    return _done(code, "已经补审。")
