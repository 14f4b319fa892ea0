"""One place where what went wrong becomes a page: the reasons, and what to do."""

import logging
import secrets

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from bulletin.domain.errors import Conflict, NotFoundError, Refused
from bulletin.services.operations.failures import REMEDIES, MachineFailure, failure_of
from bulletin.services.operations.failures import SENTENCES as SENTENCES_OF_FAULTS

log = logging.getLogger(__name__)

SENTENCES = {
    400: "这个请求不完整，请回到上一页重试。",
    401: "登录已经过期，请重新登录。",
    403: "您的职务不能办这件事。该由您办的，请管理员到“人员”里给您加上这个职务。",
    404: "请检查网址有没有输错，或者回到首页找。",
    405: "这个页面不能这样打开。",
    413: "文件太大，请先压缩，或分几次上传。",
    429: "操作太快，请过一分钟再试。",
}
STATE_FORBIDS, PERSON_FORBIDS, NOT_FOUND, UNAVAILABLE = 409, 403, 404, 503
ABOUT_THE_PERSON = frozenset({"not_your_role", "own_edit", "one_step_each", "own_force"})


def install(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(NotFoundError, _not_found)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def page(status: int, sentences: tuple[str, ...], incident: str = "") -> Response:
    """The same words as JSON for scripts and as a page for people."""
    if request.accept_mimetypes.best == "application/json" or request.is_json:
        response = jsonify(sentences=sentences)
    else:
        response = make_response(
            render_template(
                "public/error.html", status=status, sentences=sentences, incident=incident
            )
        )
    response.status_code = status
    return response


def _refused(refused: Refused) -> Response:
    person = any(code in ABOUT_THE_PERSON for code in refused.codes)
    sentences = tuple(str(refusal) for refusal in refused.refusals)
    return page(PERSON_FORBIDS if person else STATE_FORBIDS, sentences)


def _conflict(overtaken: Conflict) -> Response:
    return page(STATE_FORBIDS, (str(overtaken),))


def _not_found(missing: NotFoundError) -> Response:
    return page(NOT_FOUND, (str(missing),))


def _stale_form(_error: CSRFError) -> Response:
    """The sign-in that the form began with is over. Signed in again, it is sent again as it was."""
    if not current_user.is_authenticated:
        if request.is_json or request.headers.get("X-CSRFToken"):
            return page(401, (SENTENCES[401],))
        return page(400, ("登录已经过期。请在另一个窗口登录后，回到这一页刷新，再提交一次。",))
    if request.is_json or request.headers.get("X-CSRFToken"):
        response = jsonify(csrf_token=generate_csrf())
    else:
        kept = [
            (name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"
        ]
        response = make_response(render_template("public/again.html", kept=kept))
    response.status_code = 400
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004 - redirects are answers
        return error.get_response()  # type: ignore[return-value]
    return page(status, (SENTENCES.get(status, "暂时不能打开，请稍后再试。"),))


def _unexpected(error: Exception) -> Response:
    if isinstance(error, RecursionError):  # JSON nested without end
        return page(400, (SENTENCES[400],))
    fault = failure_of(error)
    return _bug(error) if fault is None else _machine_fault(fault)


def _machine_fault(fault: MachineFailure) -> Response:
    """The machine's fault: said as it is, for the same request goes through once it is mended."""
    log.error("%s at %s", REMEDIES[fault], request.endpoint)
    response = page(UNAVAILABLE, (SENTENCES_OF_FAULTS[fault],))
    response.headers["Retry-After"] = "60"
    return response


def _bug(error: Exception) -> Response:
    incident = secrets.token_hex(4).upper()
    log.error("incident %s at %s", incident, request.endpoint, exc_info=error)
    return page(500, ("系统出了故障，已经记录下来，您写的内容没有丢。",), incident)
