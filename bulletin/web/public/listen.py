"""听: a notice in spoken words, read out by the phone's own voice."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from bulletin.domain.codes import TypedCode
from bulletin.services.outlets.listen import listen as spoken_notice
from bulletin.web.guard import public
from bulletin.web.public.pages import unknown
from bulletin.web.request_context import now, site

bp = Blueprint("listen", __name__)


@bp.get("/N/<code>/listen")
@public
def listen(code: str) -> ResponseReturnValue:
    """Its words stand there too, large, for somebody who reads them to another."""
    asked = TypedCode.read(code)
    page = spoken_notice(site(), asked.code, now()) if asked.code else None
    if page is None:
        return unknown(code)
    return render_template("public/listen.html", page=page, now=now())
