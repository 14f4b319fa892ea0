"""What a reader wants to hear of: a place, and of it a class, a matter or a word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bulletin.domain.characters import folded, without_controls
from bulletin.domain.errors import refuse
from bulletin.domain.languages.sentences import Sentence, say, say_each

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

    @property
    def words(self) -> Sentence:
        said = (
            say("%(place)s和各村", place=self.place) if self.with_villages else self.place,
            self.group,
            say("和“%(matter)s”同一件事", matter=self.matter) if self.matter else "",
            say("里面有“%(word)s”", word=self.word) if self.word else "",
        )
        return say_each("，", filter(None, said))


def checked_word(typed: str) -> str:
    """A word to look for, as it is kept; '' for none.

    Raises:
        Refused: it is too short to mean something, or too long to be a word.
    """
    word = " ".join(without_controls(typed).split())
    if word and not MIN_WORD <= len(word) <= MAX_WORD:
        raise refuse(
            "word_length",
            say("要找的词请写%(least)s到%(most)s个字。", least=MIN_WORD, most=MAX_WORD),
        )
    return word


def has_word(word: str, texts: Iterable[str]) -> bool:
    """Whether any text has a word, however it is written: full width, radicals, small letters."""
    wanted = folded(word).casefold()
    return any(wanted in folded(text).casefold() for text in texts)
