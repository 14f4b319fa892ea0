"""审查: the queue of a reviewer, one notice with its final page and sheet, and the steps."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.notices.workflow import step_named
from bulletin.domain.people import REVIEW_ROLES
from bulletin.services.notices import review as notices_review
from bulletin.services.notices.detail import NoticeDetail, notice_detail
from bulletin.services.notices.review import Outcome
from bulletin.services.notices.review_queue import queue, to_endorse
from bulletin.services.printing.print import preview
from bulletin.web.desk.inputs import REFUSED, day_of, http_status, sentences, typed
from bulletin.web.guard import for_roles, staff
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("reviews", __name__, url_prefix="/desk")
reviewers = for_roles(*sorted(REVIEW_ROLES))
Answer = str | Response | tuple[str, int]


@bp.get("/reviews")
@reviewers
def reviews() -> str:
    return _queue()


def _queue(outcomes: list[Outcome] | None = None, said: list[str] | None = None) -> str:
    lines = queue(site(), actor(), now())
    return render_template(
        "desk/reviews.html",
        lines=lines,
        asks_meeting=any(line.asks_meeting and line.may_take for line in lines),
        endorsements=to_endorse(site(), actor(), now()),
        done=[outcome for outcome in outcomes or [] if outcome.done],
        refused=[outcome for outcome in outcomes or [] if not outcome.done],
        chosen=request.form.getlist("seen"),
        meeting_on=typed("meeting_on"),
        today=today(),
        sentences=said or [],
        now=now(),
    )


@bp.post("/reviews")
@reviewers
def take_many() -> Answer:
    """Many notices through their present step; each box carries the fingerprint that was shown."""
    boxes = (box.partition(":") for box in request.form.getlist("seen"))
    seen = {code: fingerprint for code, _, fingerprint in boxes}
    try:
        meeting_on = day_of(typed("meeting_on"), "联席会议的日期")
        if not seen:
            raise refuse("none_chosen", "请先勾选看过的公开件。")
    except Refused as refused:
        return _queue(said=sentences(refused)), http_status(refused)
    outcomes = notices_review.take_many(site(), actor(), seen, now(), meeting_on=meeting_on)
    status = REFUSED if any(not outcome.done for outcome in outcomes) else 200
    return _queue(outcomes), status


@bp.get("/notices/<code>/review")
@staff
def review(code: str) -> str:
    return _page(code)


def _page(code: str, said: list[str] | None = None, *, act: str = "") -> str:
    """Page and sheet with the final content; after a refusal with its reasons and what was typed."""
    detail: NoticeDetail = notice_detail(site(), actor(), code, now())
    pages, fault = _sheet(code)
    return render_template(
        "desk/review.html",
        detail=detail,
        pages=pages,
        sheet_fault=fault,
        sentences=said or [],
        act=act,
        today=today(),
        now=now(),
    )


def _sheet(code: str) -> tuple[int, str]:
    """How many pages the sheet has, or why it cannot be set."""
    try:
        return preview(site(), actor(), code, now()).sheet.pages, ""
    except Refused as refused:
        return 0, "".join(sentences(refused))


@bp.post("/notices/<code>/step")
@reviewers
def step(code: str) -> Answer:
    """The step whose button was pressed, on the content whose fingerprint was shown."""
    try:
        act = step_named(typed("step"))
        if act is None or not typed("seen"):
            raise refuse("step_unknown", "没有认出要办的是哪一步，请刷新页面，看过再办。")
        state = notices_review.take_step(
            site(), actor(), code, act, now(),
            meeting_on=day_of(typed("meeting_on"), "联席会议的日期"), seen=typed("seen"),
        )  # fmt: skip
    except Refused as refused:
        return _page(code, sentences(refused), act="step"), http_status(refused)
    return _done(code, f"办好了，现在{state.label}。")


def _done(code: str, words: str) -> Response:
    """Back to the queue while something waits there, else to the notice."""
    flash(words)
    if queue(site(), actor(), now()) or to_endorse(site(), actor(), now()):
        return redirect(url_for("reviews.reviews"))
    return redirect(url_for("notices.notice", code=code))


@bp.post("/notices/<code>/send-back")
@reviewers
def send_back(code: str) -> Answer:
    try:
        notices_review.send_back(site(), actor(), code, typed("reason"), now())
    except Refused as refused:
        return _page(code, sentences(refused), act="send_back"), http_status(refused)
    return _done(code, "已经退回，信息员会看到您写的原因。")


@bp.post("/notices/<code>/force")
@reviewers
def force(code: str) -> Answer:
    """特办: without other eyes, with a reason, flagged until someone else endorses."""
    try:
        meeting_on = day_of(typed("forced_meeting_on"), "联席会议的日期")
        state = notices_review.force(
            site(), actor(), code, typed("force_reason"), now(), meeting_on=meeting_on
        )
    except Refused as refused:
        return _page(code, sentences(refused), act="force"), http_status(refused)
    return _done(code, f"已经特办，现在{state.label}，等另一个人补审。")


@bp.post("/notices/<code>/endorse")
@reviewers
def endorse(code: str) -> Answer:
    try:
        notices_review.endorse(site(), actor(), code, now())
    except Refused as refused:
        return _page(code, sentences(refused), act="endorse"), http_status(refused)
    return _done(code, "已经补审。")
