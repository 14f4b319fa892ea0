"""Procedures: which steps of review an edition passes, in which order, and who takes them.

Titles and steps are in schedules/procedures.yaml; here are the names by which rules choose one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.domain.languages.sentences import say
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Role

VILLAGE = "village"
COLLECTIVE = "collective"
TOWNSHIP = "township"
ASSISTED = "assisted"
FORWARDED = "forwarded"  # a paper of a higher body: who issued it has reviewed it
ITEM_PROCEDURES = (VILLAGE, COLLECTIVE, TOWNSHIP, ASSISTED)  # that an item of a catalog may ask for
# The bodies of schedules/procedures.yaml, for translators: residents read who handled a notice.
BODIES = (
    *(say("村务监督委员会"), say("联席会议"), say("监事会"), say("理事会")),
    *(say("乡镇专职信息员"), say("专职信息员"), say("分管领导")),
)


@dataclass(frozen=True)
class ReviewStepRule:
    act: Act
    role: Role  # who takes it
    body: str  # in whose name: 村务监督委员会
    asks_meeting: bool = False  # for the date of the joint meeting


@dataclass(frozen=True)
class Procedure:
    name: str  # village | collective | township | assisted | forwarded
    title: str
    steps: tuple[ReviewStepRule, ...]

    def asks_meeting(self, step: Act | None) -> bool:
        """Whether a step of this procedure wants the day of the joint meeting."""
        return any(rule.asks_meeting for rule in self.steps if rule.act is step)


def strictest(procedures: Iterable[Procedure]) -> Procedure:
    """Of several the one with the most steps; of equals the first in the file."""
    return max(procedures, key=lambda procedure: len(procedure.steps))
