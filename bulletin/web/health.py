"""For machines: does the web server run, and can it serve?"""

from http import HTTPStatus

from flask import Blueprint

from bulletin.services.operations.metrics import is_ready
from bulletin.web.guard import public
from bulletin.web.request_context import site

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@bp.get("/readyz")
@public
def readyz() -> tuple[dict[str, str], int]:
    """Ready once the database answers and stands at this release; 503 until then."""
    if is_ready(site()):
        return {"status": "ready"}, HTTPStatus.OK
    return {"status": "not migrated"}, HTTPStatus.SERVICE_UNAVAILABLE
