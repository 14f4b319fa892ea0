"""schedules/procedures.yaml → the procedures of review."""

from pathlib import Path

from bulletin.domain.notices.procedures import (
    FORWARDED,
    ITEM_PROCEDURES,
    Procedure,
    ReviewStepRule,
)
from bulletin.domain.notices.workflow import REVIEW_STEPS, step_named
from bulletin.domain.people import REVIEW_ROLES, Role
from bulletin.schedules.located_yaml import LocatedNode, read_yaml


def load_procedures(file: Path) -> dict[str, Procedure]:
    """Read and check the procedures.

    Raises:
        Misconfigured: a step, role or procedure is unknown, missing or stands twice.
    """
    root = read_yaml(file).mapping({*ITEM_PROCEDURES, FORWARDED})
    return {name: _procedure(name, entry.about(name)) for name, entry in root.items()}


def _procedure(name: str, entry: LocatedNode) -> Procedure:
    keys = entry.mapping({"title", "steps"})
    steps = tuple(_step(step) for step in keys["steps"].sequence())
    if not steps and name != FORWARDED:
        keys["steps"].fail("needs at least one step: somebody else must look")
    if len({step.act for step in steps}) < len(steps):
        keys["steps"].fail("a step stands twice")
    return Procedure(name, keys["title"].text(), steps)


def _step(entry: LocatedNode) -> ReviewStepRule:
    keys = entry.mapping({"act", "role", "body"}, {"asks_meeting"})
    act, role = keys["act"].text(), keys["role"].text()
    step = step_named(act)
    if step is None:
        keys["act"].fail(f"act {act!r} is none of {', '.join(sorted(REVIEW_STEPS))}")
    if role not in {r.value for r in REVIEW_ROLES}:
        known = ", ".join(sorted(r.value for r in REVIEW_ROLES))
        keys["role"].fail(f"role {role!r} is none of {known}")
    asks_meeting = "asks_meeting" in keys and bool(keys["asks_meeting"].value())
    return ReviewStepRule(step, Role(role), keys["body"].text(), asks_meeting=asks_meeting)
