"""明白账, the cover of a notice: its figures in type that is read from the road, one A3 sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bulletin.domain.accounts.figures import Figure, PlainAccount
from bulletin.domain.codes import notice_url
from bulletin.domain.notices.content import Document
from bulletin.sheets.facts import FontChoice, SheetFacts
from bulletin.sheets.layout import CODE_SIDE_MM, UNTITLED, sheet_data
from bulletin.sheets.title_lines import title_lines
from bulletin.sheets.widths import breakable

TITLE_MM = 15.0  # high, while it takes no more lines than three
MAX_TITLE_LINES = 3
LINE_EMS = 14.8  # of such a title in a line; longer ones are set smaller
WIDER = 1.2


@dataclass(frozen=True)
class CoverFacts:
    sheet: SheetFacts  # of the notice behind it
    account: PlainAccount
    pages: int  # of that sheet

    @property
    def link(self) -> str:
        """What its code says: the notice and no page of it, so that no photograph counts it as one."""
        sheet = self.sheet
        return "" if sheet.is_draft else notice_url(sheet.public_url, sheet.code)


def cover_data(facts: CoverFacts, fonts: FontChoice) -> dict[str, Any]:
    """What `cover.typ` reads: the frame of the sheet, and the figures in place of its content."""
    lines, height = _title(facts.sheet)
    return {
        **sheet_data(replace(facts.sheet, document=Document()), "a3", fonts, {}),
        "title_lines": [breakable(line) for line in lines],
        "title_mm": height,
        "figures": _words(facts.account.figures),
        "largest": _words(facts.account.largest),
        "largest_of": facts.account.largest_of,
        "rows": facts.account.rows,
        "pages": facts.pages,
    }


def cover_links(facts: CoverFacts) -> list[tuple[str, int]]:
    """Its code with the millimetres of its side; none on a draft."""
    return [(facts.link, CODE_SIDE_MM)] if facts.link else []


def _title(sheet: SheetFacts) -> tuple[list[str], float]:
    """The lines of the title, broken by sense, and how high it is in mm."""
    title, wide = sheet.title or UNTITLED, LINE_EMS
    while len(lines := _lines(title, sheet, wide)) > MAX_TITLE_LINES:
        wide *= WIDER
    return lines, TITLE_MM * LINE_EMS / wide


def _lines(title: str, sheet: SheetFacts, wide: float) -> list[str]:
    return title_lines(title, sheet.township, sheet.village, line_ems=wide)


def _words(figures: Sequence[Figure]) -> list[dict[str, str]]:
    return [{"label": breakable(f.label), "words": f.words, "unit": f.unit} for f in figures]
