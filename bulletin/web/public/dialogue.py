"""凭回执: what became of a question or of a request for information, further words, the next level.

Number and code travel in the form alone.
"""

from collections.abc import Callable, Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.feedback.forms import MAX_WORDS
from bulletin.domain.feedback.receipts import number_words, read_number
from bulletin.domain.languages.sentences import say
from bulletin.services.feedback.ask_further import add_words
from bulletin.services.feedback.ask_further import escalate as ask_next_level
from bulletin.services.feedback.dialogue_page import dialogue_page
from bulletin.services.feedback.forget import erase as erase_words
from bulletin.services.feedback.forget import forget_contact
from bulletin.services.oversight.requests.follow import MAX_WITHDRAWAL, sent_status
from bulletin.web.guard import public
from bulletin.web.public.pages import MAX_TYPED, refused
from bulletin.web.rate_limits import count_miss
from bulletin.web.refusals import http_status, sentences_of
from bulletin.web.request_context import now, site
from bulletin.web.sent_forms import kept_nowhere, typed_words

bp = Blueprint("dialogue", __name__)


bp.after_request(kept_nowhere)


@bp.get("/receipt")
@public
def receipt(*, fault: str = "") -> str:
    """The box for number and code."""
    return render_template("public/receipt.html", typed=_typed(), fault=fault, now=now())


def _typed() -> tuple[str, str]:
    return (
        request.form.get("number", "").strip()[:MAX_TYPED],
        request.form.get("code", "").strip()[:MAX_TYPED],
    )


@bp.post("/receipt")
@public
def show() -> ResponseReturnValue:
    """The question of a receipt. Who guesses is counted, whoever has a receipt is not."""
    return after_receipt(lambda _number, _code: None)


def after_receipt(act: Callable[[str, str], None], done: str = "") -> ResponseReturnValue:
    """The page of the receipt after an act, or with the reasons why it was not done."""
    number, code = _typed()
    sentences: list[str] = []
    status = 200
    try:
        try:
            act(number, code)
        except Refused as why:
            sentences, status = sentences_of(why), int(http_status(why))
        page = _page(number, code, sentences, done)
    except NotFoundError as unknown:
        if not count_miss(f"receipt {read_number(number) or number} {code}"):
            return refused("")
        return receipt(fault=str(unknown)), 404
    return page, status


def _page(number: str, code: str, sentences: Sequence[str], done: str) -> str:
    """Of the question, or of the request for information, that a receipt is for.

    Raises:
        NotFoundError: of neither; it takes as long for every wrong one.
    """
    shown = {"code": code, "sentences": sentences, "done": "" if sentences else done, "now": now()}
    try:
        page = dialogue_page(site(), number, code, now())
    except NotFoundError:
        sent = sent_status(site(), number, code)
        words = number_words(sent.number)
        template = "public/applied_status.html"
        return render_template(template, page=sent, number=words, most=MAX_WITHDRAWAL, **shown)
    return render_template(
        "public/dialogue.html",
        page=page,
        number=number_words(page.number),
        most=MAX_WORDS,
        was=typed_words("words") if sentences else "",
        **shown,
    )


@bp.post("/receipt/add")
@public
def add() -> ResponseReturnValue:
    words = typed_words("words")
    return after_receipt(
        lambda number, code: add_words(site(), number, code, words, now()),
        say("补充的话已经收到。"),
    )


@bp.post("/receipt/escalate")
@public
def escalate() -> ResponseReturnValue:
    """请上一级答复."""
    words = typed_words("words")
    return after_receipt(
        lambda number, code: ask_next_level(site(), number, code, words, now()),
        say("已经请上一级答复。"),
    )


@bp.post("/receipt/forget")
@public
def forget() -> ResponseReturnValue:
    """The question stays, without any way to who asked."""
    return after_receipt(
        lambda number, code: forget_contact(site(), number, code, now()),
        say("您的联系方式已经去掉。"),
    )


@bp.post("/receipt/erase")
@public
def erase() -> ResponseReturnValue:
    return after_receipt(
        lambda number, code: erase_words(site(), number, code, now()), say("您写的内容已经删除。")
    )


SENT = (show, add, escalate, forget, erase)
