"""Signing in: the same words for every failure, nobody locked out by another, sessions that end."""

from datetime import timedelta
from importlib.util import find_spec, module_from_spec

import pytest
from sqlalchemy import select
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.domain.people import Role
from bulletin.services.people import directory, manage_accounts, passwords, sign_in
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.store.people import Appointment


def codes_of(act, *args):
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.codes


def test_the_right_password_opens_a_session_with_the_persons_roles(zhangjia):
    opened = sign_in.sign_in(zhangjia.site, " LI ", zhangjia.password, NOON)
    actor = sign_in.who(zhangjia.site, opened, NOON).actor
    assert (actor.name, actor.roles) == ("李示例", {Role.LIAISON})


def test_a_wrong_password_and_an_unknown_login_are_told_apart_by_nobody(zhangjia):
    said = []
    for login in ("li", "nobody"):
        with pytest.raises(Refused) as refused:
            sign_in.sign_in(zhangjia.site, login, "wrong-password", NOON)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_a_login_that_nobody_has_takes_as_long_as_one_that_somebody_has():
    spec = find_spec(passwords.__name__)  # as it is, for the tests hash quickly
    real = module_from_spec(spec)
    spec.loader.exec_module(real)
    assert not real._hasher.check_needs_rehash(real._NOBODY)
    assert not real.matches(None, "correct-horse-battery")


@pytest.mark.parametrize(
    ("idle", "known"), [(timedelta(hours=11), True), (timedelta(hours=13), False)]
)
def test_a_session_ends_when_it_is_not_used(zhangjia, idle, known):
    opened = sign_in.sign_in(zhangjia.site, "li", zhangjia.password, NOON)
    assert (sign_in.who(zhangjia.site, opened, NOON + idle) is not None) is known


def test_a_session_ends_after_a_week_however_much_it_is_used(zhangjia):
    opened = sign_in.sign_in(zhangjia.site, "li", zhangjia.password, NOON)
    for hours in range(6, 24 * 7 + 1, 6):
        assert sign_in.who(zhangjia.site, opened, NOON + timedelta(hours=hours))
    after = NOON + sign_in.MAX_SESSION + timedelta(minutes=1)
    assert sign_in.who(zhangjia.site, opened, after) is None


def test_signing_out_and_changing_the_password_end_the_sessions(zhangjia):
    first = sign_in.sign_in(zhangjia.site, "li", zhangjia.password, NOON)
    sign_in.sign_out(zhangjia.site, first, NOON)
    assert sign_in.who(zhangjia.site, first, NOON) is None
    second = sign_in.sign_in(zhangjia.site, "li", zhangjia.password, NOON)
    sign_in.change_password(zhangjia.site, zhangjia.li, zhangjia.password, "a-new-long-one", NOON)
    assert sign_in.who(zhangjia.site, second, NOON) is None
    assert sign_in.sign_in(zhangjia.site, "li", "a-new-long-one", NOON)


def test_a_short_password_is_refused(zhangjia):
    change = (zhangjia.site, zhangjia.li, zhangjia.password, "kurz", NOON)
    assert codes_of(sign_in.change_password, *change) == ("password_too_short",)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("woaini5201314", "password_common"),
        ("张家村白马村2026", "password_is_a_name"),
        ("李示例-红崖子沟-1", "password_is_a_name"),
    ],
)
def test_a_password_that_the_village_would_guess_is_refused(zhangjia, new, code):
    change = (zhangjia.site, zhangjia.li, zhangjia.password, new, NOON)
    assert codes_of(sign_in.change_password, *change) == (code,)


def test_the_phone_for_colleagues_is_one_that_can_be_called(zhangjia):
    change = (zhangjia.site, zhangjia.zheng, zhangjia.zheng.id)
    manage_accounts.change_phone(*change, "0972-8329999", NOON)
    (administrator,) = directory.administrators(zhangjia.site, NOON)
    assert administrator.phone == "0972-8329999"
    assert codes_of(manage_accounts.change_phone, *change, "1380013800", NOON) == ("mobile_length",)
    manage_accounts.change_phone(*change, "", NOON)
    (administrator,) = directory.administrators(zhangjia.site, NOON)
    assert administrator.phone == "0972-8321111", "the office's"


def test_whoever_is_ended_holds_nothing_and_is_signed_out_everywhere(zhangjia):
    day = NOON.date()
    site, admin, li = zhangjia.site, zhangjia.zheng, zhangjia.li.id
    manage_accounts.appoint(site, admin, li, Role.SUPERVISOR, zhangjia.ids["白马村"], day, NOON)
    opened = sign_in.sign_in(site, "li", zhangjia.password, NOON)
    manage_accounts.end_person(site, admin, li, NOON)
    assert sign_in.who(site, opened, NOON) is None
    assert codes_of(sign_in.sign_in, site, "li", zhangjia.password, NOON) == ("no_role",)
    assert codes_of(manage_accounts.end_person, site, admin, li, NOON) == ("no_appointment",)
    assert codes_of(manage_accounts.end_person, site, admin, admin.id, NOON) == ("own_appointment",)


def test_only_an_administrator_manages_people(zhangjia):
    new = NewPerson("neu", "新示例", Role.LIAISON, zhangjia.id, NOON.date())
    asked = (new, "a-long-password", NOON)
    assert codes_of(manage_accounts.add_person, zhangjia.site, zhangjia.li, *asked) == (
        "not_your_role",
    )
    manage_accounts.add_person(zhangjia.site, zhangjia.zheng, *asked)
    opened = sign_in.sign_in(zhangjia.site, "neu", "a-long-password", NOON)
    assert sign_in.who(zhangjia.site, opened, NOON).must_change


def test_a_person_whose_roles_ended_is_let_in_no_more(zhangjia):
    opened = sign_in.sign_in(zhangjia.site, "li", zhangjia.password, NOON)
    with zhangjia.site.sessions.reading() as session:
        held = session.scalar(select(Appointment.id).where(Appointment.person_id == zhangjia.li.id))
    manage_accounts.end_appointment(zhangjia.site, zhangjia.zheng, held, NOON)
    assert sign_in.who(zhangjia.site, opened, NOON) is None
    again = (zhangjia.site, "li", zhangjia.password, NOON)
    assert codes_of(sign_in.sign_in, *again) == ("no_role",)


def test_an_administrator_does_not_lock_himself_out(zhangjia):
    with zhangjia.site.sessions.reading() as session:
        own = select(Appointment.id).where(Appointment.person_id == zhangjia.zheng.id)
        held = session.scalar(own)
    end = (zhangjia.site, zhangjia.zheng, held, NOON)
    assert codes_of(manage_accounts.end_appointment, *end) == ("own_appointment",)


def test_a_village_role_needs_a_village_and_a_township_role_none(zhangjia):
    appoint = manage_accounts.appoint
    site, admin, li = zhangjia.site, zhangjia.zheng, zhangjia.li.id
    day = NOON.date()
    assert codes_of(appoint, site, admin, li, Role.SUPERVISOR, None, day, NOON) == (
        "role_needs_village",
    )
    assert codes_of(appoint, site, admin, li, Role.APPROVER, zhangjia.id, day, NOON) == (
        "role_of_township",
    )
