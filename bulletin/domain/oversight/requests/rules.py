"""What the township's schedule says of requests: limits, outcomes and fees."""

from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.domain.oversight.requests.clock import DayLimit, Limits
from bulletin.domain.oversight.requests.letters import LetterWordings
from bulletin.domain.oversight.requests.outcomes import FeeStep, RequestOutcome


@dataclass(frozen=True)
class RequestRules:
    limits: Limits
    outcomes: Mapping[str, RequestOutcome]
    fees: tuple[FeeStep, ...]
    confirmation: DayLimit  # within which a request by internet or fax is confirmed
    contact_days: int  # natural days that a way to the applicant is kept once a request is ended
    letters: LetterWordings
