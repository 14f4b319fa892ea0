"""Papers of the office with a template of their own: letters, and the sheets of the emergency register."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from bulletin.sheets.facts import FontChoice, Watermark
from bulletin.sheets.layout import page_data
from bulletin.sheets.widths import breakable

SHEET_CODE_MM = 24  # a side of the code of an emergency sheet


class TemplatedPaper(Protocol):
    """What is set from the template of its name."""

    template: ClassVar[str]

    def data(self, fonts: FontChoice) -> dict[str, Any]: ...

    def links(self) -> list[tuple[str, int]]:
        """What its codes lead to, with the millimetres of their side."""
        ...


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """A letter on a request for information."""

    template: ClassVar[str] = "letter"
    body: str  # who writes: 红崖子沟乡人民政府
    number: str  # 依申请〔2026〕1号－2
    title: str
    to: str
    text: str  # a paragraph a line
    day: str
    mark: Watermark = ""

    def data(self, fonts: FontChoice) -> dict[str, Any]:
        return {
            **page_data("a4", fonts, self.mark),
            "township": self.body,
            "number": self.number,
            "title": self.title,
            "to": breakable(self.to),
            "lines": [breakable(line) for line in self.text.splitlines() if line.strip()],
            "day": self.day,
        }

    def links(self) -> list[tuple[str, int]]:
        return []


@dataclass(frozen=True, kw_only=True)
class EmergencyRegister:
    """应急登记纸: blank numbered sheets for the days without the site."""

    template: ClassVar[str] = "emergency"
    body: str
    title: str
    sheets: tuple[tuple[str, str, str], ...]  # number, code, the address at which it is typed in
    mark: Watermark = ""

    def data(self, fonts: FontChoice) -> dict[str, Any]:
        return {
            **page_data("a4", fonts, self.mark),
            "township": self.body,
            "title": self.title,
            "sheets": [{"number": number, "code": code} for number, code, _ in self.sheets],
        }

    def links(self) -> list[tuple[str, int]]:
        return [(link, SHEET_CODE_MM) for _, _, link in self.sheets]
