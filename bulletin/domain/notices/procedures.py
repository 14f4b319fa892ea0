"""Procedures: which steps of review an edition passes, in which order, and who takes them."""

from dataclasses import dataclass

from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Role

FORWARDED = "forwarded"  # a paper of a higher body: who issued it has reviewed it


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
