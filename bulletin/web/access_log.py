"""One log line a request: which view, which status, how long. Never who, from where, or what."""

import logging
import time

from flask import Flask, Response, g, request

log = logging.getLogger(__name__)
DOOR = "bulletin.door"  # in the environment of a request: the view that answered


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.monotonic()


def _end(response: Response) -> Response:
    request.environ[DOOR] = request.endpoint or ""
    log_answer(
        request.endpoint or "",
        request.method,
        response.status_code,
        g.get("began", time.monotonic()),
    )
    return response


def log_answer(door: str, method: str, status: int, began: float) -> None:
    """The line of one request that began at a reading of the monotonic clock."""
    ms = round((time.monotonic() - began) * 1000, 1)
    fields = {"door": door, "method": method, "status": status, "ms": ms}
    log.info("answered", extra={"facts": fields})
