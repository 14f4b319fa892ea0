"""Letters on a request for information: what each says, and the data that their template reads."""

from dataclasses import dataclass
from typing import Any

from bulletin.sheets.facts import FontChoice, Watermark
from bulletin.sheets.layout import page_data
from bulletin.sheets.widths import breakable


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    body: str  # who writes: 红崖子沟乡人民政府
    number: str  # 依申请〔2026〕1号－2
    title: str
    to: str
    text: str  # a paragraph a line
    day: str
    mark: Watermark = ""


def letter_data(facts: LetterFacts, fonts: FontChoice) -> dict[str, Any]:
    return {
        **page_data("a4", fonts, facts.mark),
        "township": facts.body,
        "number": facts.number,
        "title": facts.title,
        "to": breakable(facts.to),
        "lines": [breakable(line) for line in facts.text.splitlines() if line.strip()],
        "day": facts.day,
    }
