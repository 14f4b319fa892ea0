"""What `public.py` has served: ours on a prepared folder, and a bare Flask view of the same bytes.

BENCH_DATA=FOLDER gunicorn -w 2 public_served:ours
BENCH_DATA=FOLDER python public_served.py ours PORT     (by Waitress, as `bulletin serve` does)
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response
from support.clock import NOON

from bulletin.cli import web_server
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

if __name__ == "__main__":
    app = {"ours": ours, "bare": bare}[sys.argv[1]]
    web_server.create(app, "127.0.0.1", int(sys.argv[2]), behind_proxy=False).run()
