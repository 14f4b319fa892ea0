"""The index of the search says at every moment what stands, whoever wrote it and however."""

from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, inspect, select, text, update
from sqlalchemy.sql.visitors import iterate
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.search.kinds import Kind
from bulletin.domain.search.query import Needle
from bulletin.services.duties.open import open_duties
from bulletin.services.notices import end
from bulletin.services.notices.publish import publish_due
from bulletin.settings import Settings
from bulletin.store import schema, search_index, search_upkeep
from bulletin.store.answers import first_answer
from bulletin.store.duties import Duty, Matter
from bulletin.store.notices import Edition, EditionContent
from bulletin.store.people import Person
from bulletin.store.places import FormerVillageName, Publisher, Village
from bulletin.store.search_subjects import SUBJECTS
from bulletin.wiring import open_site

pytestmark = pytest.mark.every_row


def assert_current(sessions):
    """Every subject read anew has the tokens that the index has of it, and the index has no other."""
    with sessions.reading() as session:
        connection = session.connection()
        for subject in SUBJECTS:
            standing = search_upkeep.subject_tokens(connection, subject, subject.rows)
            kept = search_index.tokens_of(connection, subject.kind)
            assert {key: set(tokens.split()) for key, tokens in standing.items()} == {
                key: set(tokens.split()) for key, tokens in kept.items()
            }, subject.kind


def assert_answered(sessions):
    """From when on each duty is answered is what its notices say."""
    with sessions.reading() as session:
        rows = session.execute(select(Duty.answered_at, first_answer().label("first"))).all()
        assert all(row.answered_at == row.first for row in rows)
        return {row.answered_at for row in rows}


def _rows(connection):
    return set(connection.execute(text("SELECT rowid FROM search_index")).scalars())


def test_acts_leave_it_current(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.later(days=1).corrected()
    a_notice(zhangjia, NOON, item="affairs.public_works")
    open_duties(zhangjia.site, NOON + timedelta(days=100))
    assert_current(zhangjia.site.sessions)
    assert assert_answered(zhangjia.site.sessions) == {None, NOON}
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "写错了", NOON + timedelta(days=2))
    assert assert_answered(zhangjia.site.sessions) == {None}


def test_the_record_of_what_its_moment_published_leaves_it_current(zhangjia):
    """Nothing of it is indexed anew: it was found from its moment on."""
    later = NOON + timedelta(days=2)
    code = a_notice(zhangjia, NOON, publish_at=later).approved().code
    assert publish_due(zhangjia.site, later + timedelta(minutes=1)) == [f"{code}.1"]
    assert_current(zhangjia.site.sessions)
    assert assert_answered(zhangjia.site.sessions) == {None, later}


@pytest.mark.slow
@pytest.mark.sqlite_only(reason="the same acts")
def test_every_act_of_the_demo_leaves_it_current(demo):
    data, _said = demo
    with closing(open_site(Settings(data=data)).sessions) as sessions:
        assert_current(sessions)
        assert len(assert_answered(sessions)) > 1


WRITES = {
    "a record changes": lambda s: setattr(
        s.scalars(select(Edition)).first(), "title", "另一个题目"
    ),
    "another text": lambda s: setattr(
        s.scalars(select(EditionContent)).first(), "document", {"blocks": []}
    ),
    "many change at once": lambda s: s.execute(update(Duty).values(label="改了名的")),
    "some change at once": lambda s: s.execute(
        update(Person).where(Person.login == "li").values(name="黎改名")
    ),
    "a register gets another prefix": lambda s: s.execute(
        update(Publisher)
        .where(Publisher.kind == PublisherKind.VILLAGERS_COMMITTEE)
        .values(prefix="新村公开")
    ),
    "a matter is called otherwise": lambda s: s.execute(update(Matter).values(title="新的名称")),
    "a village is called otherwise": lambda s: setattr(
        s.scalars(select(Village)).first(), "name", "新庄村"
    ),
    "a village had another name": lambda s: s.add(
        FormerVillageName(township_id=1, village_id=1, name="旧庄村", until_on=NOON.date())
    ),
    "a duty of a matter was another village's": lambda s: s.execute(
        update(Duty).where(Duty.matter_id.is_not(None)).values(from_village_id=2)
    ),
    "rows are inserted": lambda s: s.execute(
        insert(Duty), [_a_duty(s, n) | {"calculation": {}} for n in range(3)]
    ),
    "rows are inserted into the table": lambda s: s.execute(
        insert(Duty.__table__), [_a_duty(s, n) | {"reckoning": {}} for n in range(3)]
    ),
    "rows are removed": lambda s: s.execute(
        delete(Duty).where(Duty.occasion == "waiting", Duty.matter_id.is_(None))
    ),
}


