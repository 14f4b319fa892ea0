"""What `public.py` has served: ours on a prepared folder, and a bare Flask view of the same bytes.

BENCH_DATA=FOLDER gunicorn -w 2 public_served:ours
"""

import os
import time
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response
from support.clock import NOON

from bulletin.settings import Settings
from bulletin.wiring import make_app, open_site

DATA = Path(os.environ["BENCH_DATA"])
_began = time.monotonic()


def _now():
    """The clock goes on from the noon of the data."""
    return NOON + timedelta(seconds=time.monotonic() - _began)


def _ours() -> Flask:
    settings = Settings(data=DATA, insecure_cookies=True)
    return make_app(settings, open_site(settings), clock=_now)


def _bare() -> Flask:
    app = Flask("bare")
    pages = {file.stem: file.read_bytes() for file in (DATA / "pages").glob("*.html")}

    @app.get("/<name>")
    def page(name: str) -> Response:
        return Response(pages[name], mimetype="text/html")

    return app


ours, bare = _ours(), _bare()
