"""One log line a request: which view, which status, how long. Never who, from where, or what."""

import logging
import time

from flask import Flask, Response, g, request

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.monotonic()


def _end(response: Response) -> Response:
    fields = {
        "door": request.endpoint or "",
        "method": request.method,
        "status": response.status_code,
        "ms": round((time.monotonic() - g.get("began", time.monotonic())) * 1000, 1),
    }
    log.info("answered", extra={"facts": fields})
    return response
