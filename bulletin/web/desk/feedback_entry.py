"""What came by phone, paper box or in person is typed in; its receipt is read out, or written on a slip."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.codes import TypedCode
from bulletin.domain.errors import refuse
from bulletin.domain.feedback.forms import MAX_CONTACT, MAX_REQUESTED, MAX_WORDS
from bulletin.domain.feedback.kinds import FeedbackChannel, FeedbackKind
from bulletin.domain.feedback.receipts import code_words, number_words
from bulletin.domain.people import Role
from bulletin.services.feedback.arrival import NewFeedback
from bulletin.services.feedback.ask import ask
from bulletin.services.feedback.ask_page import entry_places
from bulletin.web.desk.inputs import day_of, typed
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today
from bulletin.web.sent_forms import new_token, read_form, typed_words

bp = Blueprint("feedback_entry", __name__, url_prefix="/desk/feedback/new")
ENTERING = (Role.LIAISON, Role.SCREENER, Role.APPROVER)


@bp.get("")
@for_roles(*ENTERING)
def form(*, sentences: Sequence[str] = ()) -> str:
    channels = {
        channel: words
        for channel, words in labels_of(FeedbackChannel).items()
        if channel is not FeedbackChannel.WEB
    }
    return render_template(
        "desk/feedback_entry.html",
        places=entry_places(site(), actor(), now()),
        kinds=labels_of(FeedbackKind),
        channels=channels,
        token=request.form.get("token") or new_token(),
        most={"words": MAX_WORDS, "requested": MAX_REQUESTED, "contact": MAX_CONTACT},
        sentences=sentences,
        today=today(),
        now=now(),
    )


@bp.post("")
@for_roles(*ENTERING)
@refused_shows(form)
def record() -> ResponseReturnValue:
    """Taken; number and code stand in this answer, and in no address."""
    sent = read_form()
    photo = request.files.get("photo")
    receipt = ask(
        site(),
        _typed(),
        now(),
        nonce=sent.nonce,
        code=sent.code,
        photo=(photo.filename, photo.read()) if photo and photo.filename else None,
        by=actor(),
    )
    return render_template(
        "desk/feedback_receipt.html",
        receipt=receipt,
        number=number_words(receipt.number),
        code=code_words(sent.code) if receipt.shows_code else "",
        today=today(),
        now=now(),
    )


def _typed() -> NewFeedback:
    kind, channel, place = typed("kind"), typed("channel"), typed("place")
    if kind not in set(FeedbackKind) or channel not in set(FeedbackChannel) - {FeedbackChannel.WEB}:
        raise refuse("entry_incomplete", "请选是哪一类、怎么收到的。")
    notice = typed("notice")
    code = TypedCode.read(notice).notice_code if notice else ""
    if code is None:
        raise refuse("notice_unreadable", "公开件的编号没有认出来，请照纸上二维码旁的字母编号输。")
    return NewFeedback(
        kind=FeedbackKind(kind),
        words=typed_words("words"),
        place=place,
        notice=code,
        requested=typed("requested"),
        name=typed("name"),
        contact=typed("contact"),
        channel=FeedbackChannel(channel),
        received_on=day_of(typed("received_on"), "收到的日期"),
    )
