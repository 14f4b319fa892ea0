"""How what stays behind is named: some of its words, never all of a long text."""

import re
from collections.abc import Iterable

_MOST = 60  # characters
_PAGE_WORDS = re.compile(r"第|页|共|[\d\s\-—–－/.,·|~]+")


def counts_pages(text: str) -> bool:
    """第1页 共3页, - 2 -: a header or footer that says nothing else."""
    return not _PAGE_WORDS.sub("", text)


def sample(words: Iterable[str]) -> str:
    """The beginning of some words, as a sentence quotes it."""
    whole = "、".join(" ".join(each.split()) for each in words)
    return whole if len(whole) <= _MOST else f"{whole[:_MOST]}……"
