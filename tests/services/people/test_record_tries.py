"""Wrong passwords slow down whoever tries them, and nobody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.domain.sign_in.limits import BY_ADDRESS, BY_DEVICE, BY_LOGIN
from bulletin.services.people import directory, manage_accounts, sign_in
from bulletin.services.people.record_tries import Origin, SignInPaused
from bulletin.store.sign_in_tries import SignInTry

HALL, ELSEWHERE = Origin("192.0.2.7"), Origin("198.51.100.9")
WRONG = "wrong-password"


def tried(village, login, origin=HALL, password=WRONG, now=NOON):
    """What a try is answered with: '' when it opens."""
    try:
        sign_in.sign_in(village.site, login, password, now, origin)
    except Refused as refused:
        return refused.codes[0]
    return ""


@pytest.fixture
def attacked(zhangjia):
    """Somebody elsewhere tries passwords of 李示例, as long as tries are taken."""
    while tried(zhangjia, "li", ELSEWHERE) == "wrong_password":
        pass
    return zhangjia


def test_nobody_can_lock_a_clerk_out_from_another_address(attacked):
    assert tried(attacked, "li", ELSEWHERE, attacked.password) == "sign_in_paused"
    assert tried(attacked, "li", HALL, attacked.password) == ""


def test_who_tried_wrongly_waits_and_then_goes_on(attacked):
    right = (attacked, "li", ELSEWHERE, attacked.password)
    assert tried(*right, NOON + BY_LOGIN.every - timedelta(seconds=1)) == "sign_in_paused"
    assert tried(*right, NOON + BY_LOGIN.every) == ""


def test_a_slow_down_says_the_same_of_a_login_that_nobody_has(attacked):
    while tried(attacked, "nobody", ELSEWHERE) == "wrong_password":
        pass
    said = []
    for login in ("li", "nobody"):
        with pytest.raises(SignInPaused) as paused:
            sign_in.sign_in(attacked.site, login, attacked.password, NOON, ELSEWHERE)
        said.append((str(paused.value), paused.value.seconds))
    assert said[0] == said[1]


def test_an_unknown_login_is_answered_after_the_same_work(zhangjia, monkeypatch):
    asked = []
    monkeypatch.setattr(
        sign_in, "matches", lambda person, _password: asked.append(person is None) or False
    )
    for login in ("li", "nobody"):
        assert tried(zhangjia, login) == "wrong_password"
    assert asked == [False, True], "a hash is compared for both"


def test_a_device_that_signed_in_before_passes_whatever_others_try(attacked):
    known = sign_in.device_after(attacked.site, attacked.li, None)
    own = Origin(ELSEWHERE.network, known)
    assert tried(attacked, "li", own, attacked.password) == ""
    assert tried(attacked, "sun", own, WRONG) == "wrong_password", "of another it knows nothing"
    for _ in range(BY_DEVICE.at_once):
        assert tried(attacked, "li", own) == "wrong_password"
    assert tried(attacked, "li", own, attacked.password) == "sign_in_paused", "its own tries count"


def test_a_new_password_makes_every_device_unknown(attacked):
    own = Origin(ELSEWHERE.network, sign_in.device_after(attacked.site, attacked.li, None))
    fresh = "a-new-long-one"
    sign_in.change_password(attacked.site, attacked.li, attacked.password, fresh, NOON)
    assert tried(attacked, "li", own, fresh) == "sign_in_paused"


def test_several_people_of_one_office_pc_are_known_to_it(zhangjia):
    device = sign_in.device_after(zhangjia.site, zhangjia.li, None)
    device = sign_in.device_after(zhangjia.site, zhangjia.sun, device)
    assert set(device.people) == {zhangjia.li.id, zhangjia.sun.id}


def test_a_hall_of_forty_clerks_behind_one_address_signs_in_with_two_slips_each(zhangjia):
    """The village's nine people, and 31 who mistype their names; then those come in by the right one."""
    logins = [*zhangjia.people, *(f"clerk{n}" for n in range(31))]
    for login in logins:
        assert [tried(zhangjia, login) for _ in range(2)] == ["wrong_password"] * 2
    for login in zhangjia.people:
        assert tried(zhangjia, login, password=zhangjia.password) == ""


def test_an_address_cannot_try_one_password_on_every_name(zhangjia, monkeypatch):
    monkeypatch.setattr(sign_in, "matches", lambda *_: False)
    answers = [tried(zhangjia, f"name{n}") for n in range(BY_ADDRESS.at_once + 1)]
    assert answers[-2:] == ["wrong_password", "sign_in_paused"]
    assert tried(zhangjia, "li", ELSEWHERE) == "wrong_password"


def test_tries_at_the_same_moment_do_not_slip_through(zhangjia):
    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(lambda _: tried(zhangjia, "li"), range(16)))
    assert answers.count("wrong_password") == BY_LOGIN.at_once


def test_the_right_password_takes_the_slips_back(zhangjia):
    for _ in range(3):
        for _ in range(4):
            assert tried(zhangjia, "li") == "wrong_password"
        assert tried(zhangjia, "li", password=zhangjia.password) == ""


def test_who_finds_a_clerk_signed_in_cannot_try_out_the_old_password(zhangjia):
    def change(old, new="a-new-long-one"):
        with pytest.raises(Refused) as refused:
            sign_in.change_password(zhangjia.site, zhangjia.li, old, new, NOON)
        return refused.value.codes[0]

    weak = [change(zhangjia.password, "kurz") for _ in range(9)]
    assert weak == ["password_too_short"] * 9, "that is no try at the old one"
    tries = [change(f"wrong {n}") for n in range(BY_LOGIN.at_once + 1)]
    assert tries == ["wrong_password"] * BY_LOGIN.at_once + ["sign_in_paused"]
    assert tried(zhangjia, "li", password=zhangjia.password) == "", "signing in is another thing"


def test_a_password_set_by_the_administrator_ends_the_wait(attacked):
    fresh = manage_accounts.reset_password(attacked.site, attacked.zheng, attacked.li.id, NOON)
    assert tried(attacked, "li", ELSEWHERE, fresh) == ""


def test_the_administrator_sees_that_somebody_tries_and_the_account_stays_open(attacked):
    lines = {line.login: line for line in directory.people(attacked.site, attacked.zheng, NOON)}
    assert lines["li"].paused_until == NOON + BY_LOGIN.every
    assert lines["sun"].paused_until is None


def test_what_is_forgotten_is_cleared_and_names_nobody(attacked):
    later = NOON + timedelta(hours=2)
    assert tried(attacked, "sun", HALL, now=later) == "wrong_password"
    with attacked.site.sessions.reading() as session:
        rows = session.scalars(select(SignInTry)).all()
        assert session.scalar(select(func.count()).select_from(SignInTry)) == 2
    for row in rows:
        assert "192.0.2.7" not in row.side
        assert "sun" not in row.login
