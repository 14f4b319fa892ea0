"""What the words beside a number say it is: 身份证号, 卡号, 联系电话, or something harmless."""

import re
from bisect import bisect_left
from typing import Literal

from bulletin.domain.privacy.kinds import HARMLESS_WORDS, NUMBER_KINDS, FindingKind
from bulletin.domain.privacy.text_runs import plain

HARMLESS: Literal["harmless"] = "harmless"  # 合同编号, 区划代码 …: a number, but nobody's
Label = FindingKind | Literal["harmless"]


def _first_characters(word: str) -> str:
    """The beginning of a label word, blanks between its characters allowed."""
    return word if word.isascii() else rf"{word[0]}\s*{word[1]}"


_NUMBERED = "(?:编号|编码|代码|号码|号)?"
_LABELS = re.compile(
    "|".join(
        (
            *(f"(?P<{n.kind}>(?:{'|'.join(n.label_words)}){_NUMBERED})" for n in NUMBER_KINDS),
            f"(?P<{HARMLESS}>{'|'.join(HARMLESS_WORDS)})",
        )
    ),
    re.IGNORECASE,
)
_LABEL_OF_GROUP: dict[str, Label] = {
    **{number.kind.value: number.kind for number in NUMBER_KINDS},
    HARMLESS: HARMLESS,
}
# The first two characters of every label but the harmless ones, for a quick look.
_FIRST_CHARACTERS = re.compile(
    "|".join(dict.fromkeys(_first_characters(w) for n in NUMBER_KINDS for w in n.label_words)),
    re.IGNORECASE,
)
_REACH_BEFORE = 24  # characters between label and number, blanks not counted
_REACH_AFTER = 12
_SENTENCE_END = re.compile(r"[。;!?]")
_TIGHT = re.compile(r"[:号码为是\"“'(]{0,3}")


def label_places(text: str) -> list[int]:
    """Where labels begin, in order: figures far from all of them need no closer look.

    Labels with blanks between their characters (身 份 证 号) are found too.
    """
    return [match.start() for match in _FIRST_CHARACTERS.finditer(text)]


def may_have_label(places: list[int], start: int, end: int) -> bool:
    """Whether any label begins within reach of the span."""
    nearest = bisect_left(places, start - 2 * _REACH_BEFORE)
    return nearest < len(places) and places[nearest] < end + _REACH_AFTER


def label_beside(text: str, start: int, end: int, context: str = "") -> Label | None:
    """The label that stands nearest before the span, right behind it in brackets, or in `context`.

    `context` is what a table says of a cell: the title of its column and the cell to its left.
    """
    match = (
        _last_label(_words_before(text, start))
        or _LABELS.match(_squeezed(text[end : end + _REACH_AFTER]).lstrip("("))
        or _last_label(_squeezed(plain(context)))
    )
    return _LABEL_OF_GROUP[match.lastgroup] if match and match.lastgroup else None


def stands_right_behind(text: str, start: int, label: Label) -> bool:
    """Whether nothing but a colon or the like stands between the label and the number."""
    words = _words_before(text, start)
    match = _last_label(words)
    if match is None or match.lastgroup != label:
        return False
    return _TIGHT.fullmatch(words, match.end()) is not None


def _words_before(text: str, start: int) -> str:
    words = _squeezed(text[max(0, start - 2 * _REACH_BEFORE) : start])[-_REACH_BEFORE:]
    return _SENTENCE_END.split(words)[-1]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _last_label(words: str) -> re.Match[str] | None:
    last = None
    for last in _LABELS.finditer(words):  # noqa: B007 - the last one is wanted
        pass
    return last
