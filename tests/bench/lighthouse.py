"""Lighthouse's marks for residents' pages as a phone opens them: accessibility and best practices, of 100.

    npm install --prefix FOLDER lighthouse
    python tests/bench/lighthouse.py FOLDER/node_modules/.bin/lighthouse [part of an address …]

Every kind of page in the village in which everything happened once, three in English, and two of the copy behind nginx.
Prints a line a page, and below it each check that failed. Asserts nothing. That a page of what is not found answers
404 is an error in the console for it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import a_village, say, served
from flask import Flask
from support.clock import NOON
from support.feedback import a_question
from support.full_township import FullVillage
from support.full_village import LOOKED_AT, fill_village
from support.nginx import NGINX, behind_nginx
from support.page_addresses import RESIDENT, opened_pages

from bulletin.copy_reader import copy_site
from bulletin.web.rate_limits import limiter
from bulletin.wiring import make_app

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CATEGORIES = ("accessibility", "best-practices")
AIM = "≥ 95"
IN_ENGLISH = ("/", "/V/630223202214", "/N/{accounts}")
IN_COPY = ("/V/630223202214/", "/N/{accounts}/")
PHONE = ("--quiet", "--form-factor=mobile", f"--only-categories={','.join(CATEGORIES)}")
# What is gone has a page, too.
ANSWER = ("--output=json", "--output-path=stdout", "--ignore-status-code")
FOLLOWED = "/receipt/followed"
CHROME = "--chrome-flags=--headless=new --no-sandbox"
SHOWN = 160  # characters of what failed


def main(lighthouse: str, wanted: list[str]) -> None:
    with a_village() as village, tempfile.TemporaryDirectory(prefix="bulletin-bench-") as scratch:
        full = fill_village(village)
        with _live(full) as live, _copy(full, Path(scratch)) as copy:
            for base, path in _addresses(full, live, copy):
                if not wanted or any(part in path for part in wanted):
                    _judge(lighthouse, base, path)


def _addresses(full: FullVillage, live: str, copy: str) -> Iterator[tuple[str, str]]:
    yield from ((live, path) for login, path, _ in opened_pages(full) if login == RESIDENT)
    yield live, FOLLOWED
    yield from ((live, f"{path.format(**full.codes)}?lang=en") for path in IN_ENGLISH)
    if copy:
        yield from ((copy, path.format(**full.codes)) for path in IN_COPY)


@contextmanager
def _live(full: FullVillage) -> Iterator[str]:
    app = make_app(full.village.settings, full.village.site, lambda: LOOKED_AT)
    limiter.enabled = False  # one reader opens them all
    app.wsgi_app = _with_followed_receipt(app, full)
    with served(app) as port:
        yield f"http://127.0.0.1:{port}"


def _with_followed_receipt(app: Flask, full: FullVillage) -> "WSGIApplication":
    """What a receipt shows is the answer to a form, which Lighthouse can't send: it gets an address here."""
    asked = a_question(full.village, NOON)
    shown = app.test_client().post("/receipt", data={"number": asked.number, "code": asked.code})
    if shown.status_code != HTTPStatus.OK:
        raise RuntimeError(f"a receipt that is not known: {shown.status}")
    site = app.wsgi_app

    def answered(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != FOLLOWED:
            return site(environ, start)
        start(shown.status, list(shown.headers))
        return [shown.data]

    return answered


@contextmanager
def _copy(full: FullVillage, scratch: Path) -> Iterator[str]:
    """The copy behind nginx; '' where there is none."""
    if NGINX is None:
        say("the copy behind nginx", "not looked at", AIM, "no nginx here")
        yield ""
        return
    site, folder = full.village.site, scratch / "copy"
    copy_site(full.village.settings, site, folder, site.public_url, LOOKED_AT, frozenset())
    with behind_nginx(folder, scratch / "nginx") as address:
        yield address


def _judge(lighthouse: str, base: str, path: str) -> None:
    command = [lighthouse, f"{base}{path}", *PHONE, *ANSWER, CHROME]
    chrome = {"CHROME_PATH": os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""}
    done = subprocess.run(command, env=os.environ | chrome, capture_output=True, check=False)
    if done.returncode:
        say(path, "not judged", AIM, done.stderr.decode().strip()[-SHOWN:])
        return
    told = json.loads(done.stdout)
    marks = [f"{100 * (told['categories'][each]['score'] or 0):.0f}" for each in CATEGORIES]
    say(path, " / ".join(marks), AIM)
    for line in _failed(told):
        sys.stdout.write(f"    {line}\n")


def _failed(told: dict[str, Any]) -> Iterator[str]:
    for category in CATEGORIES:
        for check in told["categories"][category]["auditRefs"]:
            audit = told["audits"][check["id"]]
            if audit["score"] is not None and audit["score"] < 1:
                items = json.dumps(audit.get("details", {}).get("items", ""), ensure_ascii=False)
                yield f"{check['id']} (weight {check['weight']}): {items[:SHOWN]}"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
