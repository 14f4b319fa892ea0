"""What another township has does not exist here, and only its administrator changes a township."""

from dataclasses import replace

import pytest
from support.builders import a_duty
from support.clock import NOON

from bulletin.domain.catalog.adaptation import Adaptation
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.people import Role
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.duties import mark_not_applicable
from bulletin.services.people import manage_accounts
from bulletin.services.places import change_village, create
from bulletin.store.places import Township

DAY = NOON.date()
PHONE = "联系人13800138000"


@pytest.fixture
def stranger(zhangjia):
    """The administrator of another township of the county."""
    other = Township(code="630223203", name="乙乡", county="互助土族自治县")
    with zhangjia.site.sessions.writing() as session:
        session.add(other)
        session.flush()
        return replace(zhangjia.zheng, township_id=other.id)


@pytest.mark.parametrize(
    "act",
    [
        lambda v, who: create.add_board(v.site, who, v.id, "别人的", "", NOON),
        lambda v, who: change_village.change_phones(v.site, who, v.id, "0", "", NOON),
        lambda v, who: adopt_catalog(v.site, who, v.id, DAY, Adaptation(), NOON),
        lambda v, who: mark_not_applicable.mark_not_applicable(
            v.site, who, a_duty(v, "finance.quarterly_accounts", NOON), "没有", NOON
        ),
    ],
    ids=["board", "phones", "catalog", "duty"],
)
def test_another_townships_village_does_not_exist(zhangjia, stranger, act):
    with pytest.raises(NotFoundError):
        act(zhangjia, stranger)


def test_nobody_is_appointed_into_another_townships_village(zhangjia, stranger):
    new = manage_accounts.NewPerson("neu", "新示例", Role.LIAISON, zhangjia.id, DAY)
    with pytest.raises(NotFoundError):
        manage_accounts.add_person(zhangjia.site, stranger, new, "a-long-password", NOON)


@pytest.mark.parametrize("login", ["li", "sun", "zhao", "wang", "chen", "wu"])
def test_only_the_administrator_changes_villages_and_catalogs(zhangjia, login):
    who = zhangjia.people[login]
    for act in (
        lambda: change_village.change_phones(zhangjia.site, who, zhangjia.id, "0", "", NOON),
        lambda: adopt_catalog(zhangjia.site, who, zhangjia.id, DAY, Adaptation(), NOON),
        lambda: create.add_village(
            zhangjia.site, who, create.NewVillage("630223202299", "新村", ""), DAY, NOON
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.codes == ("not_your_role",)


@pytest.mark.parametrize(
    "act",
    [
        lambda v: create.add_board(v.site, v.li, v.id, "新栏", PHONE, NOON),
        lambda v: mark_not_applicable.mark_not_applicable(
            v.site, v.li, a_duty(v, "finance.quarterly_accounts", NOON), PHONE, NOON
        ),
        lambda v: a_duty(v, "affairs.public_works", NOON, title=PHONE),
    ],
    ids=["board", "reason", "matter"],
)
def test_no_text_that_people_see_holds_personal_data(zhangjia, act):
    with pytest.raises(Refused) as refused:
        act(zhangjia)
    assert refused.value.codes == ("personal_data",)
    assert "13800138000" not in str(refused.value)
