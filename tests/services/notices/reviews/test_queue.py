"""The queue: what is due first on top, a page at a time, by the same rule as the steps themselves."""

from datetime import date, timedelta

from sqlalchemy import select, update
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain import pages
from bulletin.domain.notices.permissions import may
from bulletin.domain.notices.workflow import IN_REVIEW, STEP_OF_STATE
from bulletin.domain.people import Role
from bulletin.services.desk.navigation import frame
from bulletin.services.notices.drafts import correct, draft, submit
from bulletin.services.notices.reviews.queue import queue, waiting_count
from bulletin.services.people import manage_accounts
from bulletin.services.people.name_deputy import name_deputy
from bulletin.services.transition import facts_of
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition
from bulletin.store.people import Person, actor_of

TODAY, LAST = date(2026, 10, 9), date(2026, 10, 12)


def due(village, notice, day):
    with village.site.sessions.writing() as session:
        edition = session.scalar(select(Edition).where(Edition.notice.has(code=notice.code)))
        ids = [duty.id for duty in edition.notice.duties]
        session.execute(update(Duty).where(Duty.id.in_(ids)).values(due_on=day))


def lines(village, actor, **which):
    return queue(village.site, actor, NOON, **which).page.lines


def waiting_for(village, actor):
    with village.site.sessions.reading() as session:
        return waiting_count(session, village.site, actor, NOON)


def on_day(village, login):
    with village.site.sessions.reading() as session:
        return actor_of(session, session.get_one(Person, village.people[login].id), TODAY)


def test_late_before_due_before_later_and_a_correction_by_the_day_it_came(zhangjia):
    later, late, soon = (
        a_notice(zhangjia, NOON, item=item, title=title).submitted()
        for item, title in (
            ("finance.quarterly_accounts", "以后的"),
            ("affairs.decisions_progress", "迟了的"),
            ("government.temporary_relief", "明天的"),
        )
    )
    due(zhangjia, late, TODAY - timedelta(days=3))
    due(zhangjia, soon, TODAY + timedelta(days=1))
    out = a_notice(zhangjia, NOON, item="affairs.village_rules").approved()
    correct.correct(zhangjia.site, zhangjia.li, out.code, NOON)
    draft.save(
        zhangjia.site,
        zhangjia.li,
        out.code,
        NOON,
        version=1,
        title="更正的",
        document={"blocks": [{"type": "paragraph", "text": "改过的内容"}]},
        change_note="改了",
    )
    submit.submit(zhangjia.site, zhangjia.li, out.code, NOON, confirmed=True)
    found = [
        (line.row.title, line.days_late, line.due_on) for line in lines(zhangjia, zhangjia.sun)
    ]
    assert found == [
        ("迟了的", 3, TODAY - timedelta(days=3)),
        ("更正的", 0, None),
        ("明天的", 0, TODAY + timedelta(days=1)),
        ("以后的", 0, date(2026, 10, 15)),
    ]
    assert later.code == lines(zhangjia, zhangjia.sun)[-1].row.code


def test_a_page_holds_its_lines_and_the_count_is_of_all(zhangjia, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    for number in range(3):
        a_notice(zhangjia, NOON, title=f"第{number}份").submitted()
    found = queue(zhangjia.site, zhangjia.sun, NOON, number=2)
    assert (len(found.page.lines), found.page.pages, found.count) == (1, 2, 3)
    assert found.villages == ((zhangjia.id, "张家村"),)
    other = queue(zhangjia.site, zhangjia.sun, NOON, village_id=zhangjia.ids["白马村"])
    assert (other.count, other.villages) == (0, ((zhangjia.id, "张家村"),))


def test_it_asks_the_same_rule_as_the_step(zhangjia):
    """The queue reads a few columns only; whatever the mix, it must say what the full facts say."""
    site = zhangjia.site
    manage_accounts.appoint(site, zhangjia.zheng, zhangjia.sun.id, Role.SCREENER, None, TODAY, NOON)
    manage_accounts.appoint(
        site, zhangjia.zheng, zhangjia.wang.id, Role.LIAISON, zhangjia.id, TODAY, NOON
    )
    name_deputy(site, zhangjia.zhao, zhangjia.zhao.id, zhangjia.wang.id, TODAY, LAST, NOON)
    low = "government.low_income_review"
    a_notice(zhangjia, NOON, item=low).submitted()
    a_notice(zhangjia, NOON, item=low).submitted().examined()
    a_notice(zhangjia, NOON, item=low).submitted().examined().confirmed()
    a_notice(zhangjia, NOON, item=low, by=on_day(zhangjia, "wang")).submitted().examined()
    with site.sessions.reading() as session:
        editions = session.scalars(select(Edition).where(Edition.state.in_(IN_REVIEW))).all()
        for login in zhangjia.people:
            actor = on_day(zhangjia, login)
            shown = {line.row.code: line.may_take for line in lines(zhangjia, actor)}
            rule = {
                edition.notice.code: may(
                    STEP_OF_STATE[edition.state], actor, facts_of(site, edition, NOON)
                )
                for edition in editions
            }
            assert {code for code, allowed in rule.items() if allowed} == {
                code for code, allowed in shown.items() if allowed
            }, login
            assert waiting_for(zhangjia, actor) == sum(rule.values()), login
    assert waiting_for(zhangjia, on_day(zhangjia, "wang")) == 2, (
        "confirms one for zhao and screens one, not what wang wrote"
    )


def test_the_bar_of_every_page_counts_anew_after_each_act(zhangjia):
    def in_the_bar(login):
        person = on_day(zhangjia, login)
        assert frame(zhangjia.site, person, NOON).reviews == waiting_for(zhangjia, person)
        return frame(zhangjia.site, person, NOON).reviews

    assert in_the_bar("sun") == in_the_bar("zhao") == 0
    first = a_notice(zhangjia, NOON).submitted()
    a_notice(zhangjia, NOON).submitted()
    assert (in_the_bar("sun"), in_the_bar("zhao")) == (2, 0)
    ids = zhangjia.people["sun"].id, zhangjia.people["wang"].id
    name_deputy(zhangjia.site, zhangjia.sun, *ids, TODAY, LAST, NOON)
    assert in_the_bar("wang") == 2, "in her place"
    first.examined()
    assert (in_the_bar("sun"), in_the_bar("wang"), in_the_bar("zhao")) == (1, 1, 1)
