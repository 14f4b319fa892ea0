"""Deputies over days: the roles of who is away, no others, and none that must not be in one hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.deputies import (
    MAX_DAYS,
    Deputation,
    deputation_refusals,
    lent_roles,
    with_stand_ins,
)
from bulletin.domain.notices.permissions import EditionFacts, may, refusals, representing
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Actor, Role, with_merged

FIRST = date(2026, 11, 28)
HEAD, SUPERVISOR = (Role.VILLAGE_HEAD, 1), (Role.SUPERVISOR, 1)
LIAISON, SCREENER, APPROVER = (Role.LIAISON, 1), (Role.SCREENER, None), (Role.APPROVER, None)


def away(absent, deputy, first=0, last=7, **facts):
    return Deputation(
        absent_id=absent,
        absent=f"第{absent}人",
        deputy_id=deputy,
        from_on=FIRST + timedelta(first),
        until_on=FIRST + timedelta(last),
        **facts,
    )


def person(number, *grants):
    return Actor(number, f"第{number}人", 1, frozenset(grants))


people = st.integers(1, 4)
ROLES = {
    1: frozenset({HEAD, LIAISON}),
    2: frozenset({SUPERVISOR}),
    3: frozenset({SCREENER}),
    4: frozenset({APPROVER, (Role.ADMINISTRATOR, None)}),
}
agreed = st.lists(
    st.builds(away, people, people, st.integers(0, 9), st.integers(0, 9), is_ended=st.booleans()),
    max_size=5,
)


@given(deputations=agreed, on=st.integers(-1, 10))
def test_on_each_day_a_person_holds_the_own_roles_and_those_lent_on_that_day(deputations, on):
    day = FIRST + timedelta(on)
    for number, own in ROLES.items():
        asked = [(each, ROLES[each.absent_id]) for each in deputations]
        actor = with_stand_ins(Actor(number, "", 1, own), asked, day)
        held = set(own)
        for each in deputations:  # counted day by day, without the rule's own comparison
            days = [
                each.from_on + timedelta(n) for n in range((each.until_on - each.from_on).days + 1)
            ]
            if each.deputy_id == number and not each.is_ended and day in days:
                held |= ROLES[each.absent_id] - {LIAISON, (Role.ADMINISTRATOR, None)}
        if HEAD in own:
            held.discard(SUPERVISOR)
        if SUPERVISOR in own:
            held.discard(HEAD)
        assert actor.grants == held
        lent = {grant for each in actor.stands_in for grant in each.grants}
        assert lent == held - own


def test_both_days_count_and_then_it_is_over_by_itself():
    one = away(1, 3, 1, 3)
    assert [one.holds_on(FIRST + timedelta(n)) for n in range(5)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert not away(1, 3, is_ended=True).holds_on(FIRST)


def test_only_steps_of_review_are_lent():
    absent = frozenset({HEAD, LIAISON, (Role.ADMINISTRATOR, None), (Role.OVERSEER, None)})
    assert lent_roles(absent, frozenset({SCREENER})) == {HEAD}


@pytest.mark.parametrize(
    ("asked", "absent", "deputy", "standing", "code"),
    [
        (away(1, 3), {HEAD}, {SCREENER}, [], None),
        (away(1, 3, 3, 2), {HEAD}, {SCREENER}, [], "dates_reversed"),
        (away(1, 3, -5, -1), {HEAD}, {SCREENER}, [], "over_already"),
        (away(1, 3, 0, MAX_DAYS - 1), {HEAD}, {SCREENER}, [], None),
        (away(1, 3, 0, MAX_DAYS), {HEAD}, {SCREENER}, [], "too_long"),
        (away(1, 1), {HEAD}, {HEAD}, [], "own_deputy"),
        (away(1, 3), {LIAISON}, {SCREENER}, [], "nothing_to_lend"),
        (away(1, 2), {HEAD}, {SUPERVISOR}, [], "roles_apart"),
        (away(2, 1), {SUPERVISOR}, {HEAD}, [], "roles_apart"),
        (away(1, 2), {HEAD}, {(Role.SUPERVISOR, 2)}, [], None),
        (away(1, 2), {HEAD, SCREENER}, {SUPERVISOR}, [], None),
        (away(1, 3), {HEAD}, {SCREENER}, [away(1, 4, 7, 9)], "stood_in_already"),
        (away(1, 3), {HEAD}, {SCREENER}, [away(1, 4, 8, 9)], None),
        (away(1, 3), {HEAD}, {SCREENER}, [away(1, 4, 7, 9, is_ended=True)], None),
        (away(1, 3), {HEAD}, {SCREENER}, [away(3, 4, 5, 5)], "deputy_away"),
        (away(1, 3), {HEAD}, {SCREENER}, [away(4, 1, 5, 5)], "stands_in_elsewhere"),
    ],
)
def test_who_may_be_named(asked, absent, deputy, standing, code):
    said = deputation_refusals(asked, frozenset(absent), frozenset(deputy), standing, FIRST)
    assert [refusal.code for refusal in said] == ([code] if code else [])


STEPS = {Act.EXAMINE: Role.SUPERVISOR, Act.CONFIRM: Role.VILLAGE_HEAD, Act.SCREEN: Role.SCREENER}


def edition(state, **facts):
    return EditionFacts(state=state, village_id=1, steps=tuple(STEPS), step_roles=STEPS, **facts)


def stands_in(deputy, *absent):
    asked = [(away(each.id, deputy.id), each.grants) for each in absent]
    return with_stand_ins(deputy, asked, FIRST)


def codes(act, actor, facts):
    return [refusal.code for refusal in refusals(act, actor, facts)]


def test_a_deputy_takes_the_step_in_the_name_of_who_is_away():
    deputy = stands_in(person(3, SCREENER), person(1, HEAD))
    confirming = edition(State.CONFIRMING)
    assert may(Act.CONFIRM, deputy, confirming)
    assert representing(Act.CONFIRM, deputy, confirming).name == "第1人"
    assert representing(Act.SCREEN, deputy, edition(State.SCREENING)) is None


def test_what_is_lent_for_a_village_is_lent_for_those_that_merged_into_it():
    deputy = with_merged(stands_in(person(3, SCREENER), person(1, HEAD)), {9: 1})
    former = edition(State.CONFIRMING, editors=frozenset({1}))
    former = replace(former, village_id=9)
    assert codes(Act.CONFIRM, deputy, former) == ["absent_edited"]
    assert representing(Act.CONFIRM, deputy, replace(former, editors=frozenset())).name == "第1人"


def test_no_step_is_taken_against_the_rule_of_other_eyes():
    deputy = stands_in(person(3, SCREENER), person(1, HEAD))
    confirming = State.CONFIRMING
    assert codes(Act.CONFIRM, deputy, edition(confirming, editors=frozenset({3}))) == ["own_edit"]
    assert codes(Act.CONFIRM, deputy, edition(confirming, takers={Act.EXAMINE: 3})) == [
        "one_step_each"
    ]
    # nor for somebody who wrote it, or has had a step of it
    assert codes(Act.CONFIRM, deputy, edition(confirming, editors=frozenset({1}))) == [
        "absent_edited"
    ]
    assert codes(Act.CONFIRM, deputy, edition(confirming, takers={Act.EXAMINE: 1})) == [
        "absent_took_step"
    ]


def test_who_was_stood_in_for_has_had_the_one_step():
    both = person(1, HEAD, SCREENER)
    taken = edition(State.SCREENING, takers={Act.CONFIRM: 3}, represented=frozenset({1}))
    assert codes(Act.SCREEN, both, taken) == ["one_step_each"]


def test_a_deputy_does_not_endorse_what_the_absent_person_forced():
    deputy = stands_in(person(5), person(1, HEAD))
    forced = edition(State.PUBLISHED, forced=True, forcers=frozenset({1}))
    assert codes(Act.ENDORSE, deputy, forced) == ["own_force"]
    assert may(Act.ENDORSE, stands_in(person(5), person(3, SCREENER)), forced)
