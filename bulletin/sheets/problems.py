"""What goes wrong between an approved edition and its paper."""

from dataclasses import dataclass

from bulletin.domain.errors import Refused


@dataclass(frozen=True)
class SheetProblem:
    """One thing that is wrong with a sheet, and what to do."""

    code: str
    sentence: str
    stops: bool = True  # False: worth knowing, prints all the same


class SheetUnprintable(Refused):
    """A sheet that cannot be set: a picture is missing or broken, or no font has a character."""
