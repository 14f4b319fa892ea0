"""A sentence is Chinese wherever it is kept, and is said in another language part by part."""

import copy
import json
import pickle
from datetime import date

import pytest

from bulletin.domain.days import day_words, period_words
from bulletin.domain.languages.language import CHINESE, Language
from bulletin.domain.languages.sentences import say, say_each

ENGLISH = Language(
    "en",
    "English",
    {
        "%(day)s答复，%(who)s": "%(who)s, answered %(day)s",
        "%(year)s年%(month)s%(day)s日": "%(day)s %(month)s %(year)s",
        "%(month)s%(day)s日": "%(day)s %(month)s",
        "%(first)s至%(last)s": "%(first)s to %(last)s",
        "10月": "October",
        "、": ", ",
        "涨了%(share)s%%": "up by %(share)s%%",
    },
)
DAY = day_words(date(2026, 10, 9))


@pytest.mark.parametrize(
    ("sentence", "chinese", "english"),
    [
        (DAY, "2026年10月9日", "9 October 2026"),
        (
            period_words(date(2026, 10, 9), date(2026, 10, 26)),
            "2026年10月9日至10月26日",
            "9 October 2026 to 26 October",
        ),
        (
            say("%(day)s答复，%(who)s", day=DAY, who="村委会"),
            "2026年10月9日答复，村委会",
            "村委会, answered 9 October 2026",
        ),
        (say_each("、", [DAY, "村民小组"]), "2026年10月9日、村民小组", "9 October 2026, 村民小组"),
        (say("涨了%(share)s%%", share=5), "涨了5%", "up by 5%"),
        (say("没有译文"), "没有译文", "没有译文"),
        ("村民写的", "村民写的", "村民写的"),
    ],
)
def test_a_sentence_is_said_in_the_language_that_was_asked_for(sentence, chinese, english):
    assert sentence == chinese
    assert CHINESE.words(sentence) == chinese
    assert ENGLISH.words(sentence) == english


@pytest.mark.parametrize("sentence", [DAY, say_each("、", [DAY, DAY])])
def test_a_copied_sentence_is_still_one_and_a_stored_one_is_plain_text(sentence):
    for again in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301 - our own
        assert ENGLISH.words(again) == ENGLISH.words(sentence)
    assert json.loads(json.dumps([sentence])) == [str(sentence)]
    assert type(str(sentence)) is str
