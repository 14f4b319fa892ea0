"""Which passwords are refused: short ones, and those that somebody who knows the village would try first.

No rules of composition: any characters will do, as long as enough of them can't be guessed.
"""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from bulletin.domain.characters import folded
from bulletin.domain.errors import refuse

MIN_PASSWORD = 10  # characters
MIN_UNGUESSED = 5  # of them, beside what everybody tries
_MIN_INSIDE = 4  # letters of a word that is found inside others; a Chinese word has two
_PERIOD = 5  # abcabcabc is one thing three times
_RUNS = re.compile(r"[^\W\d_]+|\d+")
_DATE = re.compile(r"(?:19|20)?\d\d(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])|(?:19|20)\d\d")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LOOKALIKES = str.maketrans("013457@$!", "oleast" + "asi")
_STEPS = ({1}, {-1}, {0})


def ensure_unguessable(password: str, common: Collection[str], names: Iterable[str]) -> None:
    """Refuse a password that is short, common, or little else than a name.

    Args:
        common: the words and passwords that everybody tries, in lower case.
        names: of the person, the login, the villages and the township: what a neighbour would try.

    Raises:
        Refused: `password_too_short`, `password_common` or `password_is_a_name`.
    """
    if len(password) < MIN_PASSWORD:
        raise refuse("password_too_short", f"密码至少{MIN_PASSWORD}个字符。")
    own = {folded(name).casefold() for name in names if name}
    if _unguessed(password, common) < MIN_UNGUESSED:
        raise refuse(
            "password_common",
            "这个密码很多人用，容易被猜中。请换一个，例如把几个不相干的词连起来。",
        )
    if _unguessed(password, {*common, *own}) < MIN_UNGUESSED:
        raise refuse(
            "password_is_a_name",
            "密码里不能只有姓名、用户名、村名或乡镇名。请换一个，例如把几个不相干的词连起来。",
        )


def _unguessed(password: str, words: Collection[str]) -> int:
    """How many letters and figures are left without words, dates, rows of keys and repetitions.

    Read twice, once with figures and signs for the letters that they look like (p@ssw0rd).
    """
    plain = folded(password).casefold()
    return min(_left(text, words) for text in (plain, plain.translate(_LOOKALIKES)))


def _left(text: str, words: Collection[str]) -> int:
    together = "".join(_RUNS.findall(text))
    if _MOBILE.fullmatch(together) or _repeats(together):
        return 0
    for word in sorted((word for word in words if _is_found_inside(word)), key=len, reverse=True):
        text = text.replace(word, " ")
    runs: list[str] = _RUNS.findall(text)
    return sum(len(run) for run in runs if not _is_guessed(run, words))


def _is_found_inside(word: str) -> bool:
    return len(word) >= (_MIN_INSIDE if word.isascii() else 2)


def _is_guessed(run: str, words: Collection[str]) -> bool:
    return bool(run in words or _DATE.fullmatch(run) or _is_a_row(run) or _repeats(run))


def _is_a_row(run: str) -> bool:
    """4567, fedcba, 8888."""
    steps = {ord(after) - ord(before) for before, after in pairwise(run)}
    return len(run) > 2 and steps in _STEPS  # noqa: PLR2004 - two are no row


def _repeats(text: str) -> bool:
    """The same few characters again and again, the last time maybe cut short."""
    return any(
        len(text) >= 2 * period and text == (text[:period] * len(text))[: len(text)]
        for period in range(1, _PERIOD + 1)
    )
