"""Residents' pages beside the years behind them, as notices pile up (`desk_growth.py` is the desk).

    python tests/bench/figures.py growth

A page of a thousand notices and one of thirty thousand should cost the same; each stands beside a bare Flask
view of the same run that sets as many rows from memory. Asserts nothing.
"""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from statistics import median
from typing import Any

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import State
from bulletin.store.notices import Edition, Notice
from bulletin.wiring import make_app

VILLAGE = "/V/630223202214"
YEARS = 8  # over which the notices are spread
POSTED = timedelta(days=15)
KILO = 1024
AT_ONCE = 5_000

Say = Callable[..., None]


@dataclass(frozen=True)
class Seen:
    ms: float
    rows: int
    size: int
    packed: int


def residents(a_village: Callable[..., Any], say: Say) -> None:
    """The front page and the page of the village where all was published."""
    for spread in (True, False):
        seen: dict[tuple[str, int], Seen] = {}
        for count in (1_000, 30_000):
            with a_village() as village:
                _publish(village, count, spread=spread)
                app = make_app(village.settings, village.site)
                app.extensions["clock"] = lambda: NOON
                for page in ("/", VILLAGE):
                    seen[page, count] = look(app.test_client(), page, '<p class="number">')
        for page in ("/", VILLAGE):
            few, many = seen[page, 1_000], seen[page, 30_000]
            words = "of 8 years" if spread else "all on display"
            floor = bare(many.rows or 20)
            say(
                f"{page} among 30,000 notices, {words}",
                f"{many.ms:.1f} ms, {many.size // KILO} KB",
                "as of 1,000",
                f"of 1,000: {few.ms:.1f} ms, ratio {many.ms / few.ms:.1f}; bare Flask {floor:.1f} ms; "
                f"sent {many.packed // KILO} KB",
            )


def _publish(village: Any, count: int, *, spread: bool) -> None:
    """Copies of one notice, straight into the tables: published over the years, or all today."""
    code = a_notice(village, NOON).approved().code
    with village.site.sessions.writing() as session:
        notice = (
            session.execute(select(Notice.__table__).where(Notice.code == code)).one()._asdict()
        )
        found = select(Edition.__table__).where(Edition.notice_id == notice["id"])
        edition = session.execute(found).one()._asdict()
        for start in range(2, count + 1, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, count + 1))
            notices = [
                notice | {"id": n, "code": f"B{n:09}", "digits": f"{n:011}", "register_number": n}
                for n in numbers
            ]
            session.execute(insert(Notice.__table__), notices)
            session.execute(
                insert(Edition.__table__),
                [
                    edition
                    | {"id": n, "notice_id": n, "state": State.PUBLISHED}
                    | (_moments(n / count) if spread else {})
                    for n in numbers
                ],
            )


def _moments(share: float) -> dict[str, Any]:
    at = NOON - timedelta(days=365 * YEARS) * share
    return {"publish_at": at, "opens_on": village_day(at), "closes_on": village_day(at + POSTED)}


def look(browser: FlaskClient, page: str, row: str) -> Seen:
    answer = browser.get(page, buffered=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{page}: {answer.status}")
    sent = browser.get(page, headers={"Accept-Encoding": "gzip"}, buffered=True)
    spent = []
    for _ in range(9):
        began = time.perf_counter()
        browser.get(page, buffered=True)
        spent.append((time.perf_counter() - began) * 1000)
    text = gzip.decompress(sent.data) if sent.headers.get("Content-Encoding") else sent.data
    return Seen(median(spent), text.decode().count(row), len(text), len(sent.data))


ROW = """<ul>{% for line in lines %}<li><a href="{{ line.url }}">{{ line.title }}</a>
<p>{{ line.day }}发布，公示到{{ line.day }}</p><p class="number">{{ line.number }}</p></li>{% endfor %}</ul>"""


def bare(rows: int) -> float:
    """A view that sets as many rows from memory."""
    return look(_bare_browser(rows), "/", "number").ms


def bare_view(rows: int) -> Callable[[], Any]:
    """The same view, to be opened."""
    return partial(_bare_browser(rows).get, "/", buffered=True)


def _bare_browser(rows: int) -> FlaskClient:
    app = Flask("bare")
    title = "关于2026年第三季度村级财务收支情况的公开"
    lines = [
        {
            "url": f"/N/B{n:09}",
            "title": title,
            "number": f"张家村公开〔2026〕{n}号",
            "day": "10月9日",
        }
        for n in range(rows)
    ]
    app.add_url_rule("/", "rows", lambda: render_template_string(ROW, lines=lines))
    return app.test_client()
