"""One thing that is wrong with an installation."""

from dataclasses import dataclass
from typing import Self

from bulletin.services.operations.failures import remedy_of


@dataclass(frozen=True)
class HealthProblem:
    """One thing that is wrong, and the remedy. `grave`: the site must not run like this."""

    what: str
    remedy: str
    grave: bool = True

    @classmethod
    def of(cls, error: BaseException) -> Self | None:
        """A failure of the machine beneath the site; None for any other error."""
        what, _, remedy = remedy_of(error).partition(": ")
        return cls(what, remedy) if what else None
