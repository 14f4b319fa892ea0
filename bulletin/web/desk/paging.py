"""Long lists, fifty lines to a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

Line = TypeVar("Line")
PER_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Line]):
    lines: Sequence[Line]
    number: int  # from 1
    pages: int


def page_of(lines: Sequence[Line], number: int | None, *, holding: int | None = None) -> Page[Line]:
    """One page of a list: the one that holds the line at an index, else the one asked for.

    A number before the first or after the last page gives the first or the last.
    """
    pages = max(1, ceil(len(lines) / PER_PAGE))
    asked = number or 1 if holding is None else holding // PER_PAGE + 1
    number = min(max(1, asked), pages)
    return Page(lines[(number - 1) * PER_PAGE : number * PER_PAGE], number, pages)
