"""How many asked, as everyone may read it: in a village one or two are somebody whom people know."""

from bulletin.domain.languages.sentences import Sentence, say

MIN_SHOWN = 3


def count_words(count: int) -> Sentence:
    """没有, 不到3件, 5件."""
    if not count:
        return say("没有")
    if count < MIN_SHOWN:
        return say("不到%(count)s件", count=MIN_SHOWN)
    return say("%(count)s件", count=count)
