"""The desk beside the years behind it: what is owed, published, and hung and taken off, as it piles up.

    python tests/bench/figures.py growth

A township with six hundred open duties and one with eighteen thousand, each with as many answered in the years
before: who oversees them all, and who writes for one village. Asserts nothing.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from desk import signed_in
from growth import KILO, Seen, bare, look
from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.rules import RecountCause
from bulletin.domain.notices.workflow import State
from bulletin.services.boards import post
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import DueDayChange, Duty, NotApplicableSpan
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.places import Publisher
from bulletin.store.postings import Posting
from bulletin.store.print_runs import PrintRun
from bulletin.wiring import make_app

TODAY = village_day(NOON)
FEW, MANY = 600, 18_000
AT_ONCE = 5_000
VILLAGES = 17  # one notice in so many is of the village with the boards
FIRST = 1_000  # the id of the first copied notice
ITEM = "finance.quarterly_accounts"
EVERY_NTH_ODD = 60  # of the open duties one in so many has a history that the rule has to judge
PAGES = {
    "wu": [
        "/desk",
        "/desk/duties",
        "/desk/duties?show=overdue&page=9",
        "/desk/duties?show=all&page=99",
        "/desk/notices",
        "/desk/notices?q=财务&show=public&page=9",
        "/desk/boards",
        "/desk/boards/1/ledger",
        "/desk/month",
        "/desk/month?month=2026-11&village=1",
        "/desk/month/2026-10-20",
    ],
    "li": ["/desk", "/desk/duties", "/desk/notices", "/desk/boards", "/desk/month"],
}

Say = Callable[..., None]
Row = dict[str, Any]


def desks(a_village: Callable[..., Any], say: Say) -> None:
    """Each page of the overseer and of a liaison, with few and with many duties."""
    seen: dict[tuple[str, str, int], Seen] = {}
    for count in (FEW, MANY):
        with a_village() as village:
            _fill(village, count)
            app = make_app(village.settings, village.site)
            app.extensions["clock"] = lambda: NOON
            for login, pages in PAGES.items():
                browser = signed_in(app.test_client(), login)
                for page in pages:
                    seen[login, page, count] = look(browser, page, "<tr")
    for login, pages in PAGES.items():
        for page in pages:
            few, many = seen[login, page, FEW], seen[login, page, MANY]
            say(
                f"{page} of {login} with {MANY:,} open duties",
                f"{many.ms:.0f} ms, {many.size // KILO} KB",
                "<= 150 ms",
                f"with {FEW}: {few.ms:.0f} ms, ratio {many.ms / few.ms:.1f}; bare Flask {bare(50):.1f} ms",
            )


def _fill(village: Any, count: int) -> None:
    """Straight into the tables: open duties, a third of them overdue, and as many answered before."""
    pattern = a_notice(village, NOON).approved()
    pattern.printed()
    post.hang(village.site, village.li, pattern.code, village.boards[0], NOON.date(), NOON)
    with village.site.sessions.writing() as session:
        first = (session.scalar(select(func.max(Duty.id))) or 0) + 1
        _insert(session, Duty, _duties(session, village, first, count))
        _insert(session, DueDayChange, _moves(session, range(first, first + count, EVERY_NTH_ODD)))
        spans = range(first + 1, first + count, EVERY_NTH_ODD)
        _insert(session, NotApplicableSpan, (_span(duty_id) for duty_id in spans))
        _answer(session, village, pattern.code, first + count, count)


def _duties(session: Session, village: Any, first: int, count: int) -> Iterator[Row]:
    places = [village.ids[name] for name in ("张家村", "白马村", None)]
    by_place = {
        place: {
            "village_id": place,
            "publisher_id": _first(session, Publisher, place),
            "adoption_id": _first(session, Adoption, place),
        }
        for place in places
    }
    for n in range(2 * count):
        due_on = TODAY + timedelta(days=n % 90 - 30 if n < count else -60 - n % 2_900)
        yield by_place[places[n % len(places)]] | {
            "id": first + n,
            "township_id": 1,
            "item_code": ITEM,
            "occasion": f"waiting:{n}",
            "label": f"第{n}期",
            "due_on": due_on,
            "rule_on": due_on,
            "calculation": {},
            "opened_at": NOON - timedelta(days=200),
            "not_applicable_reason": "",
        }


def _first(session: Session, table: type[Publisher | Adoption], village_id: int | None) -> int:
    of_place = select(table.id).where(table.village_id.is_not_distinct_from(village_id))
    return session.scalars(of_place.order_by(table.id)).first() or 0


def _moves(session: Session, duty_ids: range) -> Iterator[Row]:
    adoption = session.scalars(select(Adoption.id)).first()
    for duty_id in duty_ids:
        yield {
            "township_id": 1,
            "duty_id": duty_id,
            "cause": RecountCause.HOLIDAYS,
            "before_on": TODAY,
            "due_on": TODAY,
            "calculation": {},
            "adoption_id": adoption,
            "at": NOON - timedelta(days=20),
        }


def _span(duty_id: int) -> Row:
    return {
        "township_id": 1,
        "duty_id": duty_id,
        "reason": "本村没有这件事",
        "from_at": NOON - timedelta(days=20),
        "until_at": NOON - timedelta(days=10),
    }


def _answer(session: Session, village: Any, code: str, first: int, count: int) -> None:
    """A notice of years ago for each of some duties, printed, hung on the first board and taken off."""
    notice = _pattern(session, Notice.code == code)
    edition = _pattern(session, Edition.notice_id == notice["id"])
    run = _pattern(session, PrintRun.edition_id == edition["id"])
    posting = _pattern(session, Posting.edition_id == edition["id"])
    at = {n: NOON - timedelta(days=60 + n % 2_900) for n in range(FIRST, FIRST + count)}
    here, beside = (village.ids[name] for name in ("张家村", "白马村"))
    of = {n: {"village_id": beside if (n - FIRST) % VILLAGES else here} for n in at}
    copies: dict[Any, Callable[[int], Row]] = {
        Notice.__table__: lambda n: (
            notice
            | of[n]
            | {"id": n, "code": f"B{n:09}", "digits": f"{n:011}", "register_number": n}
        ),
        Edition.__table__: lambda n: (
            edition
            | of[n]
            | {"id": n, "notice_id": n, "state": State.PUBLISHED, "publish_at": at[n]}
            | {"opens_on": village_day(at[n]), "closes_on": _after(at[n], 15)}
        ),
        PrintRun.__table__: lambda n: run | {"id": n, "edition_id": n, "printed_at": at[n]},
        Posting.__table__: lambda n: (
            posting
            | {"id": n, "edition_id": n, "print_run_id": n, "hung_on": village_day(at[n])}
            | {"down_on": _after(at[n], 16), "down_at": at[n] + timedelta(days=16)}
        ),
        notice_duty: lambda n: {"notice_id": n, "duty_id": first + n - FIRST},
    }
    for table, row in copies.items():
        hung = range(FIRST, FIRST + count, VILLAGES) if table is Posting.__table__ else at
        _insert(session, table, map(row, hung))


def _pattern(session: Session, where: ColumnElement[bool]) -> Row:
    table = where.left.table  # type: ignore[attr-defined]
    return session.execute(select(table).where(where)).first()._asdict()  # type: ignore[union-attr]


def _after(at: Any, days: int) -> Any:
    return village_day(at + timedelta(days=days))


def _insert(session: Session, table: Any, rows: Iterator[Row]) -> None:
    while some := list(islice(rows, AT_ONCE)):
        session.execute(insert(table), some)
