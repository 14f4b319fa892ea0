"""A county: several townships in one site, and who looks over all of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.clock import NOON
from support.neighbours import SECOND, a_neighbour

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.people import CLOCK, Role, SystemActor
from bulletin.services.access import operator_of
from bulletin.services.duties.overview import duty_lines
from bulletin.services.operations.set_up import NewTownship, set_up
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.oversight.coverage_sums import coverage_by_township
from bulletin.services.people import directory, manage_accounts, sign_in
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.places.create import NewVillage, found_township
from bulletin.store.people import Person
from bulletin.store.places import townships

DAY = NOON.date()
YEAR = {"first_on": DAY.replace(month=1, day=1), "last_on": DAY.replace(month=12, day=31)}


@pytest.fixture
def yi(zhangjia):
    """乙乡 beside 红崖子沟乡; as the operator of 乙乡."""
    return a_neighbour(zhangjia)


@pytest.fixture
def overseer(zhangjia):
    """A county overseer, whose account is kept by the first township."""
    new = NewPerson("feng", "冯示例", Role.COUNTY_OVERSEER, None, DAY)
    manage_accounts.add_person(
        zhangjia.site, zhangjia.operator, new, "a-long-password", NOON, must_change=False
    )
    return sign_in.sign_in(zhangjia.site, "feng", "a-long-password", NOON)


def seen_by(site, token, now=NOON):
    known = sign_in.who(site, token, now)
    return known.actor if known else None


def test_a_second_township_keeps_to_itself(zhangjia, yi):
    assert yi.township_id != zhangjia.operator.township_id
    mine = {cell.village for cell in coverage_table(zhangjia.site, yi, NOON, **YEAR).cells}
    assert "河湾村" in mine
    assert "张家村" not in mine
    assert operator_of(zhangjia.site).township_id == zhangjia.operator.township_id


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"code": "630223202"}, "township_exists"),
        ({"admin": "zheng"}, "login_taken"),
        ({"villages": ((NewVillage("630223202214", "河湾村"), ""),)}, "village_exists"),
        ({"villages": SECOND.villages * 2}, "village_exists"),
    ],
)
def test_what_is_taken_is_said_before_anything_is_founded(zhangjia, wrong, refusal):
    with pytest.raises(Refused) as refused:
        set_up(zhangjia.site, NewTownship(**vars(SECOND) | wrong), NOON)
    assert refusal in refused.value.codes
    with zhangjia.site.sessions.reading() as session:
        assert [township.name for township in townships(session)] == ["红崖子沟乡"]


def test_invented_people_never_share_a_site_with_real_ones(zhangjia):
    with pytest.raises(Refused, match="演示"):
        found_township(zhangjia.site, "630223203", "乙乡", "互助县", "", NOON, demo=True)


def test_a_county_overseer_sees_every_township_and_turns_from_one_to_the_other(
    zhangjia, yi, overseer
):
    feng = seen_by(zhangjia.site, overseer)
    sums = coverage_by_township(zhangjia.site, feng, NOON, **YEAR)
    assert [each.township for each in sums] == ["红崖子沟乡", "乙乡"]
    of_yi = coverage_table(zhangjia.site, yi, NOON, **YEAR)
    assert sums[1].counts == of_yi.counts
    assert sum(sums[1].counts.values()) > 20
    assert coverage_table(zhangjia.site, feng, NOON, **YEAR).counts == sums[0].counts
    sign_in.look_into(zhangjia.site, feng, overseer, "630223203")
    feng = seen_by(zhangjia.site, overseer)
    assert coverage_table(zhangjia.site, feng, NOON, **YEAR).cells == of_yi.cells
    assert {line.village for line in duty_lines(zhangjia.site, feng, NOON)} >= {"河湾村"}


def test_other_roles_stay_at_home(zhangjia, yi, overseer):
    with zhangjia.site.sessions.reading() as session:
        person = session.scalar(select(Person).where(Person.login == "feng"))
    manage_accounts.appoint(
        zhangjia.site, zhangjia.operator, person.id, Role.ADMINISTRATOR, None, DAY, NOON
    )
    feng = seen_by(zhangjia.site, overseer)
    assert feng.roles == {Role.ADMINISTRATOR, Role.COUNTY_OVERSEER}
    sign_in.look_into(zhangjia.site, feng, overseer, "630223203")
    feng = seen_by(zhangjia.site, overseer)
    assert feng.township_id == yi.township_id
    assert feng.roles == {Role.COUNTY_OVERSEER}


def test_who_no_longer_oversees_the_county_is_out_of_the_other_township_at_once(
    zhangjia, yi, overseer
):
    feng = seen_by(zhangjia.site, overseer)
    sign_in.look_into(zhangjia.site, feng, overseer, "630223203")
    _, appointment = directory.county_overseer(zhangjia.site, "feng")
    manage_accounts.end_appointment(
        zhangjia.site, zhangjia.operator, appointment, NOON + timedelta(days=1)
    )
    assert seen_by(zhangjia.site, overseer, NOON + timedelta(hours=1)) is not None
    assert seen_by(zhangjia.site, overseer, NOON + timedelta(days=1)) is None
    with pytest.raises(NotFoundError):
        directory.county_overseer(zhangjia.site, "feng")


@pytest.mark.parametrize("login", ["wu", "zheng", "li"])
def test_nobody_of_a_township_looks_over_the_county(zhangjia, yi, overseer, login):
    who = zhangjia.people[login]
    with pytest.raises(Refused):
        coverage_by_township(zhangjia.site, who, NOON, **YEAR)
    token = sign_in.sign_in(zhangjia.site, login, zhangjia.password, NOON)
    with pytest.raises(Refused):
        sign_in.look_into(zhangjia.site, who, token, "630223203")
    assert seen_by(zhangjia.site, token).township_id == zhangjia.operator.township_id


def test_no_administrator_of_a_township_gives_takes_or_opens_the_role(zhangjia, overseer):
    site, zheng = zhangjia.site, zhangjia.zheng
    feng = seen_by(site, overseer)
    _, appointment = directory.county_overseer(site, "feng")
    new = NewPerson("he", "何示例", Role.COUNTY_OVERSEER, None, DAY)
    for act in (
        lambda: manage_accounts.add_person(site, zheng, new, "a-long-password", NOON),
        lambda: manage_accounts.appoint(
            site, zheng, zheng.id, Role.COUNTY_OVERSEER, None, DAY, NOON
        ),
        lambda: manage_accounts.appoint(site, zheng, feng.id, Role.APPROVER, None, DAY, NOON),
        lambda: manage_accounts.reset_password(site, zheng, feng.id, NOON),
        lambda: manage_accounts.end_appointment(site, zheng, appointment, NOON),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert "role_of_county" in refused.value.codes


def test_the_site_itself_and_the_command_line_look_over_the_county(zhangjia):
    for who in (CLOCK, SystemActor("命令行管理员")):
        assert len(coverage_by_township(zhangjia.site, who, NOON, **YEAR)) == 1
