"""Every error becomes a page here: the reasons, and what to do."""

import logging
import re
import secrets
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from bulletin.domain.codes import without_words_behind
from bulletin.domain.errors import Conflict, NotFoundError, Refused
from bulletin.domain.languages.sentences import say
from bulletin.services.operations.failures import SENTENCES as FAILURE_SENTENCES
from bulletin.services.operations.failures import MachineFailure, failure_of, remedy_of
from bulletin.web import stale_forms
from bulletin.web.confirmations import page_before
from bulletin.web.languages import translated
from bulletin.web.large_requests import TOO_LARGE, read_to_end
from bulletin.web.letter_case import led_to
from bulletin.web.refusals import ABOUT_THE_PERSON, sentences_of
from bulletin.web.request_context import now

log = logging.getLogger(__name__)

SENTENCES = {
    400: say("这个请求不完整，请回到上一页重试。"),
    401: say("登录已经过期，请重新登录。"),
    403: say("您的职务不能办这件事。该由您办的，请管理员到“人员”里给您加上这个职务。"),
    404: say("请检查网址有没有输错，或者回到首页找。"),
    405: say("这个页面不能这样打开。"),
    413: TOO_LARGE,
    429: say("操作太快，请过一分钟再试。"),
}
FOREIGN = say("这个请求不是从公开台的页面上发出来的，没有办理。要办，请登录后到公开台里办。")


def install(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(NotFoundError, _not_found)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def page(
    status: int, sentences: Sequence[str], incident: str = "", *, framed: bool = True
) -> Response:
    """The same words as JSON for scripts and as a page for people.

    Args:
        framed: at the desk within its frame, which has forms; False for what another site sent.
    """
    if request.accept_mimetypes.best == "application/json" or request.is_json:
        response = jsonify(sentences=[translated(each) for each in sentences])
    else:
        said = {"status": status, "sentences": sentences, "incident": incident}
        response = make_response(
            (framed and _desk_page(said)) or render_template("public/error.html", **said)
        )
    response.status_code = status
    return response


def _desk_page(said: dict[str, Any]) -> str:
    """The error within the desk's frame; '' for residents, and while not even the frame can be drawn."""
    if not request.path.startswith(("/desk", "/account")):
        return ""
    try:
        if not current_user.is_authenticated:
            return ""
        return render_template("desk/error.html", **said, back=page_before(), now=now())
    except Exception:  # the database that failed, most likely
        log.warning("no frame for the error at %s", request.endpoint, exc_info=True)
        return ""


def _refused(refused: Refused) -> Response:
    about_person = ABOUT_THE_PERSON & set(refused.codes)
    status = HTTPStatus.FORBIDDEN if about_person else HTTPStatus.CONFLICT
    return page(status, sentences_of(refused))


def _conflict(conflict: Conflict) -> Response:
    return page(HTTPStatus.CONFLICT, sentences_of(conflict))


def _not_found(error: NotFoundError) -> Response:
    return _led_on() or page(HTTPStatus.NOT_FOUND, sentences_of(error))


def _led_on() -> Response | None:
    """To the address that was meant, where a chat hung words or marks on it."""
    folder, _, name = request.path.rpartition("/")
    # Marks alone hang on a folder; a name that begins with a Chinese word is that of a file.
    meant = without_words_behind(name) if re.search(r"\w", name) else ""
    path = f"{folder}/{meant}"
    if request.method not in {"GET", "HEAD"} or path == request.path or path.startswith("//"):
        return None
    return make_response(led_to(path))


def _stale_form(_error: CSRFError) -> Response:
    """The session of the form has ended. After a new sign-in our own form can be sent again, seen and named."""
    is_script = request.is_json or bool(request.headers.get("X-CSRFToken"))
    if not current_user.is_authenticated:
        if is_script:
            return page(HTTPStatus.UNAUTHORIZED, (SENTENCES[401],))
        return page(
            HTTPStatus.BAD_REQUEST,
            (say("登录已经过期。请在另一个窗口登录后，回到这一页刷新，再提交一次。"),),
        )
    if not stale_forms.is_own():
        return page(HTTPStatus.BAD_REQUEST, (FOREIGN,), framed=False)
    if is_script:
        response = jsonify(csrf_token=generate_csrf())
    elif (form := stale_forms.stale_form()) is not None:
        response = make_response(render_template("public/again.html", form=form))
    else:
        return page(
            HTTPStatus.BAD_REQUEST, (say("您重新登录过。请回到刚才的页面刷新，再填一次。"),)
        )
    response.status_code = HTTPStatus.BAD_REQUEST
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:  # a redirect
        return error.get_response()  # type: ignore[return-value]
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        read_to_end()
    if status == HTTPStatus.NOT_FOUND and (led_on := _led_on()) is not None:
        return led_on
    return page(status, (SENTENCES.get(status, say("暂时不能打开，请稍后再试。")),))


def _unexpected(error: Exception) -> Response:
    if isinstance(error, RecursionError):  # JSON nested without end
        return page(HTTPStatus.BAD_REQUEST, (SENTENCES[400],))
    failure = failure_of(error)
    if failure is None:
        return _bug(error)
    log.error("%s at %s", remedy_of(error), request.endpoint)
    return _machine_failure(failure)


def _machine_failure(failure: MachineFailure) -> Response:
    """A failure of the machine, named: the same request succeeds once it is repaired."""
    response = page(HTTPStatus.SERVICE_UNAVAILABLE, (FAILURE_SENTENCES[failure],))
    response.headers["Retry-After"] = "60"
    return response


def _bug(error: Exception) -> Response:
    incident = secrets.token_hex(4).upper()
    log.error("incident %s at %s", incident, request.endpoint, exc_info=error)
    return page(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        (say("系统出了故障，已经记录下来，您写的内容没有丢。"),),
        incident,
    )
