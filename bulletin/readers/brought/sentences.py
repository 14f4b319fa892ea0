"""How what stays behind is named: some of its words, never all of a long text."""

from collections.abc import Iterable

_MOST = 60  # characters


def sample(words: Iterable[str]) -> str:
    """The beginning of some words, as a sentence quotes it."""
    whole = "、".join(" ".join(each.split()) for each in words)
    return whole if len(whole) <= _MOST else f"{whole[:_MOST]}……"
