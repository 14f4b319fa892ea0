"""责任分工: who answers for what from a day until another one."""

from datetime import date, timedelta

import pytest
from support.clock import NOON

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.responsibilities import LeadSeat
from bulletin.services.oversight.responsibilities.record_seat import (
    NewSeat,
    leave_seat,
    take_seat,
)
from bulletin.services.oversight.responsibilities.seats import covers_words, seats, seats_paper
from bulletin.services.oversight.supervision.overview import supervision
from bulletin.services.oversight.supervision.responsible import responsible_people
from bulletin.services.people import manage_accounts

TODAY = NOON.date()


def taken(village, **facts):
    new = NewSeat(**{"seat": LeadSeat.HEAD, "name": "冶示例", "from_on": TODAY} | facts)
    return take_seat(village.site, village.zheng, new, NOON)


def held(village, day=TODAY):
    return seats(village.site, village.wu, NOON, as_of=day)


def test_seats_stand_in_their_order_with_what_each_covers(zhangjia):
    taken(zhangjia, seat=LeadSeat.MEMBER, covers="财务公开", village_id=zhangjia.id)
    taken(zhangjia, post="党委副书记、乡长")
    head, member = held(zhangjia).held
    assert (head.seat, head.name, head.post) == (LeadSeat.HEAD, "冶示例", "党委副书记、乡长")
    assert covers_words(member) == "包张家村，财务公开"
    name, sheet = seats_paper(zhangjia.site, zhangjia.wu, held(zhangjia))
    assert (name, sheet.pages) == ("责任分工-2026-10-09.pdf", 1)


def test_what_was_held_stays_in_the_list_of_its_days(zhangjia):
    seat = taken(zhangjia)
    leave_seat(zhangjia.site, zhangjia.zheng, seat, TODAY + timedelta(days=9), NOON)
    assert len(held(zhangjia, TODAY + timedelta(days=9)).held) == 1
    later = held(zhangjia, TODAY + timedelta(days=10))
    assert (later.held, [each.name for each in later.others]) == ((), ["冶示例"])
    assert held(zhangjia, TODAY - timedelta(days=1)).held == ()
    with pytest.raises(Refused, match="已经登记过"):
        leave_seat(zhangjia.site, zhangjia.zheng, seat, TODAY, NOON)


def test_who_has_no_role_any_more_is_named(zhangjia):
    wu = zhangjia.people["wu"]
    taken(zhangjia, person_id=wu.id, name="")
    assert [(each.name, each.has_left) for each in held(zhangjia).held] == [("吴示例", False)]
    gone = TODAY + timedelta(days=30)
    manage_accounts.end_person(zhangjia.site, zhangjia.zheng, wu.id, NOON)
    found = seats(zhangjia.site, zhangjia.zheng, NOON, as_of=gone)
    assert [each.has_left for each in found.held] == [True]


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"name": " "}, "name_missing"), ({"post": "长" * 41}, "text_too_long")],
)
def test_a_seat_without_a_name_is_refused(zhangjia, facts, code):
    with pytest.raises(Refused) as refused:
        taken(zhangjia, **facts)
    assert code in refused.value.codes


def test_nobody_of_elsewhere_and_no_end_before_the_beginning(zhangjia):
    with pytest.raises(NotFoundError):
        taken(zhangjia, person_id=999)
    with pytest.raises(NotFoundError):
        taken(zhangjia, village_id=999)
    seat = taken(zhangjia)
    with pytest.raises(Refused):
        leave_seat(zhangjia.site, zhangjia.zheng, seat, TODAY - timedelta(days=1), NOON)
    with pytest.raises(Refused):
        leave_seat(zhangjia.site, zhangjia.li, seat, TODAY, NOON)


@pytest.mark.slow
def test_who_answers_for_a_village_is_looked_at_with_its_figures(zhangjia):
    taken(zhangjia, village_id=zhangjia.id)
    found = supervision(zhangjia.site, zhangjia.wu, NOON, period=Period.parse("2026"))
    people = responsible_people(zhangjia.site, zhangjia.wu, found)
    assert ("冶示例", "包村", ["张家村"]) in [
        (each.name, each.role, [place.village for place in each.places]) for each in people
    ]
    before = supervision(
        zhangjia.site, zhangjia.wu, NOON, period=Period.parse("2026"), as_of=date(2026, 10, 8)
    )
    assert "包村" not in {p.role for p in responsible_people(zhangjia.site, zhangjia.wu, before)}
