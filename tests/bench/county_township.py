"""A township of three hundred villages and three years, straight into the tables, for `desk.py`.

Nothing of it went through the acts: rows are copied from a notice that did. At scale 1: 300 villages, 200,000
notices, 100,000 overdue duties and 100,000 more that are answered or not due yet.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from county_past import fill as fill_past
from county_past import insert_rows
from sqlalchemy import Connection, select, text, update
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.catalog.items import Catalog
from bulletin.domain.days import village_day
from bulletin.domain.duties.matters import MatterKind, phase_json
from bulletin.domain.notices.workflow import APPROVED, State
from bulletin.domain.people import Role
from bulletin.services.boards import post
from bulletin.services.places.create import PUBLISHER_WORDS
from bulletin.store import search_upkeep
from bulletin.store.answers import first_answer
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty, Matter
from bulletin.store.notices import Edition, EditionContent, Notice, Signature, notice_duty
from bulletin.store.people import Appointment, Person
from bulletin.store.places import Board, Publisher, Township, Village
from bulletin.store.postings import Posting
from bulletin.store.print_runs import PrintRun

VILLAGES, NOTICES, OVERDUE, DAYS = 300, 200_000, 100_000, 3 * 365
DRAFTS, REVIEWED, TAKEN_DOWN = 601, 307, 1_009  # one notice in so many; primes reach every village
SET_WITH_APPROVAL = ("publish_at", "opens_on", "closes_on", "approved_at", "published_at")
FIRST = 1_000  # the id of the first row of every table that is filled
TODAY = village_day(NOON)
NAMES = "东西南北上中下前后大小新老山河湖沟滩岭坪湾台寺庄堡"
SUBJECTS = (
    "村级财务收支", "低保对象名单", "惠农补贴发放", "道路硬化工程", "集体资产发包", "饮水安全工程",
    "危房改造补助", "村民代表会议决议", "党费收缴", "宅基地审批", "防火值班安排", "合作医疗缴费",
)  # fmt: skip
SURNAMES = "马李张王祁星席保白东麻胡乔董赵吕刘杨韩苏范秦鲍文何郭蔡孟田安"
WORK = "路灯水泥砂石维修清扫值班补助材料租金办公印刷培训取暖电费修缮绿化垃圾清运"

Row = dict[str, Any]


def build(village: Any, scale: float) -> None:
    """Fill the site of 张家村 with its three hundred neighbours."""
    pattern = a_notice(village, NOON).approved()
    pattern.printed()
    post.hang(village.site, village.li, pattern.code, village.boards[0], NOON.date(), NOON)
    engine = village.site.sessions.engine
    with engine.execution_options(writing=True).begin() as connection:
        kind = village.site.matter_kinds[0]
        places = _places(connection, max(2, int(VILLAGES * scale)), kind)
        _duties(connection, village, places, scale)
        _notices(connection, places, pattern.code, int(NOTICES * scale))
        fill_past(connection, places, range(FIRST, FIRST + int(NOTICES * scale)))
        if (
            engine.dialect.name == "postgresql"
        ):  # new tables have no statistics: the next takes an hour
            connection.execute(text("ANALYZE"))
        connection.execute(update(Duty).values(answered_at=first_answer()))
        connection.exec_driver_sql("DELETE FROM search_index")
        search_upkeep.fill(connection)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def divide(connection: Connection, townships: int) -> None:
    """As a county is: its villages among so many townships, each with what is theirs."""
    pattern = _one(connection, Township.id == 1)
    others = range(2, townships + 1)
    codes = ({"id": n, "code": f"630223{300 + n}", "name": f"第{n}乡"} for n in others)
    insert_rows(connection, Township, (pattern | each for each in codes))
    for table in Village.metadata.sorted_tables:
        key = table.c.id if table is Village.__table__ else table.c.get("village_id")
        if key is not None and "township_id" in table.c:
            moved = update(table).where(key >= FIRST).values(township_id=1 + key % townships)
            connection.execute(moved)
    connection.execute(text("ANALYZE"))


def _places(connection: Connection, count: int, kind: MatterKind) -> list[int]:
    """Villages with their publishers, catalog, board and three people each; returns their ids."""
    ids = range(FIRST, FIRST + count)
    names = [f"{NAMES[n % 13]}{NAMES[13 + n // 13 % 12]}{n // 156 or ''}村" for n in range(count)]
    pattern = _one(connection, Village.code == "630223202214")
    insert_rows(
        connection,
        Village,
        (pattern | {"id": n, "code": f"6302239{n:05}", "name": names[n - FIRST]} for n in ids),
    )
    publishers = list(PUBLISHER_WORDS.items())
    insert_rows(
        connection,
        Publisher,
        (
            {
                "id": n * 4 + place,
                "township_id": 1,
                "village_id": n,
                "kind": kind,
                "name": names[n - FIRST] + words[0],
                "prefix": names[n - FIRST] + words[1],
                "first_number": 1,
            }
            for n in ids
            for place, (kind, words) in enumerate(publishers)
        ),
    )
    adoption = _one(connection, Adoption.village_id == pattern["id"])
    insert_rows(
        connection,
        Adoption,
        (
            adoption
            | {
                "id": n,
                "village_id": n,
                "in_force_from": TODAY - timedelta(days=DAYS),
                "adopted_at": NOON - timedelta(days=DAYS),
            }
            for n in ids
        ),
    )
    board = _one(connection, Board.village_id == pattern["id"])
    insert_rows(connection, Board, (board | {"id": n, "village_id": n} for n in ids))
    _people(connection, ids)
    phases = [phase_json(phase) for phase in kind.phases]
    matter = {"township_id": 1, "item_code": kind.phases[0].item, "kind": kind.key}
    matter |= {"phases": phases, "opened_at": NOON}
    insert_rows(
        connection,
        Matter,
        (
            matter
            | {"id": n * 10 + k, "village_id": n, "publisher_id": n * 4}
            | {"title": f"{names[n - FIRST]}{SUBJECTS[(n + k) % 12]}第{k + 1}期", "opened_by": None}
            for n in ids
            for k in range(5)
        ),
    )
    return list(ids)


def _people(connection: Connection, places: Iterable[int]) -> None:
    person = _one(connection, Person.login == "li")
    roles = (Role.LIAISON, Role.SUPERVISOR, Role.VILLAGE_HEAD)
    rows = [(n * 3 + k, n, role) for n in places for k, role in enumerate(roles)]
    new = {"calendar_token": None, "phone": ""}
    insert_rows(
        connection,
        Person,
        (person | new | {"id": i, "login": f"p{i}", "name": _name(i)} for i, _n, _role in rows),
    )
    appointment = _one(connection, Appointment.person_id == person["id"])
    insert_rows(
        connection,
        Appointment,
        (
            appointment | {"id": i, "person_id": i, "village_id": n, "role": role}
            for i, n, role in rows
        ),
    )


def _name(i: int) -> str:
    return f"{SURNAMES[i % 30]}示{WORK[i // 30 % 36]}"


def _duties(connection: Connection, village: Any, places: list[int], scale: float) -> None:
    """By turns overdue (unanswered) and due before or later (the first are answered by a notice)."""
    catalog: Catalog = village.site.catalog
    items = [item.code for item in catalog.items]
    overdue = int(OVERDUE * scale)
    insert_rows(
        connection,
        Duty,
        (
            {
                "id": FIRST + n,
                "township_id": 1,
                "village_id": places[n % len(places)],
                "publisher_id": places[n % len(places)] * 4,
                "adoption_id": places[n % len(places)],
                "item_code": items[n // len(places) % len(items)],
                "occasion": f"period:{n}",
                "label": f"{2024 + n % 3}年第{'一二三四'[n % 4]}季度",
                "due_on": TODAY + timedelta(days=(-1 if n < overdue else 30) - n % DAYS),
                "rule_on": None,
                "reckoning": {},
                "opened_at": NOON - timedelta(days=DAYS),
                "not_applicable_reason": "",
            }
            for n in range(int(NOTICES * scale))
        ),
    )


def _notices(connection: Connection, places: list[int], code: str, count: int) -> None:
    """Notices over three years, of which the last part answers duties."""
    notice = _one(connection, Notice.code == code)
    edition = _one(connection, Edition.notice_id == notice["id"])
    run = _one(connection, PrintRun.edition_id == edition["id"])
    posting = _one(connection, Posting.edition_id == edition["id"])
    ids = range(FIRST, FIRST + count)
    at = {n: NOON - timedelta(days=DAYS * (1 - (n - FIRST) / count)) for n in ids}
    place = {n: places[n % len(places)] for n in ids}
    copies: dict[Any, Any] = {
        Notice.__table__: lambda n: (
            notice
            | {"id": n, "code": f"B{n:09}", "digits": f"{n:011}", "register_number": n}
            | {"register_publisher_id": place[n] * 4, "register_year": at[n].year}
            | {"village_id": place[n], "opened_at": at[n]}
            | ({"procedure": "assisted", "personal": True} if _is_assisted(n) else {})
        ),
        Edition.__table__: lambda n: (
            edition
            | {"id": n, "notice_id": n, "village_id": place[n], "publish_at": at[n]}
            | {"saved_at": at[n], "state_since": at[n], "state": _state(n)}
            | {"opens_on": village_day(at[n]), "closes_on": _after(at[n], 15), "title": _title(n)}
            | ({} if _state(n) in APPROVED else dict.fromkeys(SET_WITH_APPROVAL))
        ),
        EditionContent.__table__: lambda n: {
            "edition_id": n,
            "township_id": 1,
            "document": _document(n),
        },
        Signature.__table__: lambda n: {"notice_id": n, "publisher_id": place[n] * 4, "place": 1},
        PrintRun.__table__: lambda n: run | {"id": n, "edition_id": n, "printed_at": at[n]},
        Posting.__table__: lambda n: (
            posting
            | {"id": n, "edition_id": n, "print_run_id": n, "board_id": place[n]}
            | {"hung_on": village_day(at[n])}
            | (
                {"down_on": _after(at[n], 16), "down_at": at[n] + timedelta(days=16)}
                if at[n] + timedelta(days=16) < NOON
                else {}
            )
        ),
    }
    for table, row in copies.items():
        insert_rows(connection, table, map(row, ids))
    answered = range(FIRST + count // 2, FIRST + count)
    insert_rows(connection, notice_duty, ({"notice_id": n, "duty_id": n} for n in answered))


def _state(n: int) -> State:
    if n % DRAFTS == 0:
        return State.DRAFT
    if n % REVIEWED == 0:
        return State.SCREENING if _is_assisted(n) else State.CONFIRMING
    return State.TAKEN_DOWN if n % TAKEN_DOWN == 1 else State.PUBLISHED


def _is_assisted(n: int) -> bool:
    """A list of people, one in twelve."""
    return SUBJECTS[n // 7 % 12] == "低保对象名单"


def _title(n: int) -> str:
    return f"关于{2024 + n % 3}年第{'一二三四'[n % 4]}季度{SUBJECTS[n // 7 % 12]}的公开"


def _document(n: int) -> dict[str, Any]:
    """A paragraph and a table of ten rows, as a small ledger has them."""
    rows = [
        [f"{k + 1}", f"{WORK[(n + k) % 36 :][:4]}费用", f"{(n * 37 + k * 411) % 90_000}.00"]
        for k in range(10)
    ]
    text = f"现将本村{SUBJECTS[n // 7 % 12]}情况公开如下，第{n}批，请村民监督，如有意见请在公示期内提出。"
    columns = [("序号", "number"), ("摘要", "text"), ("金额（元）", "money")]
    return {
        "blocks": [
            {"type": "paragraph", "text": text},
            {
                "type": "table",
                "caption": "明细",
                "columns": [{"title": title, "kind": kind} for title, kind in columns],
                "rows": rows,
            },
        ]
    }


def _after(at: Any, days: int) -> Any:
    return village_day(at + timedelta(days=days))


def _one(connection: Connection, where: Any) -> Row:
    return dict(connection.execute(select(where.left.table).where(where)).mappings().first() or {})
