"""Where something stands in a draft: a field of its form, a block, a cell."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Position:
    """`block`, `row` and `column` count from 0; `row` may be the number of rows, which is the line of sums.

    A row of None with a column is the column itself; all of it empty is the draft as a whole.
    """

    field: str = ""
    block: int | None = None
    row: int | None = None
    column: int | None = None


NOWHERE = Position()
