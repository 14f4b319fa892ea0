"""What readers may ask for, and what their letters say."""

from dataclasses import replace
from datetime import date

import pytest

from bulletin.domain.errors import Refused
from bulletin.domain.languages.language import Language
from bulletin.domain.subscriptions.letters import (
    MAX_LINES,
    NewsKind,
    NewsLine,
    confirmation_letter,
    news_letter,
)
from bulletin.domain.subscriptions.topics import TopicWords, checked_word, has_word

PAGE = "https://gk.huzhu.example.cn/follow/x"
LINE = NewsLine(
    kind=NewsKind.PUBLISHED,
    place="张家村",
    title="第三季度收支",
    url="https://gk.huzhu.example.cn/N/7KQ2M4XW9C",
    closes_on=date(2026, 10, 25),
)


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("低保", "农村低保对象", True),
        ("低保", "农村低 保对象", False),
        ("PPP", "本年ｐｐｐ项目", True),
        ("支出", "⽀出明细", True),
        ("路灯", "", False),
    ],
)
def test_a_word_is_found_however_it_is_written(word, text, found):
    assert has_word(word, ["别的", text]) is found


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("  低保 ", "低保"), ("低\x00保", "低保"), ("低保" * 10, "低保" * 10)],
)
def test_a_word_is_kept_clean(typed, kept):
    assert checked_word(typed) == kept


@pytest.mark.parametrize("typed", ["低", "低" * 21])
def test_a_word_too_short_or_long_is_refused(typed):
    with pytest.raises(Refused, match="2到20个字"):
        checked_word(typed)


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        (TopicWords(place="张家村"), "张家村"),
        (
            TopicWords(place="红崖子沟乡", with_villages=True, group="财务"),
            "红崖子沟乡和各村，财务",
        ),
        (
            TopicWords(place="张家村", matter="修路", word="招标"),
            "张家村，和“修路”同一件事，里面有“招标”",
        ),
    ],
)
def test_a_subscription_is_said_in_words(topic, words):
    assert topic.words == words


def test_a_letter_says_what_happened_where_it_is_and_how_it_ends():
    subject, text = news_letter([LINE], PAGE)
    assert subject == "张家村村务公开：1件"
    assert "1. 新公开：张家村 第三季度收支，公示到2026年10月25日\nhttps://gk" in text
    assert PAGE in text
    assert "一天最多来一封信" in text


def test_a_long_letter_says_how_many_more_there_are():
    subject, text = news_letter([LINE] * (MAX_LINES + 3), PAGE)
    assert subject.endswith("：53件")
    assert text.count("/N/") == MAX_LINES
    assert "还有3件" in text


def test_who_did_not_subscribe_is_told_to_do_nothing():
    _, text = confirmation_letter(["张家村，财务"], PAGE)
    assert "- 张家村，财务" in text
    assert "不用管它" in text


TIBETAN = Language(
    "bo", "བོད་ཡིག", {"新公开": "གསར", "%(place)s村务公开：%(count)s件": "%(count)s, %(place)s"}
)


def test_a_letter_is_said_in_a_language_and_what_people_wrote_stays():
    odd = replace(LINE, title="新公开")  # as people wrote it, though the catalog has the word
    subject, text = map(TIBETAN.words, news_letter([odd], PAGE))
    assert subject == "1, 张家村"
    assert "1. གསར：张家村 新公开，公示到2026年10月25日\n" in text, (
        "Chinese where nothing is translated"
    )
