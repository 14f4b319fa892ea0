"""What is still to be done in a draft before it can be handed in, each with its place in the text."""

from dataclasses import dataclass
from enum import StrEnum

from bulletin.domain.notices.positions import Position


class Weight(StrEnum):
    STOP = "stop"  # refused at the submission
    REASON = "reason"  # accepted when the person writes why, for the reviewers to read
    DOUBT = "doubt"  # accepted when the person says that it is meant so


@dataclass(frozen=True, kw_only=True)
class DraftCheck:
    """One thing to do, in a sentence that says what, and where it stands.

    `block`, `row` and `column` count from 0 in the document; `row` may be the number of rows, which is
    the line of sums. `field` names a field of the form (`title`, `publish_at`) instead of a block.
    """

    code: str
    words: str
    weight: Weight = Weight.STOP
    field: str = ""
    block: int | None = None
    row: int | None = None
    column: int | None = None
    element: str = ""  # what the catalog wants to read and is not written


def check_at(position: Position, code: str, words: str, weight: Weight = Weight.STOP) -> DraftCheck:
    """A check that stands where a finding was made."""
    return DraftCheck(
        code=code,
        words=words,
        weight=weight,
        field=position.field,
        block=position.block,
        row=position.row,
        column=position.column,
    )