def _a_duty(session, n):
    like = session.scalars(select(Duty)).first()
    return {
        "township_id": 1,
        "village_id": like.village_id,
        "publisher_id": like.publisher_id,
        "adoption_id": like.adoption_id,
        "item_code": like.item_code,
        "occasion": f"另一次{n}",
        "label": f"第{n}次",
        "opened_at": NOON,
        "not_applicable_reason": "",
    }


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_however_it_is_written_it_is_found(approved, zhangjia, write):
    with zhangjia.site.sessions.writing() as session:
        session.add(
            Matter(
                township_id=1,
                village_id=zhangjia.id,
                publisher_id=session.scalars(select(Publisher.id)).first(),
                item_code="x",
                title="修路",
                phases=[],
                opened_at=NOON,
            )
        )
    with zhangjia.site.sessions.writing() as session:
        write(session)
    assert_current(zhangjia.site.sessions)


def test_what_was_rolled_back_was_never_indexed(zhangjia):
    with suppress(RuntimeError), zhangjia.site.sessions.writing() as session:
        session.scalars(select(Village)).first().name = "新庄村"
        session.flush()
        raise RuntimeError
    assert_current(zhangjia.site.sessions)


def test_every_table_that_a_subject_is_read_of_feeds_it():
    for subject in SUBJECTS:
        read = {
            element for element in iterate(subject.rows) if element.__visit_name__ == "table"
        } | set(subject.rows.get_final_froms())
        tables = {table.name for table in read if table.__visit_name__ == "table"}
        assert tables <= {cls.__tablename__ for cls in subject.fed_by}, subject.kind


def test_an_index_of_another_rule_is_filled_anew(approved, zhangjia):
    engine = zhangjia.site.sessions.engine
    with engine.begin() as connection:
        before, sorted_by = _rows(connection), inspect(connection).get_indexes("search_index")
        connection.execute(text("DELETE FROM search_index"))
    schema.upgrade(engine)
    with engine.begin() as connection:
        assert _rows(connection) == before
        assert inspect(connection).get_indexes("search_index") == sorted_by
    assert_current(zhangjia.site.sessions)
    with engine.begin() as connection:  # nothing to do: what is there is left
        connection.execute(text("DELETE FROM search_index WHERE rowid > 1"))
    schema.upgrade(engine)
    with engine.begin() as connection:
        assert _rows(connection) == {1}


def test_an_older_database_finds_everything_after_the_upgrade(approved, zhangjia):
    engine = zhangjia.site.sessions.engine
    schema.downgrade(engine, "0027")
    schema.upgrade(engine)
    assert_current(zhangjia.site.sessions)
    a_notice(zhangjia, NOON)
    assert_current(zhangjia.site.sessions)


@pytest.mark.sqlite_only(reason="SQLite's own file")
def test_what_left_the_index_leaves_its_file(zhangjia, settings):
    secret = "º" + "0" * 12
    with zhangjia.site.sessions.engine.begin() as connection:
        search_index.write(connection, Kind.MATTER, {99: f"留下 {secret}"})
        search_index.write(connection, Kind.MATTER, {99: None})
    zhangjia.site.sessions.scrub()
    assert secret.encode() not in (settings.data / "bulletin.db").read_bytes()


@pytest.mark.parametrize("kind", [Kind.DUTY, Kind.NOTICE])
def test_the_newest_are_the_same_whether_rows_are_walked_or_the_index_is_asked(
    zhangjia, monkeypatch, kind
):
    for _ in range(4):
        a_notice(zhangjia, NOON)
    with zhangjia.site.sessions.reading() as session:
        indexed = search_index.tokens_of(session.connection(), kind)
        assert len(indexed) >= 4
        often = Counter(token for tokens in indexed.values() for token in tokens.split())
        ranked = [token for token, _ in often.most_common()]
        words = [*ranked[:2], *ranked[:: len(ranked) // 8], "没有"]
        for newest, share in ((1, 0), (1, 1), (2, 1_000_000), (1_000, 20)):  # 0: never often
            monkeypatch.setattr(search_index, "NEWEST", newest)
            monkeypatch.setattr(search_index, "OFTEN", share)
            for word in words:
                wanted = (((Needle(word),),),)
                every = sorted(session.scalars(search_index.found(kind, wanted)), reverse=True)
                for count in (1, 3, 1_000):
                    shown = search_index.newest_ids(session, kind, wanted, count)
                    assert shown == every[:count]
