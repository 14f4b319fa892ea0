"""What changed in a text, in runs that a person reads: Chinese has no blanks, so signs are compared, figures whole."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise


class ChangeMark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # of a block, a row or a column; a run of words is never both


@dataclass(frozen=True)
class WordRun:
    mark: ChangeMark
    text: str


Runs = tuple[WordRun, ...]

MAX_WORK = 20_000  # equal pairs of signs that are looked at; what has more is compared by sentences
LEAST_ISLAND = 2  # signs: what stands alone between two changes belongs to them
LEAST_PAIRS = 3  # of signs; shorter texts stand in longer ones by chance
LEAST_KEPT = 0.6  # how alike a text is to one that holds all of it
LEAST_ALIKE = 0.3  # of the signs; less, and the old text stands whole before the new one

_SIGNS = re.compile(r"\d[\d.,，]*\d|[A-Za-z]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")


def changed_words(before: str, after: str) -> Runs:
    """What stayed, went and came, in reading order; the old words stand before the new ones.

    The runs that are the same or removed are the text before; those the same or added the text after.
    """
    if before == after:
        return same_words(after)
    old, new = _SIGNS.findall(before), _SIGNS.findall(after)
    if _work(old, new) > MAX_WORK:
        return _joined(_by_sentence(before, after))
    return _joined(_by_sign(old, new))


def same_words(text: str) -> Runs:
    return (WordRun(ChangeMark.SAME, text),) if text else ()


def replaced_words(before: str, after: str) -> Runs:
    """A figure or a day is another one as a whole; nobody reads half of it."""
    if before == after:
        return same_words(after)
    runs = WordRun(ChangeMark.REMOVED, before), WordRun(ChangeMark.ADDED, after)
    return tuple(run for run in runs if run.text)


def is_changed(runs: Runs) -> bool:
    return any(run.mark is not ChangeMark.SAME for run in runs)


def likeness(before: str, after: str) -> float:
    """How alike two texts are by their pairs of signs, 0–1; cheap, for finding what belongs together."""
    if before == after:
        return 1.0
    old, new = pairs_of_signs(before), pairs_of_signs(after)
    return likeness_of_pairs(old, new)


def pairs_of_signs(text: str) -> Counter[str]:
    return Counter(map("".join, pairwise(text))) if len(text) > 1 else Counter([text])


def likeness_of_pairs(old: Counter[str], new: Counter[str]) -> float:
    """The share of pairs that both have; a text that was only added to is alike all the same."""
    both = (old & new).total()
    shorter, count = min(old.total(), new.total()), old.total() + new.total()
    added_to = LEAST_KEPT * both / shorter if shorter >= LEAST_PAIRS else 0.0
    return max(2 * both / count, added_to) if count else 1.0


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """How many equal pairs a comparison looks at: long and monotonous texts have too many."""
    counts = Counter(new)
    return sum(counts[sign] for sign in old)


def _by_sentence(before: str, after: str) -> Iterator[WordRun]:
    """Sentences first; within those that changed, signs, where that is not too much work."""
    old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    if _work(old, new) > MAX_WORK:
        yield from replaced_words(before, after)
        return
    for tag, start, end, first, last in _opcodes(old, new):
        was, now = "".join(old[start:end]), "".join(new[first:last])
        signs = _SIGNS.findall(was), _SIGNS.findall(now)
        if tag == "equal":
            yield WordRun(ChangeMark.SAME, now)
        elif _work(*signs) > MAX_WORK:
            yield from replaced_words(was, now)
        else:
            yield from _by_sign(*signs)


def _by_sign(old: Sequence[str], new: Sequence[str]) -> Iterator[WordRun]:
    opcodes = _opcodes(old, new)
    kept = sum(2 * (end - start) for tag, start, end, _, _ in opcodes if tag == "equal")
    if kept < LEAST_ALIKE * (len(old) + len(new)):
        yield from replaced_words("".join(old), "".join(new))
        return
    for place, (tag, start, end, first, last) in enumerate(opcodes):
        is_between = 0 < place < len(opcodes) - 1
        if tag == "equal" and not (is_between and end - start < LEAST_ISLAND):
            yield WordRun(ChangeMark.SAME, "".join(new[first:last]))
        else:
            yield WordRun(ChangeMark.REMOVED, "".join(old[start:end]))
            yield WordRun(ChangeMark.ADDED, "".join(new[first:last]))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _joined(runs: Iterator[WordRun]) -> Runs:
    """Neighbours of one kind in one run; between two that stayed first what went, then what came."""
    joined: list[WordRun] = []
    gone = come = ""
    for run in runs:
        match run.mark:
            case ChangeMark.REMOVED:
                gone += run.text
            case ChangeMark.ADDED:
                come += run.text
            case _ if run.text:
                joined += (
                    [*replaced_words(gone, come), run] if gone != come else [*same_words(come), run]
                )
                gone = come = ""
    joined += replaced_words(gone, come)
    return tuple(_melted(joined))


def _melted(runs: Sequence[WordRun]) -> Iterator[WordRun]:
    """Runs that stayed and touch each other are one."""
    open_run: WordRun | None = None
    for run in runs:
        if open_run and open_run.mark is run.mark:
            open_run = WordRun(run.mark, open_run.text + run.text)
            continue
        if open_run:
            yield open_run
        open_run = run
    if open_run:
        yield open_run
