"""The one interface of what is counted for all web processes, and where it is kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol


@dataclass(frozen=True)
class LimiterStorage:
    """Where Flask-Limiter keeps its counts: an address as `limits` writes it, and what the connection is given."""

    address: str
    options: dict[str, Any] = field(default_factory=dict)


class SharedCounts(Protocol):
    """Different things by whom they are of, within a span before now."""

    @property
    def limiter_storage(self) -> LimiterStorage: ...

    def number(self, of: str, span: timedelta, now: datetime) -> int:
        """How many different things of one were counted within the span."""

    def add(self, of: str, what: str, *, most: int, span: timedelta, now: datetime) -> bool:
        """Count a thing; False, and nothing is counted, when there are `most` others already."""

    def fault(self) -> str:
        """Why it can't be asked just now, in English; '' when it can. Takes no longer than one answer may."""
