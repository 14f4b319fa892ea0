"""Who may keep what back, and who looks a second time."""

from datetime import date

import pytest

from bulletin.domain.deputies import Deputation, with_stand_ins
from bulletin.domain.duties.attributes import (
    Attribute,
    AttributeFacts,
    decision_refusals,
    proposal_refusals,
)
from bulletin.domain.people import Actor, Role

APPROVER, SCREENER = (Role.APPROVER, None), (Role.SCREENER, None)


def facts(**known):
    return AttributeFacts(**{"of_township": True, "is_open": True, "is_written": False, **known})


@pytest.mark.parametrize(
    ("attribute", "known", "code"),
    [
        (Attribute.WITHHELD, {}, None),
        (Attribute.ON_REQUEST, {}, None),
        (Attribute.OPEN, {}, "open_anyway"),
        (Attribute.WITHHELD, {"of_township": False}, "always_open"),
        (Attribute.WITHHELD, {"is_open": False}, "not_open"),
        (Attribute.WITHHELD, {"is_written": True}, "written_already"),
        (Attribute.WITHHELD, {"is_proposed": True}, "proposed_already"),
    ],
)
def test_only_what_the_township_still_owes_can_be_kept_back(attribute, known, code):
    said = [refusal.code for refusal in proposal_refusals(attribute, facts(**known))]
    assert said == ([code] if code else [])


def person(number, *grants):
    return Actor(number, "某某", 1, frozenset(grants))


@pytest.mark.parametrize(
    ("actor", "known", "code"),
    [
        (person(2, APPROVER), {}, None),
        (person(2, SCREENER), {}, None),
        (person(1, APPROVER), {}, "own_proposal"),
        (person(2, (Role.LIAISON, None)), {}, "not_your_role"),
        (person(2, (Role.VILLAGE_HEAD, 1)), {}, "not_your_role"),
        (person(2, APPROVER), {"is_proposed": False}, "nothing_proposed"),
    ],
)
def test_the_second_look_is_another_persons(actor, known, code):
    waiting = facts(**{"is_proposed": True, "proposed_by": 1, **known})
    assert [r.code for r in decision_refusals(actor, waiting)] == ([code] if code else [])


def test_nobody_decides_through_a_deputy_on_what_they_proposed():
    day = date(2026, 10, 9)
    away = Deputation(absent_id=1, absent="甲", deputy_id=3, from_on=day, until_on=day)
    deputy = with_stand_ins(person(3, (Role.OVERSEER, None)), [(away, frozenset({APPROVER}))], day)
    waiting = facts(is_proposed=True, proposed_by=1)
    assert [r.code for r in decision_refusals(deputy, waiting)] == ["own_proposal"]
    assert decision_refusals(deputy, facts(is_proposed=True, proposed_by=2)) == ()
