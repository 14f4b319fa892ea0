"""申请政府信息公开: a resident's request to the township, without an account, and the receipt that it gives."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.feedback.receipts import code_words, number_words
from bulletin.domain.languages.sentences import say
from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.domain.oversight.requests.forms import MAX_ASKED, MAX_SHORT, RequestForm
from bulletin.services.oversight.requests.follow import apply_page
from bulletin.services.oversight.requests.follow import withdraw as withdraw_sent
from bulletin.services.oversight.requests.submit import send
from bulletin.web.guard import public
from bulletin.web.public.dialogue import after_receipt
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

bp = Blueprint("apply", __name__)
bp.after_request(kept_nowhere)


@bp.get("/V/<code>/apply")
@public
def form(code: str, *, sentences: Sequence[str] = ()) -> str:
    """The form, by the code of the township or of one of its villages."""
    return render_template(
        "public/apply.html",
        page=apply_page(site(), code),
        applicants=labels_of(ApplicantClass),
        token=token_again() if request.method == "POST" else new_token(),
        trap=TRAP,
        most={"short": MAX_SHORT, "asked": MAX_ASKED},
        sentences=sentences,
        now=now(),
    )


@bp.post("/V/<code>/apply")
@public
@refused_shows(form)
def send_form(code: str) -> ResponseReturnValue:
    """Number and code stand in the answer to the form, and in no address."""
    page = apply_page(site(), code)
    sent = sent_form()
    applicant = request.form.get("applicant", "")
    if applicant not in set(ApplicantClass):
        raise refuse("applicant_missing", say("请选申请人是个人还是哪一类单位。"))
    typed = RequestForm(
        applicant=ApplicantClass(applicant),
        name=typed_words("name"),
        identity=typed_words("identity"),
        contact=typed_words("contact"),
        asked_for=typed_words("asked_for").replace("\r\n", "\n"),
        wanted_as=typed_words("wanted_as"),
    )
    number, shows_code = send(site(), code, typed, now(), nonce=sent.nonce, code=sent.code)
    return render_template(
        "public/applied.html",
        page=page,
        receipt=number,
        number=number_words(number),
        code=code_words(sent.code) if shows_code else "",
        now=now(),
    )


@bp.post("/receipt/withdraw")
@public
def withdraw() -> ResponseReturnValue:
    """撤回, with the receipt."""
    words = typed_words("words")
    return after_receipt(
        lambda number, code: withdraw_sent(site(), number, code, words, now()),
        say("撤回的声明已经收到，由乡镇办结。"),
    )


SENT = (send_form, withdraw)
