"""What the township's schedule says of requests: limits, outcomes and fees."""

from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.domain.oversight.requests.clock import Limits
from bulletin.domain.oversight.requests.outcomes import FeeStep, RequestOutcome


@dataclass(frozen=True)
class RequestRules:
    limits: Limits
    outcomes: Mapping[str, RequestOutcome]
    fees: tuple[FeeStep, ...]
