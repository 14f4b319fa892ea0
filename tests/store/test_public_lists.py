"""Residents' lists find a page by an index, whatever was published in all the years before."""

from datetime import timedelta

import pytest
from sqlalchemy import and_, select, text
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.services.notices.visibility import list_moment
from bulletin.store import public_lists, public_matters, schema
from bulletin.store.coverage_queries import duty_facts
from bulletin.store.notices import Edition, Notice
from bulletin.store.owed_duties import owed_at, times_of_item
from bulletin.store.public_lists import Place

ALL_PUBLISHED, ALL_DUE = "ix_edition_state_publish_at", "ix_duty_due_on_township_id"
OF_CLASS = "ix_edition_township_id_village_id_item_group_publish_at"
TODAY = village_day(NOON)


@pytest.fixture
def session(zhangjia):
    with zhangjia.site.sessions.reading() as session:
        yield session


@pytest.fixture
def plan(session):
    """plan(question): how the database goes about it."""

    def explained(question):
        asked = question.compile(
            session.get_bind(), compile_kwargs={"literal_binds": True, "render_postcompile": True}
        )
        rows = session.execute(text("EXPLAIN QUERY PLAN " + str(asked).replace(":", r"\:")))
        return " / ".join(row.detail for row in rows)

    return explained


@pytest.mark.sqlite_only(reason="PostgreSQL has statistics, by which it may change its mind")
def test_no_list_begins_with_all_that_was_ever_published(zhangjia, session, plan):
    place, at = Place(1, zhangjia.id), list_moment(session, zhangjia.site, NOON)
    span = NOON - timedelta(days=300), NOON
    for question in (
        public_lists.current(place, at),
        public_lists.current_groups(place, at),
        public_lists.of_group(place, at, "party"),
        public_lists.archive(place, at),
        public_lists.published_between(place, at, span),
        public_lists.recent(place, at, TODAY),
        public_lists.listed_among([1, 2], NOON),
        public_matters.matters_at(place, at),
        public_matters.named_among([1, 2], at),
    ):
        assert ALL_PUBLISHED not in plan(question)


@pytest.mark.sqlite_only(reason="PostgreSQL has statistics, by which it may change its mind")
def test_what_is_of_a_class_is_found_among_years_of_others(zhangjia, session, plan):
    at = list_moment(session, zhangjia.site, NOON)
    assert OF_CLASS in plan(public_lists.of_group(Place(1, zhangjia.id), at, "party"))


@pytest.mark.sqlite_only(reason="PostgreSQL has statistics, by which it may change its mind")
def test_each_time_of_an_item_is_found_among_all_that_fell_due(zhangjia, plan):
    villages = [zhangjia.id]
    item = times_of_item(1, villages, "finance.quarterly_accounts", before=TODAY, most=51)
    which = and_(item, owed_at(1, villages))
    assert ALL_DUE not in plan(duty_facts(which))


@pytest.mark.every_row
def test_an_edition_of_before_gets_the_class_of_its_notice(zhangjia, approved):
    engine = zhangjia.site.sessions.engine
    schema.downgrade(engine, "0052")
    schema.upgrade(engine)
    with zhangjia.site.sessions.reading() as session:
        items = session.scalar(select(Notice.items).where(Notice.code == approved.code))
        assert session.scalars(select(Edition.item_group)).all() == [items[0]["group"]]
