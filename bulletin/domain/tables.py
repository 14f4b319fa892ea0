"""Tables as people take them away."""

from pathlib import PurePath
from typing import Literal

Form = Literal["xlsx", "csv"]


def form_of(name: PurePath) -> Form:
    """The form of a table by its file's name: CSV, and a workbook for every other ending."""
    return "csv" if name.suffix.lower() == ".csv" else "xlsx"
