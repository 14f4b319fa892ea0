"""For machines: is the web door open?"""

from flask import Blueprint

from bulletin.web.guard import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> dict[str, str]:
    return {"status": "ok"}
