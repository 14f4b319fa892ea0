"""Who may do what: other eyes, one step each, and every seat in its own village."""

import pytest

from bulletin.domain.notices.permissions import EditionFacts, may, refusals
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import CLOCK, Actor, Role

ZHANGJIA, BAIMA = 1, 2


def person(number, role, village=None):
    return Actor(number, role.value, 1, frozenset({(role, village)}))


LI = person(1, Role.LIAISON, ZHANGJIA)
SUN = person(2, Role.SUPERVISOR, ZHANGJIA)
ZHAO = person(3, Role.VILLAGE_HEAD, ZHANGJIA)
WANG = person(4, Role.SCREENER)
CHEN = person(5, Role.APPROVER)
WU = person(6, Role.OVERSEER)
ZHOU = person(7, Role.LIAISON, BAIMA)
NEIGHBOUR = person(8, Role.SUPERVISOR, BAIMA)
TIAN = person(9, Role.LIAISON)

ROLES = {
    Act.EXAMINE: Role.SUPERVISOR,
    Act.CONFIRM: Role.VILLAGE_HEAD,
    Act.SCREEN: Role.SCREENER,
    Act.APPROVE: Role.APPROVER,
}
ASSISTED = (Act.EXAMINE, Act.CONFIRM, Act.SCREEN)


def edition(state, **facts):
    steps = facts.pop("steps", ASSISTED)
    facts.setdefault("editors", frozenset({LI.id}))
    return EditionFacts(
        state=state, village_id=facts.pop("village_id", ZHANGJIA), steps=steps,
        step_roles={step: ROLES[step] for step in steps}, **facts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "act", "by"),
    [
        (State.DRAFT, Act.SUBMIT, LI),
        (State.EXAMINING, Act.EXAMINE, SUN),
        (State.CONFIRMING, Act.CONFIRM, ZHAO),
        (State.SCREENING, Act.SCREEN, WANG),
        (State.EXAMINING, Act.SEND_BACK, SUN),
        (State.EXAMINING, Act.WITHDRAW, LI),
        (State.SCHEDULED, Act.CANCEL, LI),
        (State.SCHEDULED, Act.CANCEL, ZHAO),
        (State.PUBLISHED, Act.TAKE_DOWN, LI),
        (State.PUBLISHED, Act.TAKE_DOWN, CHEN),
        (State.PUBLISHED, Act.CORRECT, LI),
    ],
)
def test_each_act_belongs_to_its_seat_and_to_nobody_elses(state, act, by):
    assert may(act, by, edition(state))
    for other in (ZHOU, NEIGHBOUR, WU, TIAN):
        assert refusals(act, other, edition(state))[0].code == "not_your_role"


def test_nobody_reviews_what_they_edited():
    touched = edition(State.EXAMINING, editors=frozenset({LI.id, SUN.id}))
    assert [r.code for r in refusals(Act.EXAMINE, SUN, touched)] == ["own_edit"]


def test_one_person_takes_one_step_only():
    both = Actor(2, "两个职务", 1, SUN.grants | ZHAO.grants)
    confirming = edition(State.CONFIRMING, takers={Act.EXAMINE: both.id})
    assert [r.code for r in refusals(Act.CONFIRM, both, confirming)] == ["one_step_each"]
    assert may(Act.CONFIRM, ZHAO, confirming)


def test_every_reason_is_named_at_once():
    both = Actor(2, "两个职务", 1, SUN.grants | ZHAO.grants)
    worst = edition(State.CONFIRMING, editors=frozenset({both.id}), takers={Act.EXAMINE: both.id})
    assert [r.code for r in refusals(Act.CONFIRM, both, worst)] == ["own_edit", "one_step_each"]


@pytest.mark.parametrize("by", [SUN, ZHAO, WANG, CHEN])
def test_a_reviewer_may_force_a_step_where_there_are_too_few_people(by):
    assert may(Act.FORCE, by, edition(State.EXAMINING, editors=frozenset({by.id})))


@pytest.mark.parametrize("by", [LI, ZHOU, NEIGHBOUR, WU])
def test_nobody_else_forces(by):
    assert not may(Act.FORCE, by, edition(State.EXAMINING))


@pytest.mark.parametrize(
    ("by", "codes"),
    [
        (CHEN, []),
        (SUN, []),
        (ZHAO, ["own_force"]),
        (LI, ["not_your_role", "own_force"]),
    ],
)
def test_what_was_forced_is_endorsed_by_somebody_who_had_no_part_in_it(by, codes):
    forced = edition(State.PUBLISHED, forced=True, forcers=frozenset({ZHAO.id}))
    assert [r.code for r in refusals(Act.ENDORSE, by, forced)] == codes


@pytest.mark.parametrize("facts", [{}, {"forced": True, "endorsed": True}])
def test_there_is_nothing_to_endorse_where_nothing_was_forced_or_it_was_endorsed(facts):
    assert not may(Act.ENDORSE, CHEN, edition(State.PUBLISHED, **facts))


def test_the_clock_publishes_and_nobody_else():
    assert may(Act.PUBLISH, CLOCK, edition(State.SCHEDULED))
    assert not may(Act.PUBLISH, LI, edition(State.SCHEDULED))


def test_the_townships_own_notice_passes_the_townships_hands_alone():
    own = edition(State.SCREENING, village_id=None, steps=(Act.SCREEN, Act.APPROVE))
    assert may(Act.SCREEN, WANG, own)
    assert not may(Act.SCREEN, CHEN, own)
    assert may(Act.WITHDRAW, TIAN, own)
    assert not may(Act.WITHDRAW, LI, own)


def test_an_act_out_of_its_state_is_refused_in_words():
    (refusal,) = refusals(Act.EXAMINE, SUN, edition(State.DRAFT))
    assert str(refusal) == "“草稿”的公开件不能审查。"


@pytest.mark.parametrize(
    ("actor", "sees", "tends"),
    [
        (LI, {ZHANGJIA}, {ZHANGJIA}),
        (SUN, {ZHANGJIA}, set()),
        (TIAN, {ZHANGJIA, BAIMA, None}, {ZHANGJIA, BAIMA, None}),
        (WU, {ZHANGJIA, BAIMA, None}, set()),
        (CLOCK, {ZHANGJIA, BAIMA, None}, set()),
        (Actor(10, "两头", 1, LI.grants | WU.grants), {ZHANGJIA, BAIMA, None}, {ZHANGJIA}),
    ],
)
def test_who_sees_a_place_does_not_always_tend_its_boards(actor, sees, tends):
    places = {ZHANGJIA, BAIMA, None}
    assert {place for place in places if actor.may_see(place)} == sees
    assert {place for place in places if actor.tends_boards_of(place)} == tends
