"""Pages beside the years behind them: residents' lists, and the overseer's, as notices and duties pile up.

    python tests/bench/figures.py growth

A page of a thousand notices and one of thirty thousand should cost the same; each stands beside a bare Flask
view of the same run that sets as many rows from memory. Asserts nothing.
"""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from support.builders import PASSWORD, a_notice
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import State
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Publisher
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
                    seen[page, count] = _look(app.test_client(), page, '<p class="number">')
        for page in ("/", VILLAGE):
            few, many = seen[page, 1_000], seen[page, 30_000]
            words = "of 8 years" if spread else "all on display"
            bare = _bare(many.rows or 20)
            say(
                f"{page} among 30,000 notices, {words}",
                f"{many.ms:.1f} ms, {many.size // KILO} KB",
                "as of 1,000",
                f"of 1,000: {few.ms:.1f} ms, ratio {many.ms / few.ms:.1f}; bare Flask {bare:.1f} ms; "
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


def overseers(a_village: Callable[..., Any], say: Say) -> None:
    """今天 and 该公开的 of who oversees eighteen thousand open duties."""
    seen = {}
    for count in (600, 18_000):
        with a_village() as village:
            _owe(village, count)
            app = make_app(village.settings, village.site)
            app.extensions["clock"] = lambda: NOON
            browser = app.test_client()
            browser.post("/sign-in", data={"login": "wu", "password": PASSWORD, **_token(browser)})
            for page in ("/desk", "/desk/duties", "/desk/duties?show=overdue&page=9"):
                seen[page, count] = _look(browser, page, "<tr")
    for page in ("/desk", "/desk/duties", "/desk/duties?show=overdue&page=9"):
        few, many = seen[page, 600], seen[page, 18_000]
        say(
            f"{page} with 18,000 open duties",
            f"{many.ms:.0f} ms, {many.size // KILO} KB",
            "as with 600",
            f"with 600: {few.ms:.0f} ms, ratio {many.ms / few.ms:.1f}; bare Flask {_bare(50):.1f} ms",
        )


def _token(browser: FlaskClient) -> dict[str, str]:
    text = browser.get("/sign-in").text.partition('name="csrf_token"')[2]
    return {"csrf_token": text.partition('value="')[2].partition('"')[0]}


def _owe(village: Any, count: int) -> None:
    """Duties of the village, a third of them overdue, straight into the table."""
    with village.site.sessions.writing() as session:
        publisher = session.scalars(
            select(Publisher).where(Publisher.village_id == village.id)
        ).first()
        adoption = session.scalars(
            select(Adoption).where(Adoption.village_id == village.id)
        ).first()
        first = (session.scalar(select(func.max(Duty.id))) or 0) + 1
        rows = [
            {
                "id": first + n,
                "township_id": 1,
                "village_id": village.id,
                "publisher_id": publisher.id,
                "adoption_id": adoption.id,
                "item_code": "finance.quarterly_accounts",
                "occasion": f"waiting:{n}",
                "label": f"第{n}期",
                "due_on": village_day(NOON) + timedelta(days=n % 90 - 30),
                "rule_on": village_day(NOON),
                "calculation": {},
                "opened_at": NOON,
                "not_applicable_reason": "",
            }
            for n in range(count)
        ]
        session.execute(insert(Duty), rows)


def _look(browser: FlaskClient, page: str, row: str) -> Seen:
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


def _bare(rows: int) -> float:
    """A view that sets as many rows from memory."""
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
    return _look(app.test_client(), "/", "number").ms
