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


@dataclass(frozen=True)
class PageSpan:
    """Which lines a page has, before they are read."""

    number: int  # from 1
    pages: int
    per_page: int  # lines

    @property
    def first(self) -> int:
        """The index of its first line, from 0."""
        return (self.number - 1) * self.per_page

    @property
    def end(self) -> int:
        """The index after its last line, if the list goes so far."""
        return self.first + self.per_page

    def with_lines(self, lines: Sequence[Line]) -> Page[Line]:
        return Page(lines, self.number, self.pages)


def page_span(
    count: int, number: int | None, *, holding: int | None = None, per_page: int | None = None
) -> PageSpan:
    """The page of a list that holds the line at an index, else the one asked for.

    A number before the first or after the last page gives the first or the last.
    """
    size = per_page or PER_PAGE
    pages = max(1, ceil(count / size))
    asked = number or 1 if holding is None else holding // size + 1
    return PageSpan(min(max(1, asked), pages), pages, size)


def page_of(lines: Sequence[Line], number: int | None) -> Page[Line]:
    """One page of a list that is at hand as a whole."""
    span = page_span(len(lines), number)
    return span.with_lines(lines[span.first : span.end])
