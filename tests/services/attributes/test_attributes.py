"""属性认定: proposed with a reason, looked at by another, and then the duty is answered by it."""

import pytest
from sqlalchemy import select
from support.builders import a_duty, a_notice
from support.clock import NOON

from bulletin.domain.duties.attributes import Attribute
from bulletin.domain.errors import Refused
from bulletin.services.attributes.findings import attribute_room, second_looks
from bulletin.services.attributes.propose_attribute import (
    accept_attribute,
    propose_attribute,
    refuse_attribute,
    withdraw_attribute,
)
from bulletin.services.duties.mark_not_applicable import revoke_not_applicable
from bulletin.services.operations.verify import verify
from bulletin.store.duties import Duty

WHY = "涉及正在办理的案件"


@pytest.fixture
def duty(zhangjia):
    """One that the township owes and that has its day."""
    with zhangjia.site.sessions.reading() as session:
        return session.scalar(
            select(Duty.id).where(Duty.village_id.is_(None), Duty.due_on.is_not(None))
        )


def propose(village, duty, attribute=Attribute.WITHHELD, reason=WHY, by=None):
    propose_attribute(village.site, by or village.tian, duty, attribute, reason, NOON)


def room(village, duty, login="tian"):
    return attribute_room(village.site, village.people[login], duty, NOON)


def not_applicable(village, duty):
    with village.site.sessions.reading() as session:
        return session.get_one(Duty, duty).not_applicable_reason


def codes(error):
    return error.value.codes


def test_it_is_owed_until_another_person_agrees(zhangjia, duty):
    propose(zhangjia, duty)
    assert not_applicable(zhangjia, duty) == ""
    (look,) = second_looks(zhangjia.site, zhangjia.chen, NOON)
    assert (look.attribute, look.reason, look.proposed_by) == ("不予公开", WHY, "田示例")
    assert second_looks(zhangjia.site, zhangjia.tian, NOON) == []
    accept_attribute(zhangjia.site, zhangjia.chen, duty, NOON)
    assert not_applicable(zhangjia, duty) == f"认定为不予公开：{WHY}"
    (line,) = room(zhangjia, duty).lines
    assert (line.decided_by, line.is_accepted) == ("陈示例", True)
    assert not room(zhangjia, duty).may_propose
    assert verify(zhangjia.site).sound
    revoke_not_applicable(zhangjia.site, zhangjia.tian, duty, NOON)
    assert room(zhangjia, duty).may_propose, "it is owed again"


def test_who_disagrees_says_why_and_it_stays_owed(zhangjia, duty):
    propose(zhangjia, duty, Attribute.ON_REQUEST)
    with pytest.raises(Refused) as refused:
        refuse_attribute(zhangjia.site, zhangjia.wang, duty, " ", NOON)
    assert codes(refused) == ("reason_missing",)
    refuse_attribute(zhangjia.site, zhangjia.wang, duty, "没有依据", NOON)
    assert not_applicable(zhangjia, duty) == ""
    assert room(zhangjia, duty).lines[0].decision_reason == "没有依据"
    propose(zhangjia, duty)
    assert len(room(zhangjia, duty).lines) == 2


def test_whoever_proposed_takes_it_back(zhangjia, duty):
    propose(zhangjia, duty)
    assert room(zhangjia, duty).may_withdraw
    assert not room(zhangjia, duty, "chen").may_withdraw
    withdraw_attribute(zhangjia.site, zhangjia.tian, duty, NOON)
    assert room(zhangjia, duty).waiting is None
    with pytest.raises(Refused) as refused:
        withdraw_attribute(zhangjia.site, zhangjia.tian, duty, NOON)
    assert codes(refused) == ("nothing_proposed",)


def test_what_may_not_be_proposed_or_decided_is_refused(zhangjia, duty):
    village_duty = a_duty(zhangjia, "finance.quarterly_accounts", NOON)
    with pytest.raises(Refused) as refused:
        propose(zhangjia, village_duty, by=zhangjia.li)
    assert codes(refused) == ("always_open",)
    assert "第三十五条" in str(refused.value)
    with pytest.raises(Refused) as refused:
        propose(zhangjia, duty, reason="")
    assert codes(refused) == ("reason_missing",)
    with pytest.raises(Refused) as refused:
        propose(zhangjia, duty, by=zhangjia.chen)
    assert codes(refused) == ("not_your_role",)
    propose(zhangjia, duty)
    with pytest.raises(Refused) as refused:
        accept_attribute(zhangjia.site, zhangjia.wu, duty, NOON)
    assert codes(refused) == ("not_your_role",)
    a_notice(zhangjia, NOON)  # of the village: it changes nothing here
    accept_attribute(zhangjia.site, zhangjia.chen, duty, NOON)
    with pytest.raises(Refused) as refused:
        accept_attribute(zhangjia.site, zhangjia.chen, duty, NOON)
    assert codes(refused) == ("nothing_proposed",)
