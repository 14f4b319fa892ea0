"""What goes wrong between an approved edition and its paper."""

from dataclasses import dataclass

from bulletin.domain.errors import Refused


@dataclass(frozen=True)
class SheetProblem:
    """One thing that is wrong with a sheet, and what to do."""

    code: str
    sentence: str
    stops: bool = True  # False: worth knowing, prints all the same


class SheetUnreadable(Refused):
    """A sheet that must not be handed out: its code cannot be read back, or a part is missing."""
