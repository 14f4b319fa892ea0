"""The six parts of a report: each heading, and the words until the next."""

import re
from collections.abc import Iterator, Sequence

from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.domain.oversight.annual_report.words import plain

_HEADING = re.compile(r"^\s*([一二三四五六])\s*[、.．]\s*(.{2,40})$")
_NUMERALS = "一二三四五六"
_PARTS = len(_NUMERALS)


def parts_of(lines: Sequence[str], layouts: Sequence[Layout]) -> Iterator[tuple[str, str]]:
    """The six parts, each with its heading and the words until the next; two empty ones where there is none.

    A heading is known by its words, the last time that they stand, since a table of contents comes before; and by its
    number where it has other words.
    """
    places = _places(lines, layouts)
    for number in range(1, _PARTS + 1):
        at = places.get(number)
        if at is None:
            yield "", ""
            continue
        later = [place for other, place in places.items() if other > number]
        yield lines[at].strip(), "\n".join(lines[at + 1 : min(later, default=len(lines))])


def _places(lines: Sequence[str], layouts: Sequence[Layout]) -> dict[int, int]:
    places: dict[int, int] = {}
    for number in range(1, _PARTS + 1):
        titles = {plain(layout.parts[number - 1]) for layout in layouts}
        named = [at for at, line in enumerate(lines) if plain(line) in titles]
        if named and named[-1] > max(places.values(), default=-1):
            places[number] = named[-1]
    for number in range(1, _PARTS + 1):
        if number not in places:
            first = max((at for n, at in places.items() if n < number), default=-1)
            last = min((at for n, at in places.items() if n > number), default=len(lines))
            found = (at for at in range(first + 1, last) if _is_numbered(lines[at], number))
            if (at := next(found, None)) is not None:
                places[number] = at
    return places


def _is_numbered(line: str, number: int) -> bool:
    found = _HEADING.match(line)
    return found is not None and found[1] == _NUMERALS[number - 1]
