"""有话要说: the form for questions, objections and requests, and the receipt that it gives."""

from collections.abc import Sequence
from contextlib import nullcontext

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.codes import TypedCode
from bulletin.domain.errors import NotFoundError
from bulletin.domain.feedback.forms import MAX_CONTACT, MAX_REQUESTED, MAX_WORDS
from bulletin.domain.feedback.kinds import WHERE_TO_GO, FeedbackKind
from bulletin.domain.feedback.receipts import code_words, number_words
from bulletin.domain.languages.sentences import say
from bulletin.services.access import NO_NOTICE
from bulletin.services.feedback.arrival import NewFeedback
from bulletin.services.feedback.ask import ask as take
from bulletin.services.feedback.ask_page import AskPage, ask_page
from bulletin.web.guard import public
from bulletin.web.public.photo_turns import photo_turn
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import now, site
from bulletin.web.sent_forms import (
    TRAP,
    kept_nowhere,
    new_token,
    sent_form,
    token_again,
    typed_words,
)

bp = Blueprint("ask", __name__)
_BUSY = say("现在传照片的人多，请过几秒再按一次提交，或者不附照片。")


bp.after_request(kept_nowhere)


@bp.get("/N/<tail>/ask")
@public
def about_notice(tail: str, *, sentences: Sequence[str] = ()) -> str:
    """The form about a notice, by its code as scanned or typed."""
    return _form(_page_of_notice(tail), sentences)


@bp.get("/V/<code>/ask")
@public
def about_place(code: str, *, sentences: Sequence[str] = ()) -> str:
    """The form about a village, or about the township when the code is its own."""
    return _form(ask_page(site(), now(), place_code=code), sentences)


def _page_of_notice(tail: str) -> AskPage:
    code = TypedCode.read(tail).notice_code
    if code is None:
        raise NotFoundError(NO_NOTICE)
    return ask_page(site(), now(), notice_code=code)


def _form(page: AskPage, sentences: Sequence[str]) -> str:
    return render_template(
        "public/ask.html",
        page=page,
        kinds=labels_of(FeedbackKind),
        chosen=_kind(page),
        token=token_again() if request.method == "POST" else new_token(),
        trap=TRAP,
        elsewhere={reason.label: where for reason, where in WHERE_TO_GO.items()},
        most={"words": MAX_WORDS, "requested": MAX_REQUESTED, "contact": MAX_CONTACT},
        sentences=sentences,
        now=now(),
    )


def _kind(page: AskPage) -> FeedbackKind:
    asked = request.values.get("kind", "")
    return next((kind for kind in page.kinds if kind == asked), page.kinds[0])


@bp.post("/N/<tail>/ask")
@public
@refused_shows(about_notice)
def send_about_notice(tail: str) -> ResponseReturnValue:
    return _receipt(_page_of_notice(tail))


@bp.post("/V/<code>/ask")
@public
@refused_shows(about_place)
def send_about_place(code: str) -> ResponseReturnValue:
    return _receipt(ask_page(site(), now(), place_code=code))


def _receipt(page: AskPage) -> str:
    """Number and code stand in the answer to the form, and in no address."""
    form = sent_form()
    new = NewFeedback(
        kind=_kind(page),
        words=typed_words("words"),
        place="" if page.notice else page.place_code,
        notice=page.notice,
        requested=typed_words("requested"),
        name=typed_words("name"),
        contact=typed_words("contact"),
    )
    upload = request.files.get("photo")
    photo = (upload.filename, upload.read()) if upload and upload.filename else None
    with photo_turn(_BUSY) if photo else nullcontext():
        receipt = take(site(), new, now(), nonce=form.nonce, code=form.code, photo=photo)
    return render_template(
        "public/asked.html",
        page=page,
        receipt=receipt,
        number=number_words(receipt.number),
        code=code_words(form.code) if receipt.shows_code else "",
        now=now(),
    )


SENT = (send_about_notice, send_about_place)
