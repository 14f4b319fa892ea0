"""Where a long title is broken: lines of like length, and never through a word we know."""

from itertools import accumulate, pairwise
from math import ceil

from bulletin.domain.notices.title_phrases import is_unknown, may_break, title_tokens
from bulletin.sheets.fits import TITLE_EMS
from bulletin.sheets.scripts import is_joined
from bulletin.sheets.widths import ems

_THROUGH_THE_UNKNOWN = 6.0  # cost of a break between two single characters, beside squares of em


def title_lines(title: str, *places: str, line_ems: float = TITLE_EMS) -> list[str]:
    """Break a title into as few lines as hold it, as even as sense allows.

    Args:
        places: the names of township and village, which are never broken.
        line_ems: what one line holds, in em.
    """
    title = title.strip()
    fewest = max(1, ceil(ems(title) / line_ems))
    if fewest == 1:
        return [title]
    words = title_tokens(title, *places)
    tokens = [token for word in words for token in _short(word, line_ems)]
    for count in range(fewest, len(tokens) + 1):
        cuts = _cuts(tokens, count, line_ems)
        if cuts is not None:
            edges = (0, *cuts, len(tokens))
            return ["".join(tokens[start:end]).strip() for start, end in pairwise(edges)]
    return tokens


def _short(token: str, line_ems: float) -> list[str]:
    """A token that fills more than half a line is no help: it goes in single characters.

    A word of joined letters does so only when no line holds it.
    """
    most = line_ems if is_joined(token[0]) else line_ems / 2
    return list(token) if ems(token) > most else [token]


def _cuts(tokens: list[str], count: int, line_ems: float) -> tuple[int, ...] | None:
    """Where `count` lines of least cost end, or None when they cannot hold the title."""
    reach = list(accumulate(map(ems, tokens), initial=0.0))
    even = reach[-1] / count
    # best[n]: cost and cuts of setting the first n tokens in the lines so far
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in range(line, len(tokens) + 1):
            if (end == len(tokens)) != (line == count):
                continue
            costs = [
                (cost + (length - even) ** 2 + _break_cost(tokens, end), (*cuts, end))
                for start, (cost, cuts) in best.items()
                if start < end and (length := reach[end] - reach[start]) <= line_ems
            ]
            if costs and (end == len(tokens) or may_break(tokens[end - 1], tokens[end])):
                reached[end] = min(costs)
        best = reached
    return best[len(tokens)][1][:-1] if best else None


def _break_cost(tokens: list[str], place: int) -> float:
    if place == len(tokens):
        return 0.0
    return _THROUGH_THE_UNKNOWN if is_unknown(tokens[place - 1], tokens[place]) else 0.0
