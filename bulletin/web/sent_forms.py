"""How a form of residents proves that a person filled it: no account, no cookie, no script, no foreign captcha.

The page carries a signed token with the moment it was made and a nonce; a field that people don't see stays
empty; a network sends so many an hour. The nonce makes that a form sent twice asks once, and the code of its
receipt follows from it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from bulletin.domain.characters import ordinary
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.feedback.forms import age_refusals
from bulletin.domain.feedback.receipts import new_nonce, receipt_code
from bulletin.domain.languages.sentences import say
from bulletin.web.rate_limits import count_sent
from bulletin.web.request_context import now

TRAP = "website"  # a field that only machines fill
TOO_MANY = say("这里提交得太多了，请过一小时再提，或者打监督电话、投意见箱。")


@dataclass(frozen=True)
class SentForm:
    nonce: str
    opened_at: datetime

    @property
    def code(self) -> str:
        """Of the receipt that this form leads to."""
        return receipt_code(_secret(), self.nonce)


def kept_nowhere(response: Response) -> Response:
    """What somebody wrote or was given: no cache and no search engine has it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def new_token() -> str:
    """What the form carries."""
    seconds = int(now().timestamp())
    return str(_serializer().dumps([new_nonce(), seconds]))


def token_again() -> str:
    """The token that was sent, while it is good: the page comes back with what was typed, and asks once."""
    try:
        form = read_form()
    except Refused:
        return new_token()
    too_old = any(each.code == "form_too_old" for each in age_refusals(form.opened_at, now()))
    return new_token() if too_old else request.form["token"]


def sent_form() -> SentForm:
    """The form of this request.

    Raises:
        Refused: a machine filled it, it was open too short or too long, or too many came from this network.
    """
    if request.form.get(TRAP):
        raise refuse("trap", say("有一栏应当空着。请把它清空，再按一次提交。"))
    form = read_form()
    if refusals := age_refusals(form.opened_at, now()):
        raise Refused(*refusals)
    if not count_sent(form.nonce):
        raise refuse("too_many_sent", TOO_MANY)
    return form


def read_form() -> SentForm:
    """The form of this request, whoever filled it.

    Raises:
        Refused: no page of ours carried its token.
    """
    try:
        nonce, seconds = _serializer().loads(request.form.get("token", ""))
    except BadSignature:
        raise refuse("form_too_old", say("请看一遍写的内容，再按一次提交。")) from None
    return SentForm(str(nonce), datetime.fromtimestamp(seconds, UTC))


def typed_words(name: str) -> str:
    """Several lines of a form, radicals out of a PDF copy as ordinary characters."""
    return ordinary(request.form.get(name, "")).strip()


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(_secret(), salt="asked by residents")


def _secret() -> bytes:
    secret = current_app.secret_key or b""
    return secret.encode() if isinstance(secret, str) else secret
