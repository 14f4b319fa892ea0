"""schedules/escalation.yaml → which step of 督办 may follow, and when."""

from pathlib import Path

from bulletin.domain.oversight.escalation.steps import EscalationRules, EscalationStep, StepRule
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

_MAX_DAYS, _MAX_TIMES = 366, 5


def load_escalation(file: Path) -> EscalationRules:
    """Read and check the rules.

    Raises:
        Misconfigured: with file, line and remedy.
    """
    root = read_yaml(file).mapping({"steps", "extension"})
    steps = root["steps"].mapping({step.value for step in EscalationStep})
    extension = root["extension"].mapping({"times", "days"})
    return EscalationRules(
        steps={
            EscalationStep(name): _step(EscalationStep(name), node) for name, node in steps.items()
        },
        extensions=_whole(extension["times"], 0, _MAX_TIMES),
        extension_days=_whole(extension["days"], 1, _MAX_DAYS),
    )


def _step(step: EscalationStep, node: LocatedNode) -> StepRule:
    keys = node.mapping({"after", "answer", "public", "basis"})
    public = keys["public"].value()
    if not isinstance(public, bool):
        keys["public"].fail("expected true or false")
    if public and step is EscalationStep.CASE:
        keys["public"].fail("a case names people and is never public")
    return StepRule(
        after=_whole(keys["after"], 1, _MAX_DAYS),
        answer=_whole(keys["answer"], 1, _MAX_DAYS),
        may_be_public=public,
        basis=keys["basis"].text(),
    )


def _whole(node: LocatedNode, least: int, most: int) -> int:
    value = node.value()
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        node.fail(f"expected a whole number from {least} to {most}")
    return value
