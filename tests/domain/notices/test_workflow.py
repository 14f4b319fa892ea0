"""The workflow over its whole matrix: every state, every act, every procedure."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bulletin.domain.labels import labels_of
from bulletin.domain.notices.workflow import (
    APPROVED,
    STATE_OF_STEP,
    STEP_OF_STATE,
    TRANSITIONS,
    Act,
    State,
    diagram,
    is_last_step,
    state_after,
    state_at,
)

VILLAGE = (Act.EXAMINE, Act.CONFIRM)
TOWNSHIP = (Act.SCREEN, Act.APPROVE)
ASSISTED = (Act.EXAMINE, Act.CONFIRM, Act.SCREEN)
PROCEDURES = {
    "village": VILLAGE,
    "collective": VILLAGE,
    "township": TOWNSHIP,
    "assisted": ASSISTED,
    "forwarded": (),
}

S, A = State, Act
LAW = {  # the whole law of each procedure; what does not stand here is forbidden
    "village": {
        (S.DRAFT, A.SUBMIT): S.EXAMINING,
        (S.EXAMINING, A.EXAMINE): S.CONFIRMING,
        (S.EXAMINING, A.FORCE): S.CONFIRMING,
        (S.CONFIRMING, A.CONFIRM): S.SCHEDULED,
        (S.CONFIRMING, A.FORCE): S.SCHEDULED,
    },
    "township": {
        (S.DRAFT, A.SUBMIT): S.SCREENING,
        (S.SCREENING, A.SCREEN): S.APPROVING,
        (S.SCREENING, A.FORCE): S.APPROVING,
        (S.APPROVING, A.APPROVE): S.SCHEDULED,
        (S.APPROVING, A.FORCE): S.SCHEDULED,
    },
    "assisted": {
        (S.DRAFT, A.SUBMIT): S.EXAMINING,
        (S.EXAMINING, A.EXAMINE): S.CONFIRMING,
        (S.EXAMINING, A.FORCE): S.CONFIRMING,
        (S.CONFIRMING, A.CONFIRM): S.SCREENING,
        (S.CONFIRMING, A.FORCE): S.SCREENING,
        (S.SCREENING, A.SCREEN): S.SCHEDULED,
        (S.SCREENING, A.FORCE): S.SCHEDULED,
    },
    "forwarded": {(S.DRAFT, A.SUBMIT): S.SCHEDULED},
}
LAW["collective"] = LAW["village"]  # the same steps in other bodies' names
EVERYWHERE = {
    (S.DRAFT, A.CANCEL): S.CANCELLED,
    (S.SCHEDULED, A.PUBLISH): S.PUBLISHED,
    (S.SCHEDULED, A.CANCEL): S.CANCELLED,
    (S.SCHEDULED, A.ENDORSE): S.SCHEDULED,
    (S.SCHEDULED, A.RESCHEDULE): S.SCHEDULED,
    (S.SCHEDULED, A.CORRECT): S.SCHEDULED,
    (S.PUBLISHED, A.ENDORSE): S.PUBLISHED,
    (S.PUBLISHED, A.CORRECT): S.PUBLISHED,
    (S.PUBLISHED, A.TAKE_DOWN): S.TAKEN_DOWN,
    (S.TAKEN_DOWN, A.CORRECT): S.TAKEN_DOWN,
    **{(state, act): S.DRAFT for state in STEP_OF_STATE for act in (A.SEND_BACK, A.WITHDRAW)},
}


@pytest.mark.parametrize("procedure", list(PROCEDURES))
@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_act_in_every_state_leads_where_the_law_says_or_nowhere(procedure, state, act):
    steps = PROCEDURES[procedure]
    expected = (LAW[procedure] | EVERYWHERE).get((state, act))
    assert state_after(state, act, steps) == expected


@pytest.mark.parametrize("steps", list(PROCEDURES.values()), ids=list(PROCEDURES))
def test_every_state_of_a_procedure_can_be_reached(steps):
    reached, frontier = {State.DRAFT}, [State.DRAFT]
    while frontier:
        here = frontier.pop()
        for act in Act:
            there = state_after(here, act, steps)
            if there is not None and there not in reached:
                reached.add(there)
                frontier.append(there)
    apart = {STATE_OF_STEP[act] for act in STATE_OF_STEP if act not in steps}
    assert reached == set(State) - apart


def test_nothing_leads_out_of_a_cancelled_edition():
    assert not [pair for pair in TRANSITIONS if pair[0] is State.CANCELLED]


def test_an_approved_edition_never_becomes_a_draft_again():
    assert not [
        1
        for (state, _), target in TRANSITIONS.items()
        if state in APPROVED and target == State.DRAFT
    ]


def test_the_last_step_is_the_one_after_which_a_notice_is_released():
    assert is_last_step(State.CONFIRMING, VILLAGE)
    assert not is_last_step(State.CONFIRMING, ASSISTED)
    assert not is_last_step(State.DRAFT, VILLAGE)
    assert not is_last_step(State.DRAFT, ())


MOMENT = datetime(2026, 10, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stored", "publish_at", "expected"),
    [
        (State.SCHEDULED, MOMENT + timedelta(seconds=1), State.SCHEDULED),
        (State.SCHEDULED, MOMENT, State.PUBLISHED),  # public at its moment, to the second
        (State.SCHEDULED, MOMENT - timedelta(days=9), State.PUBLISHED),  # the clock slept
        (State.SCHEDULED, None, State.SCHEDULED),
        (State.DRAFT, MOMENT - timedelta(days=1), State.DRAFT),  # a date alone publishes nothing
        (State.TAKEN_DOWN, MOMENT - timedelta(days=1), State.TAKEN_DOWN),
    ],
)
def test_an_approved_edition_is_public_from_its_moment_whatever_the_clock_recorded(
    stored, publish_at, expected
):
    assert state_at(stored, publish_at, MOMENT) is expected


def test_the_diagram_shows_exactly_the_transitions_of_the_table():
    text = diagram("village", VILLAGE, labels_of(State), labels_of(Act))
    arrows = [line for line in text.splitlines() if "-->" in line and "[*]" not in line]
    expected = [
        (state, act)
        for state, act in product(State, Act)
        if (LAW["village"] | EVERYWHERE).get((state, act))
        and state not in {State.SCREENING, State.APPROVING}
    ]
    assert len(arrows) == len(expected)
