"""The letters that readers get: never more than titles, and always with the way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bulletin.domain.days import day_words
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import Sentence, say, say_each

MAX_LINES = 50  # notices in one letter
LINE, BULLET, PARAGRAPH = "\n", "\n- ", "\n\n"


class NewsKind(Labelled):
    PUBLISHED = "published", say("新公开")
    CORRECTED = "corrected", say("更正")
    TAKEN_DOWN = "taken_down", say("撤下")


@dataclass(frozen=True, kw_only=True)
class NewsLine:
    """What became of one notice."""

    kind: NewsKind
    place: str
    title: str  # as people wrote it, or as the catalog has it
    url: str
    closes_on: date | None


class Letter(NamedTuple):
    """Said in the language of whoever reads it when it is sent."""

    subject: Sentence
    text: Sentence


def news_letter(lines: Sequence[NewsLine], page: str) -> Letter:
    """What was published, corrected or taken down.

    Args:
        lines: at least one.
        page: where the reader ends or changes the subscription.
    """
    told: list[Sentence] = [_line_words(at, line) for at, line in enumerate(lines[:MAX_LINES], 1)]
    if more := len(lines) - len(told):
        told.append(say("……还有%(count)s件，请打开村里的公开看。", count=more))
    way_out = say("不想再收，或者换一样：%(page)s", page=page)
    told.append(say_each(LINE, (way_out, say("一天最多来一封信。"))))
    return Letter(_news_subject(lines), say_each(PARAGRAPH, told))


def _news_subject(lines: Sequence[NewsLine]) -> Sentence:
    place, *others = dict.fromkeys(line.place for line in lines)
    if others:
        return say("%(place)s等村务公开：%(count)s件", place=place, count=len(lines))
    return say("%(place)s村务公开：%(count)s件", place=place, count=len(lines))


def _line_words(number: int, line: NewsLine) -> Sentence:
    said = {"number": number, "kind": line.kind.label, "place": line.place, "title": line.title}
    words = say("%(number)s. %(kind)s：%(place)s %(title)s", **said)
    if line.closes_on:
        until = day_words(line.closes_on)
        words = say(
            "%(number)s. %(kind)s：%(place)s %(title)s，公示到%(until)s", **said, until=until
        )
    return say_each(LINE, (words, line.url))


def confirmation_letter(topics: Sequence[str], page: str) -> Letter:
    """It asks whether the address is the reader's own."""
    confirm = say("是您订的，请打开下面的网址，点一下“确认订阅”。一天最多来一封信。")
    told = (
        say_each(BULLET, (say("有人用这个邮箱订阅了村务公开："), *topics)),
        say_each(LINE, (confirm, page)),
        say("不是您订的，不用管它：三天后自动作废，不会再来信。"),
    )
    return Letter(say("请确认订阅村务公开"), say_each(PARAGRAPH, told))
