"""bulletin people: the way back in for whoever holds the machine."""

import json

import pytest
from support.clock import NOON
from support.commands import bulletin

from bulletin.services.people import sign_in

pytestmark = pytest.mark.slow


@pytest.fixture
def people(settings, zhangjia):
    """people("list"): the command, on the village's data folder, on the day of the village."""

    def run(*args, expect=0):
        database = {"BULLETIN_DATABASE_URL": settings.database_url}
        moment = () if args[0] == "list" else ("--yes",)
        return bulletin(
            "people", *args, *moment, "--now", NOON.isoformat(), data=settings.data, expect=expect, **database
        ).stdout  # fmt: skip

    return run


def one_time(said):
    return said.partition("one-time password: ")[2].strip()


def test_the_only_administrator_who_forgot_the_password_comes_in_again(people, zhangjia):
    password = one_time(people("password", "Zheng"))
    token = sign_in.sign_in(zhangjia.site, "zheng", password, NOON)
    assert sign_in.who(zhangjia.site, token, NOON).must_change


def test_a_second_administrator_is_added_and_stands_in_the_list_with_the_phone(people, zhangjia):
    given = ("--name", "韩示例", "--role", "administrator", "--phone", "0972-8329999")
    password = one_time(people("add", "Han", *given))
    assert sign_in.sign_in(zhangjia.site, "han", password, NOON)
    (han,) = [line for line in json.loads(people("list", "--json")) if line["login"] == "han"]
    assert han == {
        "login": "han",
        "name": "韩示例",
        "phone": "0972-8329999",
        "roles": [{"role": "administrator", "village": "", "from_on": "2026-10-09"}],
        "must_change": True,
        "paused_until": None,
    }
    assert "韩示例" in people("list")


def test_a_liaison_is_added_to_a_village(people, zhangjia):
    people("add", "ma", "--name", "马示例", "--role", "liaison", "--village", "白马村")
    assert "白马村 信息员" in people("list")


def test_who_is_ended_signs_in_no_more_and_the_last_administrator_is_named(people, zhangjia):
    assert "no administrator" not in people("end", "li")
    assert "no administrator is left" in people("end", "zheng")


def test_a_wrong_word_is_one_clear_line(people, settings, zhangjia):
    def said(*args, expect=1):
        database = {"BULLETIN_DATABASE_URL": settings.database_url}
        return bulletin("people", *args, data=settings.data, expect=expect, **database).stderr

    assert "nobody signs in as 'nobody'" in said("password", "nobody")
    assert "nobody signs in as 'nobody'" in said("end", "nobody")
    new = ("--name", "某", "--role")
    assert "login_taken" in said("add", "li", *new, "administrator")
    assert "role_needs_village" in said("add", "ma", *new, "supervisor")
    assert "county_overseer" in said("add", "ma", *new, "county_overseer", expect=2)
    assert "no_appointment" in (people("end", "li"), said("end", "li"))[1]
