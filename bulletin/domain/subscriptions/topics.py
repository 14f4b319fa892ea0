"""What a reader wants to hear of: a place, and of it a class, a matter or a word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bulletin.domain.characters import folded, without_controls
from bulletin.domain.errors import refuse

MIN_WORD, MAX_WORD = 2, 20  # characters
MAX_SUBSCRIPTIONS = 20  # of one reader
MAX_ASKED = 500  # subscriptions that are asked for on one day, of a whole site
CONFIRM_WITHIN = timedelta(days=3)  # then what was asked for is forgotten


@dataclass(frozen=True, kw_only=True)
class TopicWords:
    """A subscription as its reader recognises it."""

    place: str  # 张家村
    with_villages: bool = False
    group: str = ""  # 财务
    matter: str = ""  # the title of a notice of the matter
    word: str = ""

    def __str__(self) -> str:
        said = (
            f"{self.place}和各村" if self.with_villages else self.place,
            self.group,
            f"和“{self.matter}”同一件事" if self.matter else "",
            f"里面有“{self.word}”" if self.word else "",
        )
        return "，".join(words for words in said if words)


def checked_word(typed: str) -> str:
    """A word to look for, as it is kept; '' for none.

    Raises:
        Refused: it is too short to mean something, or too long to be a word.
    """
    word = " ".join(without_controls(typed).split())
    if word and not MIN_WORD <= len(word) <= MAX_WORD:
        raise refuse("word_length", f"要找的词请写{MIN_WORD}到{MAX_WORD}个字。")
    return word


def has_word(word: str, texts: Iterable[str]) -> bool:
    """Whether any text has a word, however it is written: full width, radicals, small letters."""
    wanted = folded(word).casefold()
    return any(wanted in folded(text).casefold() for text in texts)
