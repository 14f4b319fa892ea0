"""The sizes of paper and the kinds of table files that are made."""

from pathlib import PurePath
from typing import Literal, get_args

Paper = Literal["a4", "a3"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
TableFormat = Literal["xlsx", "csv"]  # of a table


def paper_of(word: str | None) -> Paper:
    """The paper of this name; A4 for any other word."""
    return next((paper for paper in PAPERS if paper == word), "a4")


def table_format_of(name: PurePath) -> TableFormat:
    """The form of a table by its file's name: CSV, and a workbook for every other ending."""
    return "csv" if name.suffix.lower() == ".csv" else "xlsx"
