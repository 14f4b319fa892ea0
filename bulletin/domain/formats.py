"""Paper as it comes out of a village's printer or a print shop's."""

from typing import Literal, get_args

Paper = Literal["a4", "a3"]
PAPERS: tuple[Paper, ...] = get_args(Paper)


def paper_of(word: str | None) -> Paper:
    """The paper of this name; A4 for any other word."""
    return next((paper for paper in PAPERS if paper == word), "a4")
