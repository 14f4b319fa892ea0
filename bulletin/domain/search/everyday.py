"""What villagers say for what catalogs and papers call otherwise: who seeks 低保 means 最低生活保障."""

import re
from collections.abc import Collection, Iterable, Iterator

from bulletin.domain.search.query import Needle, Needles, SearchWord, read_words

# The words of the law and of the ministries' catalogs, by what people say for them.
IN_THE_PAPERS = {
    "低保": "最低生活保障",
    "五保": "特困人员",
    "征地": "征收土地",
    "粮补": "耕地地力保护补贴",
    "地补": "耕地地力保护补贴",
    "草补": "草原奖补",
    "分红": "收益分配",
    "修路": "道路",
    "选举村委会": "村民委员会选举",
    "公开年度报告": "公开工作年度报告",
    "年报": "年度报告",
}


_SAID = re.compile("|".join(sorted(IN_THE_PAPERS, key=len, reverse=True)))


def in_the_papers(word: SearchWord) -> tuple[SearchWord, ...]:
    """What else says the same as a word, all of it together; none for most words."""
    written, count = _SAID.subn(lambda said: f" {IN_THE_PAPERS[said[0]]} ", word.text)
    return read_words(written) if count else ()


def needles_in_the_papers(word: SearchWord) -> Iterator[Needles]:
    """The tokens of that."""
    if words := in_the_papers(word):
        yield tuple(needle for each in words for needle in each.needles)


def is_in(word: SearchWord, tokens: Collection[str]) -> bool:
    """Whether a text with these tokens has a word, or says the same."""
    ways = (word.needles, *needles_in_the_papers(word))
    return any(all(_is_in(needle, tokens) for needle in needles) for needles in ways)


def _is_in(needle: Needle, tokens: Collection[str]) -> bool:
    if needle.is_start:
        return any(token.startswith(needle.token) for token in tokens)
    return needle.token in tokens


def with_papers(words: Iterable[SearchWord]) -> tuple[SearchWord, ...]:
    """Words, and what else says the same: all that is marked in a text that was found."""
    own = tuple(words)
    return (*own, *(other for word in own for other in in_the_papers(word)))
