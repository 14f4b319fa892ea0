"""The letters that readers get: never more than titles, and always with the way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletin.domain.days import day_words
from bulletin.domain.labels import Labelled

MAX_LINES = 50  # notices in one letter
ONCE_A_DAY = "一天最多来一封信。"


class NewsKind(Labelled):
    PUBLISHED = "published", "新公开"
    CORRECTED = "corrected", "更正"
    TAKEN_DOWN = "taken_down", "撤下"


@dataclass(frozen=True, kw_only=True)
class NewsLine:
    """What became of one notice."""

    kind: NewsKind
    place: str
    title: str
    url: str
    closes_on: date | None


def news_letter(lines: Sequence[NewsLine], page: str) -> tuple[str, str]:
    """Subject and text.

    Args:
        lines: at least one.
        page: where the reader ends or changes the subscription.
    """
    places = dict.fromkeys(line.place for line in lines)
    where = next(iter(places)) + ("等" if len(places) > 1 else "")
    told = [_line_words(number, line) for number, line in enumerate(lines[:MAX_LINES], 1)]
    if len(lines) > MAX_LINES:
        told.append(f"……还有{len(lines) - MAX_LINES}件，请打开村里的公开看。")
    text = "\n\n".join([*told, f"不想再收，或者换一样：{page}\n{ONCE_A_DAY}"])
    return f"{where}村务公开：{len(lines)}件", text


def _line_words(number: int, line: NewsLine) -> str:
    until = f"，公示到{day_words(line.closes_on)}" if line.closes_on else ""
    return f"{number}. {line.kind.label}：{line.place} {line.title}{until}\n{line.url}"


def confirmation_letter(topics: Sequence[str], page: str) -> tuple[str, str]:
    """Subject and text of the letter that asks whether the address is the reader's own."""
    asked = "\n".join(f"- {topic}" for topic in topics)
    return "请确认订阅村务公开", (
        f"有人用这个邮箱订阅了村务公开：\n{asked}\n\n"
        f"是您订的，请打开下面的网址，点一下“确认订阅”。{ONCE_A_DAY}\n{page}\n\n"
        "不是您订的，不用管它：三天后自动作废，不会再来信。"
    )
