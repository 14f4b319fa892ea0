"""What three years leave beside the notices of `county_township.py`: steps, history, meetings, corrections, sendings."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.history import GENESIS
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.outlets.rules import OutletKind
from bulletin.store.history import ChainHead, HistoryEntry
from bulletin.store.meetings import Meeting, MeetingDecision
from bulletin.store.notices import Edition, EditionContent, ReviewStep
from bulletin.store.outlets import Outlet, Sending

AT_ONCE = 5_000
MEETINGS = 36  # of a village: one a month
CORRECTED = 53  # one notice in so many; a prime reaches every village
SENT = timedelta(days=5)  # what is older stands in the outlet
OUTLET = {"name": "县政府网站", "kind": OutletKind.WEBSITE, "days": 3}
ACTS = ("submit", "examine", "publish")  # of which the history has a line for each notice

Row = dict[str, Any]


def fill(connection: Connection, places: list[int], notices: range) -> None:
    """Straight into the tables, beside some notices whose editions bear their ids."""
    insert_rows(connection, ReviewStep, _steps(notices))
    insert_rows(connection, HistoryEntry, _history(connection, notices))
    _meetings(connection, places)
    _corrections(connection, notices)
    _sendings(connection)


def insert_rows(connection: Connection, table: Any, rows: Iterable[Row]) -> None:
    rest: Iterator[Row] = iter(rows)
    while some := list(islice(rest, AT_ONCE)):
        connection.execute(insert(table), some)


def _steps(notices: range) -> Iterator[Row]:
    for n in notices:
        for act in (Act.EXAMINE, Act.CONFIRM):
            yield {
                "township_id": 1,
                "edition_id": n,
                "review_round": 1,
                "act": act,
                "step": act,
                "person_id": None,
                "person_name": "马示例",
                "at": NOON - timedelta(days=30),
                "meeting_on": village_day(NOON) - timedelta(days=n % 900 + 20),
            }


def _history(connection: Connection, notices: range) -> Iterator[Row]:
    last = connection.scalar(select(func.max(HistoryEntry.number))) or 0
    codes = [f"B{n:09}" for n in notices]
    for number, (code, act) in enumerate(((c, a) for c in codes for a in ACTS), last + 1):
        yield {
            "number": number,
            "township_id": 1,
            "at": NOON,
            "actor_id": None,
            "actor": "马示例",
            "act": act,
            "subject": f"notice {code}.1",
            "facts": {"fingerprint": sha256_hex(code.encode())},
            "previous": GENESIS,
            "hash": sha256_hex(str(number).encode()),
        }
    end = last + len(codes) * len(ACTS)
    connection.execute(update(ChainHead).values(number=end, hash=sha256_hex(str(end).encode())))


def _meetings(connection: Connection, places: list[int]) -> None:
    kinds, day = list(MeetingKind), village_day(NOON)
    ids = {place * 100 + k: (place, k) for place in places for k in range(MEETINGS)}
    insert_rows(
        connection,
        Meeting,
        (
            {"id": i, "township_id": 1, "village_id": place, "kind": kinds[(i + k) % len(kinds)]}
            | {"held_on": day - timedelta(days=30 * k + 1), "due": 40, "came": 31}
            | {"agenda": "商议路灯维修和渠道清淤", "recorded_at": NOON, "recorded_by": None}
            for i, (place, k) in ids.items()
        ),
    )
    votes = {"in_favour": 29, "against": 1, "abstained": 1, "duty_id": None}
    insert_rows(
        connection,
        MeetingDecision,
        (
            votes | {"township_id": 1, "meeting_id": i, "title": f"路灯维修第{i}号", "text": "同意"}
            for i in ids
        ),
    )


def _corrections(connection: Connection, notices: range) -> None:
    """A second edition that was published a week after the first, where that is public."""
    public = set(connection.scalars(select(Edition.id).where(Edition.state == State.PUBLISHED)))
    ids = [n for n in notices[1::CORRECTED] if n in public]
    beyond = notices[-1] - notices[0] + 1
    for table, key in ((Edition.__table__, "id"), (EditionContent.__table__, "edition_id")):
        for first in range(0, len(ids), AT_ONCE):
            some = ids[first : first + AT_ONCE]
            rows = connection.execute(select(table).where(table.c[key].in_(some))).mappings()
            connection.execute(insert(table), [_second(dict(row), key, beyond) for row in rows])


def _second(row: Row, key: str, beyond: int) -> Row:
    row[key] += beyond
    if key == "id":
        row |= {"number": 2, "state": State.PUBLISHED, "change_note": "改了一处金额"}
        row["publish_at"] += timedelta(days=7)
        row["published_at"] = row["publish_at"]
    return row


def _sendings(connection: Connection) -> None:
    outlet = {"township_id": 1, "from_on": village_day(NOON) - timedelta(days=3 * 365)}
    outlet_id = connection.execute(insert(Outlet).values(outlet | OUTLET)).inserted_primary_key[0]
    sent = select(Edition.id, Edition.publish_at).where(
        Edition.state == State.PUBLISHED, Edition.publish_at < NOON - SENT
    )
    new = {"township_id": 1, "outlet_id": outlet_id, "link": "https://example.cn/1"}
    new |= {"recorded_at": NOON, "person_id": None, "person_name": "田示例"}
    rows = connection.execute(sent).all()
    insert_rows(
        connection, Sending, (new | {"edition_id": i, "sent_at": at or NOON} for i, at in rows)
    )
