"""Fills the sites of `public_growth.py` straight into the tables: copies of one notice, and what they answer.

Any size has the same on display and the same of this year, so that what differs is the years behind it.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from county_past import insert_rows
from county_township import SUBJECTS, WORK
from sqlalchemy import Connection, func, select, text, update
from support.clock import NOON

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import village_day
from bulletin.domain.duties.matters import phase_json
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.notices.workflow import State
from bulletin.store import search_upkeep
from bulletin.store.answers import first_answer
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty, Matter
from bulletin.store.meetings import Meeting, MeetingDecision
from bulletin.store.notices import Edition, EditionContent, Notice, Signature, notice_duty
from bulletin.store.places import Publisher, Village

YEARS, ON_BOARD, HANGING = 10, 15, 55  # days; notices of a village on display
ITEM, RARE = "finance.quarterly_accounts", 12  # notices of a village that are of a rare class
ANSWERS = 10  # one notice in so many answers something; of the first thousand each
THOUSAND = 1_000
FIRST = 10_000  # the id of the first copy

Row = dict[str, Any]


class Filling:
    """Copies of one notice over ten years and all villages."""

    def __init__(self, site: Any, code: str, count: int) -> None:
        self._site, self._count = site, count
        self._ids = range(FIRST, FIRST + count - 1)
        self._code = code

    def fill(self) -> None:
        with self._site.sessions.engine.execution_options(writing=True).begin() as connection:
            self._read(connection)
            phases = self._matters(connection)
            self._notices(connection)
            self._answers(connection, phases)
            if connection.dialect.name == "postgresql":
                connection.execute(text("ANALYZE"))
            connection.execute(update(Duty).values(answered_at=first_answer()))
            connection.exec_driver_sql("DELETE FROM search_index")
            search_upkeep.fill(connection)

    def _read(self, connection: Connection) -> None:
        self._notice = _one(connection, Notice.code == self._code)
        self._edition = _one(connection, Edition.notice_id == self._notice["id"])
        self._places = list(connection.scalars(select(Village.id).order_by(Village.code)))
        first = select(Publisher.village_id, func.min(Publisher.id)).group_by(Publisher.village_id)
        self._publishers = dict(connection.execute(first).all())

    def _place(self, key: int) -> int:
        return self._places[key % len(self._places)]

    def _age(self, key: int) -> int:
        """How many are newer."""
        return self._ids[-1] - key

    def _is_rare(self, key: int) -> bool:
        return self._age(key) // len(self._places) < RARE

    def _at(self, key: int) -> Any:
        """When it became public: some in the last days, whatever the years before."""
        number, hanging = self._age(key), len(self._places) * HANGING
        if number < hanging:
            return NOON - timedelta(days=(number + 1) * ON_BOARD / hanging)
        rest = (number - hanging) / max(1, self._count - hanging)
        return NOON - timedelta(days=ON_BOARD + 1 + rest * YEARS * 365)

    def _notices(self, connection: Connection) -> None:
        ids = self._ids
        insert_rows(connection, Notice.__table__, map(self._a_notice, ids))
        insert_rows(connection, Edition.__table__, map(self._an_edition, ids))
        contents = ({"edition_id": n, "township_id": 1, "document": _document(n)} for n in ids)
        insert_rows(connection, EditionContent.__table__, contents)
        signed = ((n, self._publishers[self._place(n)]) for n in ids)
        rows = ({"notice_id": n, "publisher_id": one, "place": 1} for n, one in signed)
        insert_rows(connection, Signature.__table__, rows)

    def _a_notice(self, key: int) -> Row:
        place = self._place(key)
        own = {"id": key, "code": f"B{key:09}", "digits": f"{key:011}", "village_id": place}
        own |= {"register_publisher_id": self._publishers[place], "register_number": key}
        if self._is_rare(key):
            own["items"] = [self._notice["items"][0] | {"group": Group.PARTY}]
        if self._is_answer(key):
            own["matter_id"] = key
        return self._notice | own | {"register_year": self._at(key).year}

    def _an_edition(self, key: int) -> Row:
        at = self._at(key)
        own = {"id": key, "notice_id": key, "village_id": self._place(key), "publish_at": at}
        own |= {"opens_on": village_day(at), "closes_on": village_day(at + timedelta(ON_BOARD))}
        own |= {"item_group": Group.PARTY} if self._is_rare(key) else {}
        own |= {"text_digest": f"{key:064}", "title": _title(key), "state": State.PUBLISHED}
        return self._edition | own

    def _is_answer(self, key: int) -> bool:
        return self._age(key) < THOUSAND or key % ANSWERS == 0

    def _matters(self, connection: Connection) -> list[Row]:
        matter = self._site.matter_kinds[0]
        phases = [phase_json(phase) for phase in matter.phases]
        ids = filter(self._is_answer, self._ids)
        insert_rows(connection, Matter, (self._matter(n, matter.key, phases) for n in ids))
        return phases

    def _answers(self, connection: Connection, phases: list[Row]) -> None:
        """Each answers a period of an item, a phase of a matter and a decision of a meeting."""
        ids = list(filter(self._is_answer, self._ids))
        insert_rows(connection, Duty, self._duties(connection, ids, phases))
        kinds, met = list(MeetingKind), {"township_id": 1, "due": 40, "came": 31}
        met |= {"recorded_at": NOON, "recorded_by": None}
        meetings = (
            met
            | {"id": n, "village_id": self._place(n), "kind": kinds[n % len(kinds)]}
            | {"held_on": village_day(self._at(n)) - timedelta(days=3)}
            for n in ids
        )
        insert_rows(connection, Meeting, meetings)
        votes = {"township_id": 1, "in_favour": 29, "against": 1, "abstained": 1}
        decided = (
            votes | {"id": n, "meeting_id": n, "title": _title(n), "duty_id": n * 3 + 2}
            for n in ids
        )
        insert_rows(connection, MeetingDecision, decided)
        answered = ({"notice_id": n, "duty_id": n * 3 + k} for n in ids for k in range(3))
        insert_rows(connection, notice_duty, answered)

    def _matter(self, key: int, kind: str, phases: list[Row]) -> Row:
        place, at = self._place(key), self._at(key)
        return {
            "id": key,
            "township_id": 1,
            "village_id": place,
            "publisher_id": self._publishers[place],
            "item_code": phases[0]["item"],
            "title": f"{SUBJECTS[key % len(SUBJECTS)]}第{key}号",
            "kind": kind,
            "phases": phases,
            "opened_at": at - timedelta(days=9),
            "opened_by": None,
        }

    def _duties(self, connection: Connection, ids: list[int], phases: list[Row]) -> Iterator[Row]:
        catalog = [item.code for item in self._site.catalog.items]
        adoption = connection.scalar(select(func.max(Adoption.id)))
        for n in ids:
            place, at = self._place(n), self._at(n)
            is_young = self._age(n) < THOUSAND
            item = ITEM if is_young else catalog[n // ANSWERS % len(catalog)]
            duty = {"township_id": 1, "village_id": place, "adoption_id": adoption}
            due_on = village_day(at)
            if not is_young and due_on.year == NOON.year:
                due_on -= timedelta(days=365)  # this year has as much at any size
            duty |= {"publisher_id": self._publishers[place], "due_on": due_on}
            duty |= {"rule_on": due_on, "reckoning": {}, "opened_at": at - timedelta(9)}
            duty |= {"not_applicable_reason": "", "label": f"第{n}期"}
            step = {"matter_id": n, "step": 0, "phase": phases[0]["phase"]}
            no_step = dict.fromkeys(step)
            yield duty | no_step | {"id": n * 3, "item_code": item, "occasion": f"period:{n}"}
            occasion = f"matter:{n}:0"
            of_matter = {"id": n * 3 + 1, "item_code": phases[0]["item"], "occasion": occasion}
            yield duty | step | of_matter
            decided = {"id": n * 3 + 2, "item_code": "affairs.meeting_decisions"}
            yield duty | no_step | decided | {"occasion": f"meeting:{n}"}


def _title(key: int) -> str:
    quarter = f"{2017 + key % YEARS}年第{'一二三四'[key % 4]}季度"
    return f"关于{quarter}{SUBJECTS[key // 7 % len(SUBJECTS)]}的公开"


def _document(key: int) -> Row:
    """A line and a table of three rows."""
    rows = [
        [f"{k + 1}", f"{WORK[(key + k) % 34 :][:4]}费用", f"{(key * 37 + k * 411) % 90_000}.00"]
        for k in range(3)
    ]
    words = f"现将本村{SUBJECTS[key // 7 % len(SUBJECTS)]}情况公开如下，第{key}批，请村民监督。"
    columns = [("序号", "number"), ("摘要", "text"), ("金额（元）", "money")]
    table = {"type": "table", "caption": "明细", "rows": rows}
    table["columns"] = [{"title": title, "kind": kind} for title, kind in columns]
    return {"blocks": [{"type": "paragraph", "text": words}, table]}


def _one(connection: Connection, where: Any) -> Row:
    return dict(connection.execute(select(where.left.table).where(where)).mappings().one())
