"""What is wrong with the copy that residents read."""

from bulletin.domain.days import instant_words
from bulletin.services.operations.failures import REMEDIES, MachineFailure
from bulletin.services.operations.parts.health_problem import HealthProblem
from bulletin.services.public.copy_health import StaleCopy


def problem_of_copy(stale: StaleCopy) -> HealthProblem:
    """What was published or taken down since is not in it: residents read what was."""
    as_of = instant_words(stale.as_of) if stale.as_of else "never"
    remedy = "start the clock, and read in its log why the tick `copy` fails"
    if stale.fault in set(MachineFailure):
        remedy = REMEDIES[MachineFailure(stale.fault)]
    return HealthProblem(
        f"the copy in {stale.where} is behind, last brought up to date: {as_of}",
        remedy,
        grave=False,
    )
