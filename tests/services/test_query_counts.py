"""Lists ask the database as often for a year of notices as for one."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event
from support.builders import PASSWORD, a_notice
from support.clock import NOON

from bulletin.domain.people import Role
from bulletin.services.boards import pack_plans, post
from bulletin.services.boards.overview import board_rows
from bulletin.services.duties.explanation import explanations
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices.overview import notice_rows
from bulletin.services.notices.register import register_lines
from bulletin.services.people.directory import contacts
from bulletin.services.people.manage_accounts import NewPerson, add_person

pytestmark = pytest.mark.sqlite_only(reason="the questions are the same on both")


@contextmanager
def _questions(site):
    asked = []

    def note(*about):
        asked.append(about[2])

    event.listen(site.sessions.engine, "before_cursor_execute", note)
    yield asked
    event.remove(site.sessions.engine, "before_cursor_execute", note)


def _asked(zhangjia, look):
    with _questions(zhangjia.site) as asked:
        look()
    return len(asked)


def test_more_notices_are_no_more_questions(zhangjia):
    site, wu = zhangjia.site, zhangjia.wu
    looks = {
        "notices": lambda: notice_rows(site, wu, NOON),
        "boards": lambda: board_rows(site, wu, NOON),
        "register": lambda: register_lines(site, wu, NOON.year, NOON),
        "packs": lambda: pack_plans.plan_boards(site, wu, zhangjia.boards, NOON),
    }
    counts = []
    for _ in range(2):
        for _ in range(2):
            notice = a_notice(zhangjia, NOON).approved()
            notice.printed()
            post.hang(site, zhangjia.li, notice.code, zhangjia.boards[0], NOON.date(), NOON)
        counts.append({name: _asked(zhangjia, look) for name, look in looks.items()})
    assert counts[0] == counts[1]


def test_more_duties_are_no_more_questions(zhangjia):
    duties = [line.id for line in duty_lines(zhangjia.site, zhangjia.wu, NOON)]
    places = {line.village_id for line in duty_lines(zhangjia.site, zhangjia.wu, NOON)}
    assert len(places) > 2, "of several catalogs"

    def asked(some):
        return _asked(zhangjia, lambda: explanations(zhangjia.site, zhangjia.wu, some))

    asked(duties)  # reads each catalog once and for all
    assert asked(duties[:2]) == asked(duties)


def test_more_liaisons_are_no_more_questions(zhangjia):
    def asked():
        places = set(zhangjia.ids.values())
        return _asked(zhangjia, lambda: contacts(zhangjia.site, zhangjia.wu, places, NOON))

    before = asked()
    new = NewPerson("he", "何示例", Role.LIAISON, zhangjia.id, NOON.date())
    add_person(zhangjia.site, zhangjia.operator, new, PASSWORD, NOON)
    assert asked() == before
