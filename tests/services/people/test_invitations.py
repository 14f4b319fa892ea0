"""Invitations open once, within their days; a phone number is another name of the same account."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.domain.people import Role
from bulletin.domain.sign_in.invitations import VALID_FOR, mobile_figures
from bulletin.domain.sign_in.limits import BY_LOGIN
from bulletin.services.people import invite, manage_accounts, sign_in
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.people.record_tries import Origin, SignInPaused
from bulletin.store.invitations import Invitation

GOOD = "a-new-long-one"
MOBILE = "139 7221 0001"
HALL = Origin("192.0.2.7")


def refused(act, *args):
    with pytest.raises(Refused) as answer:
        act(*args)
    return answer.value.codes[0], str(answer.value)


@pytest.fixture
def invited(zhangjia):
    """Li is invited anew; returns the token."""
    return invite.invite(zhangjia.site, zhangjia.zheng, zhangjia.li.id, NOON).token


def test_an_invitation_ends_what_let_the_person_in_before(zhangjia):
    opened = sign_in.sign_in(zhangjia.site, "li", zhangjia.password, NOON)
    first = invite.invite(zhangjia.site, zhangjia.zheng, zhangjia.li.id, NOON).token
    assert sign_in.who(zhangjia.site, opened, NOON) is None
    assert refused(sign_in.sign_in, zhangjia.site, "li", zhangjia.password, NOON)[0] == (
        "wrong_password"
    )
    second = invite.invite(zhangjia.site, zhangjia.zheng, zhangjia.li.id, NOON).token
    assert refused(invite.accept, zhangjia.site, first, GOOD, NOON)[0] == "invitation_over"
    opened = invite.accept(zhangjia.site, second.lower(), GOOD, NOON)
    who = sign_in.who(zhangjia.site, opened, NOON)
    assert (who.actor.name, who.must_change) == ("李示例", False)
    assert sign_in.sign_in(zhangjia.site, "li", GOOD, NOON)


def test_used_over_withdrawn_and_unknown_ones_are_refused_in_the_same_words(zhangjia, invited):
    site, said = zhangjia.site, set()
    said.add(refused(invite.accept, site, "nothing", GOOD, NOON))
    late = NOON + VALID_FOR + timedelta(seconds=1)
    said.add(refused(invite.accept, site, invited, GOOD, late))
    invite.accept(site, invited, GOOD, NOON + VALID_FOR)
    said.add(refused(invite.accept, site, invited, GOOD, NOON))
    again = invite.invite(site, zhangjia.zheng, zhangjia.li.id, NOON).token
    invite.withdraw_invitation(site, zhangjia.zheng, zhangjia.li.id, NOON)
    said.add(refused(invite.invited, site, again, NOON))
    assert {code for code, _ in said} == {"invitation_over"}
    assert len(said) == 1


def test_the_store_keeps_nothing_that_opens(zhangjia, invited):
    with zhangjia.site.sessions.reading() as session:
        (kept,) = session.scalars(select(Invitation.token_hash))
    assert invited not in kept
    assert len(kept) == 64


def test_a_reset_password_and_a_leaving_end_the_slip(zhangjia, invited):
    manage_accounts.reset_password(zhangjia.site, zhangjia.zheng, zhangjia.li.id, NOON)
    assert refused(invite.accept, zhangjia.site, invited, GOOD, NOON)[0] == "invitation_over"
    again = invite.invite(zhangjia.site, zhangjia.zheng, zhangjia.li.id, NOON).token
    manage_accounts.end_person(zhangjia.site, zhangjia.zheng, zhangjia.li.id, NOON)
    assert refused(invite.accept, zhangjia.site, again, GOOD, NOON)[0] == "invitation_over"


def test_whose_role_begins_later_can_use_the_slip_again_then(zhangjia):
    site, later = zhangjia.site, NOON + timedelta(days=3)
    new = NewPerson("han", "韩示例", Role.LIAISON, zhangjia.id, later.date())
    person = manage_accounts.add_person(site, zhangjia.zheng, new, "x" * 12, NOON)
    token = invite.invite(site, zhangjia.zheng, person, NOON).token
    assert "10月12日起" in refused(invite.accept, site, token, GOOD, NOON)[1]
    assert invite.accept(site, token, GOOD, later)


def test_a_role_ends_with_its_last_day(zhangjia):
    site, last = zhangjia.site, NOON.date() + timedelta(days=30)
    new = NewPerson("han", "韩示例", Role.LIAISON, zhangjia.id, NOON.date(), until_on=last)
    manage_accounts.add_person(site, zhangjia.zheng, new, GOOD, NOON)
    assert sign_in.sign_in(site, "han", GOOD, NOON + timedelta(days=30))
    after = NOON + timedelta(days=31)
    assert refused(sign_in.sign_in, site, "han", GOOD, after)[0] == "no_role"
    early = NewPerson("ma", "马示例", Role.LIAISON, zhangjia.id, last, until_on=NOON.date())
    add = manage_accounts.add_person
    assert refused(add, site, zhangjia.zheng, early, GOOD, NOON)[0] == "until_before_from"


@pytest.mark.parametrize("typed", ["13972210001", "+86 139-7221-0001", " 139 7221 0001 "])
def test_a_phone_is_another_name_of_the_account(zhangjia, typed):
    manage_accounts.change_phone(zhangjia.site, zhangjia.zheng, zhangjia.li.id, MOBILE, NOON)
    opened = sign_in.sign_in(zhangjia.site, typed, zhangjia.password, NOON)
    assert sign_in.who(zhangjia.site, opened, NOON).actor.id == zhangjia.li.id


@pytest.mark.parametrize("typed", ["0972-8320000", "8613972", "139722100011", "一三九", ""])
def test_only_a_mobile_number_is_a_name(typed):
    assert mobile_figures(typed) == ""


def test_a_phone_of_two_people_opens_neither_and_what_is_said_tells_nothing(zhangjia):
    site, admin = zhangjia.site, zhangjia.zheng
    for person in (zhangjia.li, zhangjia.sun):
        manage_accounts.change_phone(site, admin, person.id, MOBILE, NOON)
    both = refused(sign_in.sign_in, site, MOBILE, zhangjia.password, NOON)
    unknown = refused(sign_in.sign_in, site, "13800000000", zhangjia.password, NOON)
    wrong = refused(sign_in.sign_in, site, "li", "wrong", NOON)
    assert both == unknown == wrong
    assert "要用用户名登录" in both[1]
    manage_accounts.end_person(site, admin, zhangjia.sun.id, NOON)
    assert sign_in.sign_in(site, MOBILE, zhangjia.password, NOON), "she is called on it no more"


def test_phone_and_login_share_their_tries(zhangjia):
    site = zhangjia.site
    manage_accounts.change_phone(site, zhangjia.zheng, zhangjia.li.id, MOBILE, NOON)
    for n in range(BY_LOGIN.at_once):
        with pytest.raises(Refused):
            sign_in.sign_in(site, ("li", MOBILE)[n % 2], "wrong", NOON, HALL)
    for name in ("li", MOBILE, "13972210001"):
        with pytest.raises(SignInPaused):
            sign_in.sign_in(site, name, zhangjia.password, NOON, HALL)


def test_a_login_that_is_the_phone_of_another_is_refused(zhangjia):
    new = NewPerson("13972210001", "韩示例", Role.LIAISON, zhangjia.id, NOON.date())
    add = manage_accounts.add_person
    assert refused(add, zhangjia.site, zhangjia.zheng, new, GOOD, NOON)[0] == "login_is_a_phone"
